// Looks for secrets in files and in memory, in every form in which a program is likely to spill them: raw, back to front
// (as OpenSSL keeps numbers), hexadecimal, Base64 at any alignment and in both alphabets (so also in PEM and PKCS#8), and as
// a list of numbers; one byte or two a character; also where lines are broken.
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Path below the folder -> content. */
export type Tree = Map<string, Buffer>;

/** By content: the same without line breaks. */
const unbrokenOf = new WeakMap<Buffer, Buffer>();

/**
 * All regular files below the folder but those that `skip` names by their path. A file that goes away meanwhile is left
 * out, so that a folder can be read while programs write it.
 */
export function readTree(dir: string, skip: (path: string) => boolean): Tree {
  const tree: Tree = new Map();
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    const path = join(dir, name);
    if (skip(relative(dir, path))) continue;
    const content = contentOf(path);
    if (content) tree.set(name, content);
  }
  return tree;
}

function contentOf(path: string): Buffer | null {
  try {
    return lstatSync(path).isFile() ? readFileSync(path) : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Where it was found: path and form; empty when nowhere. */
export function findSecret(tree: Tree, secret: Uint8Array): string[] {
  const forms = formsOf(Buffer.from(secret));
  return [...tree].flatMap(([path, content]) => {
    const unbroken = withoutBreaks(content);
    return [...forms]
      .filter(([, form]) => content.includes(form) || unbroken.includes(form))
      .map(([name]) => `${path}: ${name}`);
  });
}

function formsOf(secret: Buffer): Map<string, Buffer> {
  const forms = new Map<string, Buffer>([
    ['raw', secret],
    ['back to front', Buffer.from(secret).reverse()],
  ]);
  const text = (name: string, form: string) => {
    forms.set(name, Buffer.from(form, 'latin1'));
    forms.set(`${name}, two bytes a character`, Buffer.from(form, 'utf16le'));
  };
  const hex = secret.toString('hex');
  text('hex', hex);
  text('HEX', hex.toUpperCase());
  text('numbers', [...secret].join(','));
  for (const before of [0, 1, 2]) {
    const base64 = insideBase64(secret, before);
    text(`base64 after ${before}`, base64);
    text(`base64url after ${before}`, base64.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return forms;
}

/** The digits that the secret alone decides when `before` bytes (modulo 3) stand in front of it and anything behind. */
function insideBase64(secret: Buffer, before: number): string {
  const digits = Buffer.concat([Buffer.alloc(before), secret])
    .toString('base64')
    .replaceAll('=', '');
  const whole = (before + secret.length) % 3 === 0;
  return digits.slice(before === 0 ? 0 : before + 1, whole ? undefined : -1);
}

/** Without white space, and without line ends as JSON writes them: PEM in any file is one line then. */
function withoutBreaks(content: Buffer): Buffer {
  const known = unbrokenOf.get(content);
  if (known) return known;
  const unbroken = Buffer.from(content.toString('latin1').replaceAll(/\s|\\[nrt]/g, ''), 'latin1');
  unbrokenOf.set(content, unbroken);
  return unbroken;
}

interface Needle {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Many secrets at once in content of any size, such as a program's memory: one walk over it, whatever their number. */
export class SecretSearch {
  /** By the first two bytes. */
  readonly #needles = new Map<number, Needle[]>();
  readonly #starts = new Uint8Array(65_536);

  /** Secrets of two bytes or more, by the name that a finding tells. */
  constructor(secrets: ReadonlyMap<string, Uint8Array>) {
    for (const [name, secret] of secrets) {
      for (const [form, bytes] of formsOf(Buffer.from(secret))) {
        const start = bytes.readUInt16BE(0);
        this.#starts[start] = 1;
        this.#needles.set(start, [...(this.#needles.get(start) ?? []), { name: `${name}, ${form}`, bytes }]);
      }
    }
  }

  /** What was found: names and forms. */
  find(content: Buffer): string[] {
    return [...this.#walk(content), ...this.#walk(withoutBreaks(content))];
  }

  *#walk(content: Buffer): Iterable<string> {
    for (let at = 0; at < content.length - 1; at++) {
      const start = ((content[at] ?? 0) << 8) | (content[at + 1] ?? 0);
      if (this.#starts[start] === 0) continue;
      for (const { name, bytes } of this.#needles.get(start) ?? [])
        if (content.subarray(at, at + bytes.length).equals(bytes)) yield name;
    }
  }
}
