// The repository's own text files, read from disk: sources for the rules, and everything for the words that may not leak.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sources } from './imports.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Made by tools, or another system's. */
const NOT_OURS = new Set(['node_modules', '.git', 'dist', 'release', 'build', 'coverage', 'package-lock.json']);
const BINARY = /\.(?:bin|png|ico|db)$/;

/** Every text file of the repository by path from its root. */
export function readRepository(): Sources {
  const files = new Map<string, string>();
  for (const path of walk('')) if (!BINARY.test(path)) files.set(path, readFileSync(join(ROOT, path), 'utf8'));
  return files;
}

function walk(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => !NOT_OURS.has(entry.name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? walk(path) : entry.isFile() ? [path] : [];
    });
}
