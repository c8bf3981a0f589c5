// Firmware and recipes of lots in the data folder, each under its SHA-256: whole or absent after a power cut.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LotFiles } from '../station/line/lot-files.ts';
import type { DataFolder } from './data-folder.ts';

export function lotFiles(folder: DataFolder): LotFiles {
  return {
    keepFirmware: (sha256, bytes) => keep(join(folder.firmware, sha256), bytes),
    keepRecipe: (sha256, text) => keep(join(folder.recipes, `${sha256}.json`), new TextEncoder().encode(text)),
    firmware(sha256) {
      const path = join(folder.firmware, sha256);
      return existsSync(path) ? new Uint8Array(readFileSync(path)) : null;
    },
  };
}

/** The name is the digest of the content, so what is there already is what would be written. */
function keep(path: string, bytes: Uint8Array): void {
  if (existsSync(path)) return;
  const partial = `${path}.partial`;
  rmSync(partial, { force: true });
  const file = openSync(partial, 'wx', 0o600);
  try {
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(partial, path);
  syncFolder(dirname(path));
}

/** Makes a rename durable. Windows does that itself and cannot open a folder. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
