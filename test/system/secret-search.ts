// Looks for a secret in files, in every form in which a program is likely to spill it: raw, hexadecimal, Base64 at any
// alignment and in both alphabets, and as a list of numbers; also where lines are broken.
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
  const forms = new Map<string, Buffer>([['raw', secret]]);
  const text = (name: string, form: string) => forms.set(name, Buffer.from(form, 'latin1'));
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
