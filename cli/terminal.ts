// What a command sees of the terminal it was started in. Answers go to standard output, all else to standard error.

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
  /** Reads one line without showing it; null where nobody can type. `question` is shown before. */
  readHidden(question: string): Promise<string | null>;
}

/** Columns of a screen that does not say, or says 0: the least that a terminal has had since 1978. */
const USUAL_COLUMNS = 80;

/** Characters of a typed secret: twice the longest passphrase that a person types. */
const MAX_TYPED = 256;

export const systemTerminal: Terminal = {
  answer: (line) => void process.stdout.write(`${line}\n`),
  say: (line) => void process.stderr.write(`${line}\n`),
  draw: (text) => void process.stderr.write(text),
  drawable: process.stderr.isTTY === true,
  columns: () => process.stderr.columns || USUAL_COLUMNS,
  readHidden: (question) => (process.stdin.isTTY ? readHidden(process.stdin, question) : Promise.resolve(null)),
};

/** Typed characters up to Enter, in raw mode, so that the terminal echoes none of them. Ctrl+C and Ctrl+D give null. */
function readHidden(input: NodeJS.ReadStream, question: string): Promise<string | null> {
  // Before the question: what is typed the moment it appears must not show either.
  input.setRawMode(true);
  process.stderr.write(question);
  input.setEncoding('utf8');
  return new Promise((resolve) => {
    let typed = '';
    const end = (answer: string | null) => {
      input.off('data', onData);
      input.setRawMode(false);
      input.pause();
      process.stderr.write('\n');
      resolve(answer);
    };
    const onData = (text: string) => {
      for (const character of text) {
        if (character === '\r' || character === '\n') return end(typed);
        if (character === '\u0003' || character === '\u0004') return end(null);
        if (character === '\u007f' || character === '\b') typed = typed.slice(0, -1);
        else if (character >= ' ' && typed.length < MAX_TYPED) typed += character;
      }
    };
    input.on('data', onData);
    input.resume();
  });
}
