// What a command sees of the terminal it was started in. Answers go to standard output, all else to standard error.
import { secretBytes } from '../station/identity/secret.ts';

export interface Terminal {
  /** One line of the answer, to standard output. */
  answer(line: string): void;
  /** One line for people, to standard error. */
  say(line: string): void;
  /** Writes as is to standard error: for what is drawn again and again. */
  draw(text: string): void;
  /** Standard error is a screen that can be drawn on. */
  readonly drawable: boolean;
  /** Columns of that screen. */
  columns(): number;
  /**
   * Reads one line without showing it, as bytes that are the caller's to wipe; null where nobody can type. `question` is
   * shown before.
   */
  readHidden(question: string): Promise<Buffer | null>;
}

/** Columns of a screen that does not say, or says 0: the least that a terminal has had since 1978. */
const USUAL_COLUMNS = 80;

export const systemTerminal: Terminal = {
  answer: (line) => void process.stdout.write(`${line}\n`),
  say: (line) => void process.stderr.write(`${line}\n`),
  draw: (text) => void process.stderr.write(text),
  drawable: process.stderr.isTTY === true,
  columns: () => process.stderr.columns || USUAL_COLUMNS,
  readHidden: (question) => (process.stdin.isTTY ? readHidden(process.stdin, question) : Promise.resolve(null)),
};

/** Typed characters up to Enter, in raw mode, so that the terminal echoes none of them. Ctrl+C and Ctrl+D give null. */
function readHidden(input: NodeJS.ReadStream, question: string): Promise<Buffer | null> {
  // Before the question: what is typed the moment it appears must not show either.
  input.setRawMode(true);
  process.stderr.write(question);
  const line = new HiddenLine();
  return new Promise((resolve) => {
    const onData = (chunk: Buffer) => {
      const end = line.take(chunk);
      chunk.fill(0);
      if (end === 'more') return;
      input.off('data', onData);
      input.setRawMode(false);
      input.pause();
      process.stderr.write('\n');
      resolve(end === 'typed' ? line.bytes() : line.forget());
    };
    input.on('data', onData);
    input.resume();
  });
}

/** Bytes of a typed secret: four times the longest passphrase that a person types. */
const MOST_TYPED = 1024;

const ENTER = new Set([0x0d, 0x0a]);
const LEAVE = new Set([0x03, 0x04]);
const BACK = new Set([0x7f, 0x08]);

/** What was typed so far, UTF-8, in one place that can be wiped. */
export class HiddenLine {
  readonly #typed = secretBytes(MOST_TYPED);
  #length = 0;

  /** Takes bytes up to Enter. What follows Enter in the same chunk is dropped. */
  take(chunk: Uint8Array): 'more' | 'typed' | 'left' {
    for (const byte of chunk) {
      if (ENTER.has(byte)) return 'typed';
      if (LEAVE.has(byte)) return 'left';
      if (BACK.has(byte)) this.#back();
      else if (byte >= 0x20 && this.#length < MOST_TYPED) this.#typed[this.#length++] = byte;
    }
    return 'more';
  }

  /** One character, of however many bytes. */
  #back(): void {
    while (this.#length > 0) {
      const byte = this.#typed[--this.#length] ?? 0;
      this.#typed[this.#length] = 0;
      if ((byte & 0xc0) !== 0x80) return;
    }
  }

  /** A copy of its own size; what is held here is wiped. */
  bytes(): Buffer {
    const bytes = secretBytes(this.#length);
    this.#typed.copy(bytes);
    this.forget();
    return bytes;
  }

  forget(): null {
    this.#typed.fill(0);
    this.#length = 0;
    return null;
  }
}
