// A lot from paper to record: recipe and firmware are read, checked against each other and kept, then the draft is made.
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canonicalJson } from '../../domain/audit-event.ts';
import { KeylineError } from '../../domain/errors.ts';
import { Recipe } from '../../domain/recipe.ts';
import { sha256Hex } from '../../pki/p256.ts';
import { parseImage } from '../../protocol/mcuboot-image.ts';
import type { FirmwareFile } from '../drivers/driver.ts';
import { sha256Text } from '../records/recorder.ts';
import type { LotFiles } from './lot-files.ts';

/** Longest recipe file read, bytes: a hundred times a full one. */
const MAX_RECIPE_BYTES = 262_144;
/** Longest image read, bytes: the largest flash of the MCUs named in the design, twice. */
const MAX_IMAGE_BYTES = 16_777_216;

export interface CheckedRecipe {
  readonly recipe: Recipe;
  /** Canonical JSON. */
  readonly text: string;
  /** Of `text`, 64 hex digits. */
  readonly sha256: string;
  readonly firmware: FirmwareFile;
}

/** Reads a recipe and its image. Throws FILE_UNREADABLE, RECIPE_INVALID, FIRMWARE_INVALID. */
export function readRecipe(path: string): CheckedRecipe {
  const recipe = parseRecipe(readFile(path, MAX_RECIPE_BYTES, 'RECIPE_INVALID'));
  const bytes = readFile(join(dirname(path), recipe.firmware.file), MAX_IMAGE_BYTES, 'FIRMWARE_INVALID');
  const text = canonicalJson(JSON.parse(JSON.stringify(recipe)));
  return { recipe, text, sha256: sha256Text(text), firmware: checkFirmware(recipe, bytes) };
}

/** Throws RECIPE_INVALID with the first place that is wrong. */
export function parseRecipe(bytes: Uint8Array): Recipe {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new KeylineError('RECIPE_INVALID', 'it is no JSON');
  }
  const parsed = Recipe.safeParse(json);
  if (parsed.success) {
    if (parsed.data.requireAttestation)
      throw new KeylineError('RECIPE_INVALID', 'requireAttestation: this version cannot ask a chip for it');
    return parsed.data;
  }
  const issue = parsed.error.issues[0];
  throw new KeylineError(
    'RECIPE_INVALID',
    `${issue?.path.join('.') || 'recipe'}: ${issue?.message ?? 'not as it should be'}`,
  );
}

/** The image, when it is the one that the recipe names. Throws FIRMWARE_INVALID. */
function checkFirmware(recipe: Recipe, bytes: Uint8Array): FirmwareFile {
  const { sha256, imageHash } = recipe.firmware;
  if (sha256Hex(bytes) !== sha256)
    throw new KeylineError('FIRMWARE_INVALID', 'its SHA-256 is not the one of the recipe');
  const image = parseImage(bytes);
  if ('refused' in image) throw new KeylineError('FIRMWARE_INVALID', image.refused);
  if (image.imageHash !== imageHash)
    throw new KeylineError('FIRMWARE_INVALID', 'its image hash is not the one of the recipe');
  return { bytes, sha256, imageHash };
}

/** The lot's image from the station's own copy, checked again. Throws FIRMWARE_FILE_WRONG. */
export function lotFirmware(recipe: Recipe, files: LotFiles): FirmwareFile {
  const bytes = files.firmware(recipe.firmware.sha256);
  if (!bytes) throw new KeylineError('FIRMWARE_FILE_WRONG', 'it is not there');
  try {
    return checkFirmware(recipe, bytes);
  } catch (error) {
    throw new KeylineError('FIRMWARE_FILE_WRONG', error instanceof KeylineError ? error.detail : '');
  }
}

function readFile(path: string, maxBytes: number, tooLong: 'RECIPE_INVALID' | 'FIRMWARE_INVALID'): Uint8Array {
  try {
    // Before it is read: a pipe would never end, and the line waits meanwhile.
    const file = statSync(path);
    if (!file.isFile()) throw new Error('it is no file');
    if (file.size <= maxBytes) return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new KeylineError('FILE_UNREADABLE', error instanceof Error ? error.message : path, { path }, error);
  }
  throw new KeylineError(tooLong, `longer than ${maxBytes} bytes`);
}
