// Where a passphrase comes from: a prompt without echo or an open file descriptor; never an argument or the
// environment, which other programs can read (FORMATS.md). A practice folder uses the public practice passphrase.
import { closeSync, fstatSync, readSync } from 'node:fs';
import { KeylineError } from '../domain/errors.ts';
import { PRACTICE_PASSPHRASE } from '../station/identity/ca-folder.ts';
import type { Terminal } from './terminal.ts';

/** Bytes of a passphrase or a token: far more than either needs. */
const MAX_SECRET_BYTES = 1024;

export interface PassphraseSource {
  /** The passphrase of keys that exist. Throws PASSPHRASE_MISSING. */
  known(): Promise<string>;
  /** The passphrase of a new key, typed twice. Throws PASSPHRASE_MISSING, PASSPHRASE_WRONG. */
  fresh(): Promise<string>;
}

/** Asks once and remembers the answer for as long as the command runs: a descriptor can be read only once. */
export function passphraseSource(terminal: Terminal, fd: number | null, practice: boolean): PassphraseSource {
  let given: string | null = practice ? PRACTICE_PASSPHRASE : null;
  async function known(): Promise<string> {
    given ??= nonEmpty(fd === null ? await terminal.readHidden('Passphrase of the signing keys: ') : readSecret(fd));
    return given;
  }
  async function fresh(): Promise<string> {
    if (given !== null || fd !== null) return known();
    const first = nonEmpty(await terminal.readHidden('New passphrase for the signing keys: '));
    const again = await terminal.readHidden('The same again: ');
    if (first !== again) throw new KeylineError('PASSPHRASE_WRONG', 'the two are not the same');
    given = first;
    return first;
  }
  return { known, fresh };
}

/** The first line that an open descriptor gives, without its end. Closes it. Throws FILE_UNREADABLE, USAGE. */
export function readSecret(fd: number): string {
  const bytes = readSecretBytes(fd);
  const [line = ''] = Buffer.from(bytes.buffer).toString('utf8', 0, bytes.length).split(/\r?\n/, 1);
  bytes.fill(0);
  return line;
}

/** All that an open descriptor gives; the caller wipes it. Closes it. Throws FILE_UNREADABLE, USAGE. */
export function readSecretBytes(fd: number): Uint8Array<ArrayBuffer> {
  const buffer = Buffer.alloc(MAX_SECRET_BYTES + 1);
  let length = 0;
  try {
    if (!isGiven(fd)) throw new Error('it is not open to read');
    for (let read = -1; read !== 0 && length < buffer.length; length += read)
      read = readSync(fd, buffer, length, buffer.length - length, null);
  } catch (cause) {
    throw new KeylineError('FILE_UNREADABLE', `file descriptor ${fd}`, {}, cause);
  }
  // The terminal's own three stay open.
  if (fd > 2) closeSync(fd);
  if (length > MAX_SECRET_BYTES) throw new KeylineError('USAGE', `more than ${MAX_SECRET_BYTES} bytes of secret`);
  const bytes = Uint8Array.from(buffer.subarray(0, length));
  buffer.fill(0);
  return bytes;
}

/** A number that nobody handed over may be one of Node's own descriptors, whose reading would never end. */
function isGiven(fd: number): boolean {
  const node = fstatSync(fd);
  return node.isFile() || node.isFIFO() || node.isSocket() || node.isCharacterDevice();
}

function nonEmpty(text: string | null): string {
  if (text === null || text === '') throw new KeylineError('PASSPHRASE_MISSING');
  return text;
}
