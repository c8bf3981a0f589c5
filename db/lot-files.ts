// Firmware and recipes of lots in the data folder, each under its SHA-256: whole or absent after a power cut.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { KeylineError } from '../domain/errors.ts';
import type { KeptRecipe, LotFiles } from '../station/line/lot-files.ts';
import { sha256Text } from '../station/records/recorder.ts';
import type { DataFolder } from './data-folder.ts';
import { writeWhole } from './whole-file.ts';

const KEPT_RECIPE = /^[0-9a-f]{64}\.json$/;
/** As many as a person can look through; each is some 1 KB. */
const MAX_RECIPES = 500;
/** Longer than any that was taken in: station/line/lot-intake.ts. */
const MAX_RECIPE_BYTES = 262_144;

export function lotFiles(folder: DataFolder): LotFiles {
  return {
    keepFirmware: (sha256, bytes) => keep(join(folder.firmware, sha256), bytes),
    keepRecipe: (sha256, text) => keep(join(folder.recipes, `${sha256}.json`), new TextEncoder().encode(text)),
    firmware(sha256) {
      const path = join(folder.firmware, sha256);
      return existsSync(path) ? new Uint8Array(readFileSync(path)) : null;
    },
    recipe: (sha256) => keptRecipe(folder.recipes, sha256),
    recipes: () => keptRecipes(folder.recipes),
  };
}

/** Null too for a file that is no longer what its name says: another hand has been there. */
function keptRecipe(folder: string, sha256: string): KeptRecipe | null {
  const path = join(folder, `${sha256}.json`);
  const file = statSync(path, { throwIfNoEntry: false });
  if (!file?.isFile() || file.size > MAX_RECIPE_BYTES) return null;
  const text = readFileSync(path, 'utf8');
  return sha256Text(text) === sha256 ? { sha256, text } : null;
}

function keptRecipes(folder: string): KeptRecipe[] {
  const names = readdirSync(folder).filter((name) => KEPT_RECIPE.test(name));
  const dated = names.map((name) => ({ name, keptMs: statSync(join(folder, name)).mtimeMs }));
  return dated
    .sort((a, b) => b.keptMs - a.keptMs || (a.name < b.name ? -1 : 1))
    .slice(0, MAX_RECIPES)
    .flatMap(({ name }) => keptRecipe(folder, name.slice(0, 64)) ?? []);
}

/** What is there and is no longer these bytes is replaced: whoever brings the file again mends it. Throws DISK_FULL. */
function keep(path: string, bytes: Uint8Array): void {
  if (holds(path, bytes)) return;
  try {
    writeWhole(path, bytes);
  } catch (cause) {
    throw new KeylineError('DISK_FULL', cause instanceof Error ? cause.message : path, {}, cause);
  }
}

function holds(path: string, bytes: Uint8Array): boolean {
  try {
    const file = statSync(path, { throwIfNoEntry: false });
    return file?.isFile() === true && file.size === bytes.length && readFileSync(path).equals(bytes);
  } catch {
    // A disk that gives it back no more.
    return false;
  }
}
