// Where a passphrase or a PIN comes from: a prompt without echo, an open file descriptor, or the computer's keyring when
// the person says so; never an argument or the environment, which other programs can read (FORMATS.md). A practice folder
// uses the public practice passphrase. What is read is bytes, and is wiped by who asked for it.
import { closeSync, fstatSync, readSync } from 'node:fs';
import { KeylineError } from '../domain/errors.ts';
import { PRACTICE_PASSPHRASE } from '../station/identity/ca-folder.ts';
import { Secret, secretBytes } from '../station/identity/secret.ts';
import type { Terminal } from './terminal.ts';

/** Bytes of a passphrase or a token: far more than either needs. */
const MAX_SECRET_BYTES = 1024;

export interface PassphraseSource {
  /** The passphrase of keys that exist. Throws PASSPHRASE_MISSING. */
  known(): Promise<Secret>;
  /** The passphrase of a new key, typed twice. Throws PASSPHRASE_MISSING, PASSPHRASE_WRONG. */
  fresh(): Promise<Secret>;
  /** Wipes what it gave. */
  wipe(): void;
}

/** What a secret can be read from, in this order. */
export interface SecretPlaces {
  readonly terminal: Terminal;
  /** Descriptor that was named, or null. */
  readonly fd: number | null;
  /** Reads it from the keyring, where the person said so; else null. */
  readonly keyring: (() => Promise<Secret>) | null;
}

/** Asks once and remembers the answer until it is wiped: a descriptor can be read only once. */
export function passphraseSource({ terminal, fd, keyring }: SecretPlaces, practice: boolean): PassphraseSource {
  let given: Secret | null = practice ? Secret.fromText(PRACTICE_PASSPHRASE) : null;
  async function known(): Promise<Secret> {
    given ??= nonEmpty(await read({ terminal, fd, keyring }, 'Passphrase of the signing keys: '), 'PASSPHRASE_MISSING');
    return given;
  }
  async function fresh(): Promise<Secret> {
    if (given !== null || fd !== null || keyring !== null) return known();
    given = await typedTwice(terminal, 'New passphrase for the signing keys: ');
    return given;
  }
  return { known, fresh, wipe: () => given?.wipe() };
}

/** A passphrase that is asked for once, as that of a file from elsewhere. Throws PASSPHRASE_MISSING. */
export async function readTyped(terminal: Terminal, fd: number | null, question: string): Promise<Secret> {
  return nonEmpty(await read({ terminal, fd, keyring: null }, question), 'PASSPHRASE_MISSING');
}

/** The PIN of one token, once. Throws PIN_MISSING. */
export async function readPin(places: SecretPlaces, tokenLabel: string): Promise<Secret> {
  return nonEmpty(await read(places, `PIN of token ${tokenLabel}: `), 'PIN_MISSING');
}

async function read({ terminal, fd, keyring }: SecretPlaces, question: string): Promise<Secret | null> {
  if (fd !== null) return readSecret(fd);
  return keyring ? keyring() : typed(terminal, question);
}

/** Throws PASSPHRASE_MISSING, PASSPHRASE_WRONG. */
export async function typedTwice(terminal: Terminal, question: string): Promise<Secret> {
  const first = nonEmpty(await typed(terminal, question), 'PASSPHRASE_MISSING');
  const again = await typed(terminal, 'The same again: ');
  const same = again?.bytes.equals(first.bytes) === true;
  again?.wipe();
  if (same) return first;
  first.wipe();
  throw new KeylineError('PASSPHRASE_WRONG', 'the two are not the same');
}

async function typed(terminal: Terminal, question: string): Promise<Secret | null> {
  const bytes = await terminal.readHidden(question);
  return bytes && new Secret(bytes);
}

/** What the engine keeps of the text is out of reach; the bytes are wiped. */
export function textOf(secret: Secret): string {
  const text = secret.bytes.toString('utf8');
  secret.wipe();
  return text;
}

/** The first line that an open descriptor gives, without its end. Closes it. Throws FILE_UNREADABLE, USAGE. */
export function readSecret(fd: number): Secret {
  const whole = readWholeSecret(fd);
  const end = whole.bytes.indexOf('\n');
  const line = end < 0 ? whole.bytes.length : end;
  const bytes = secretBytes(end > 0 && whole.bytes[line - 1] === 0x0d ? line - 1 : line);
  whole.bytes.copy(bytes);
  whole.wipe();
  return new Secret(bytes);
}

/** All that an open descriptor gives, its line ends too. Closes it. Throws FILE_UNREADABLE, USAGE. */
export function readWholeSecret(fd: number): Secret {
  const buffer = secretBytes(MAX_SECRET_BYTES + 1);
  try {
    const length = readInto(buffer, fd);
    if (length > MAX_SECRET_BYTES) throw new KeylineError('USAGE', `more than ${MAX_SECRET_BYTES} bytes of secret`);
    const bytes = secretBytes(length);
    buffer.copy(bytes);
    return new Secret(bytes);
  } finally {
    buffer.fill(0);
  }
}

function readInto(buffer: Buffer, fd: number): number {
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
  return length;
}

/** A number that nobody handed over may be one of Node's own descriptors, whose reading would never end. */
function isGiven(fd: number): boolean {
  const node = fstatSync(fd);
  return node.isFile() || node.isFIFO() || node.isSocket() || node.isCharacterDevice();
}

function nonEmpty(secret: Secret | null, code: 'PASSPHRASE_MISSING' | 'PIN_MISSING'): Secret {
  if (secret === null || secret.isEmpty) throw new KeylineError(code);
  return secret;
}
