// What lies beside the records in a backup: the recipes and images of lots, the checkpoints, of each CA its certificates,
// its request and how it signs, and of keys and factory secrets only what is sealed by its own passphrase. A key in clear and
// the key of a root are never copied (threat model, Keys at rest).
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CHECKPOINT_COPIES } from './checkpoint-copies.ts';
import type { DataFolder } from './data-folder.ts';
import { clearAway, flushFile, putInPlace, writeWhole } from './whole-file.ts';

/** Kept apart, in a safe: a station never reads it. */
const ROOT_KEY = 'root.key.pem';
/** How a CA signs: a key file or a token's label and key id, and its limit; no secret. */
const SIGNER = 'signer.json';
/** What may stand in a file of keys that is copied. */
const SEALED = new Set(['CERTIFICATE', 'CERTIFICATE REQUEST', 'ENCRYPTED PRIVATE KEY', 'KEYLINE ENCRYPTED SECRET']);
/** Bytes; a key or a chain takes a few thousand. */
const MAX_PEM_BYTES = 65_536;

/** Files below one subfolder of a data folder, that belong into a backup. */
const FOLDERS = ['recipes', 'firmware', 'keys'] as const;

/** Copies what is not in `target` yet, or is another there. Throws what the file system says. */
export function copyFiles(folder: DataFolder, target: string): void {
  const checkpoints = join(folder.backup, CHECKPOINT_COPIES);
  if (existsSync(checkpoints)) copyLines(checkpoints, join(target, CHECKPOINT_COPIES));
  for (const name of FOLDERS) {
    if (!existsSync(folder[name])) continue;
    for (const file of filesBelow(folder[name]))
      if (name !== 'keys' || isKept(folder.keys, file)) copyOne(join(folder[name], file), join(target, name, file));
  }
}

/**
 * Brings the files of a backup into a data folder; what is there stays as it is. `brought` gets the path of each file, and
 * of the topmost folder, that is made, also where it throws.
 */
export function bringFiles(backup: string, folder: DataFolder, brought: string[]): void {
  for (const name of FOLDERS) {
    const from = join(backup, name);
    if (!existsSync(from)) continue;
    for (const file of filesBelow(from)) {
      const to = join(folder[name], file);
      if (existsSync(to)) continue;
      const made = mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
      brought.push(made ?? to);
      copyOne(join(from, file), to);
    }
  }
}

/** Of a restore that did not come to its end: another station's keys are not left behind. */
export function takeAway(brought: readonly string[]): void {
  for (const path of brought) {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // What stopped the restore is told; a disk that fails gives nothing back either.
    }
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.partial'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function isKept(keys: string, file: string): boolean {
  const path = join(keys, file);
  const name = basename(file);
  if (name === ROOT_KEY || statSync(path).size > MAX_PEM_BYTES) return false;
  if (name === SIGNER) return dirname(file).startsWith('ca');
  const labels = [...readFileSync(path, 'latin1').matchAll(/-----BEGIN ([^-]*)-----/g)].map(([, label]) => label ?? '');
  return labels.length > 0 && labels.every((label) => SEALED.has(label));
}

/** Lines of another life of the station stay: they are what is left of it. */
function copyLines(from: string, to: string): void {
  const [there, own] = [existsSync(to) ? readFileSync(to, 'utf8') : '', readFileSync(from, 'utf8')];
  if (own.startsWith(there)) return copyOne(from, to);
  const known = new Set(linesOf(there));
  const added = linesOf(own).filter((line) => !known.has(line));
  if (added.length > 0) writeWhole(to, [...known, ...added].map((line) => `${line}\n`).join(''));
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** Whole or not at all, also after a power cut. */
function copyOne(from: string, to: string): void {
  const before = statSync(to, { throwIfNoEntry: false });
  if (before?.isFile() && before.size === statSync(from).size && readFileSync(from).equals(readFileSync(to))) return;
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  const partial = `${to}.partial`;
  rmSync(partial, { force: true });
  try {
    copyFileSync(from, partial);
    flushFile(partial);
    putInPlace(partial, to);
  } catch (cause) {
    clearAway(partial);
    throw cause;
  }
}
