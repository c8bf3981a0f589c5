// A passphrase or a PIN: bytes that can be wiped, which a string cannot. Never printed, never compared to be shown. Who
// makes one wipes it; who is handed one borrows it for the call and keeps no copy (docs/threat-model.md, Secrets).
import { inspect } from 'node:util';
import { assert } from '../../domain/errors.ts';

const SHOWN = '[secret]';

/**
 * Room for a secret, zeros. The engine keeps a small Buffer on its own heap and moves it away when a system call takes it:
 * what stays behind there is wiped by nobody. One over an ArrayBuffer of its own never lies there.
 */
export function secretBytes(length: number): Buffer {
  return Buffer.from(new ArrayBuffer(length));
}

export class Secret {
  readonly #bytes: Buffer;
  #wiped = false;

  /** Takes the bytes over, made by `secretBytes`: `wipe` fills them with zeros. Text is UTF-8. */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** From text that came as text, as over JSON: what the engine keeps of the text itself is out of reach. */
  static fromText(text: string): Secret {
    const bytes = secretBytes(Buffer.byteLength(text, 'utf8'));
    bytes.write(text, 'utf8');
    return new Secret(bytes);
  }

  /** The bytes themselves, not a copy. Reading a wiped secret is a bug. */
  get bytes(): Buffer {
    assert(!this.#wiped, 'a secret is not used once it was wiped');
    return this.#bytes;
  }

  get isEmpty(): boolean {
    return this.#bytes.length === 0;
  }

  /** Zeros in place of the bytes. May be called again. */
  wipe(): void {
    this.#bytes.fill(0);
    this.#wiped = true;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [inspect.custom](): string {
    return SHOWN;
  }
}
