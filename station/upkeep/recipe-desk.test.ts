// Recipes that come from a file: what is taken, what is refused and why, and an image that is no longer what it was.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DataFolder } from '../../db/data-folder.ts';
import { openDataFolder } from '../../db/data-folder.ts';
import { lotFiles } from '../../db/lot-files.ts';
import { type OpenStationStore, openStationStore } from '../../db/station-store.ts';
import { KeylineError } from '../../domain/errors.ts';
import type { KeyTerms } from '../../domain/recipe.ts';
import { FakeClock } from '../../simulator/fake-clock.ts';
import { Recorder } from '../records/recorder.ts';
import { RecipeDesk } from './recipe-desk.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/aq-200/recipe.json', import.meta.url));

const ON_CHIP: KeyTerms = { keyMode: 'on-chip', cableGuard: null };

let dir = '';
let folder: DataFolder;
let open: OpenStationStore;
let recipe = '';

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-recipes-'));
  folder = openDataFolder(join(dir, 'station'), process.platform);
  open = openStationStore(folder.stationDatabase);
  cpSync(dirname(EXAMPLE), join(dir, 'in'), { recursive: true });
  recipe = join(dir, 'in', 'recipe.json');
});
afterEach(() => {
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

function desk(profileFault: string | null = null): RecipeDesk {
  const files = lotFiles(folder);
  const view = (sha256: string) => {
    const { name, version, model, hardwareRevisions, firmware } = JSON.parse(files.recipe(sha256)?.text ?? '{}');
    return {
      ...{ recipeSha256: sha256, name, version, model, revisions: hardwareRevisions, jobMs: null, firmwareHere: true },
      ...{ firmwareVersion: firmware.version, firmwareSha256: firmware.sha256, ...ON_CHIP },
    };
  };
  return new RecipeDesk({
    ...{ files, recorder: new Recorder(open.store, new FakeClock()) },
    lots: { recipes: () => files.recipes().map(({ sha256 }) => view(sha256)), forgetSeen: () => {} },
    around: { holdsFactorySecret: () => false, profileFault: () => profileFault },
  });
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof KeylineError) return error.code;
    throw error;
  }
  return 'nothing was refused';
}

test('a recipe from a file is kept with its image, on record once, and nothing changes when it comes again', () => {
  const first = desk().add('officer', recipe);
  expect(first).toMatchObject({ known: false, recipe: { name: 'aq-200', lots: 0, newest: [] } });
  const { seq } = open.store.chainHead();
  expect(desk().add('officer', recipe).known).toBe(true);
  expect(open.store.chainHead().seq).toBe(seq);
  expect(desk().check(first.recipe.recipeSha256).imageBytes).toBeGreaterThan(0);
});

test.each<[string, (text: string) => string, string]>([
  ['no JSON', () => '{', 'RECIPE_INVALID'],
  ['no model', (text) => text.replace(/"model":\s*"[^"]*",/, ''), 'RECIPE_INVALID'],
  [
    'another image’s digest',
    (text) => text.replace(/"sha256":\s*"[0-9a-f]{64}"/, `"sha256": "${'0'.repeat(64)}"`),
    'FIRMWARE_INVALID',
  ],
  ['an image that is not there', (text) => text.replace(/"file":\s*"[^"]*"/, '"file": "none.bin"'), 'FILE_UNREADABLE'],
])('a recipe with %s is refused, and nothing of it is kept', (_what, spoil, code) => {
  writeFileSync(recipe, spoil(readFileSync(recipe, 'utf8')));
  expect(refusal(() => desk().add('officer', recipe))).toBe(code);
  expect(lotFiles(folder).recipes()).toEqual([]);
  expect(open.store.chainHead().seq).toBe(0);
});

test('a path that begins elsewhere than at the top of the disk, and a file that is not there, are refused', () => {
  expect(refusal(() => desk().add('officer', 'recipe.json'))).toBe('FILE_UNREADABLE');
  expect(refusal(() => desk().add('officer', join(dir, 'none.json')))).toBe('FILE_UNREADABLE');
});

test('a recipe that the signing CA could not sign for is refused', () => {
  expect(refusal(() => desk('no such name').add('officer', recipe))).toBe('PROFILE_UNFIT');
});

test('a recipe that cannot be put on record is not kept', () => {
  vi.spyOn(open.store, 'insertEvent').mockImplementationOnce(() => {
    throw new KeylineError('DISK_FULL');
  });
  expect(refusal(() => desk().add('officer', recipe))).toBe('DISK_FULL');
  expect(lotFiles(folder).recipes()).toEqual([]);
});

test('a recipe and an image that have rotted are whole again when they are brought again', () => {
  const { recipeSha256, firmwareSha256 } = desk().add('officer', recipe).recipe;
  writeFileSync(join(folder.recipes, `${recipeSha256}.json`), '{}');
  writeFileSync(join(folder.firmware, firmwareSha256), 'spoilt');
  expect(desk().list()).toEqual([]);
  expect(desk().add('officer', recipe).recipe.recipeSha256).toBe(recipeSha256);
  expect(desk().check(recipeSha256).imageBytes).toBeGreaterThan(0);
});

test('an image that another hand changed is found by a check', () => {
  const { recipeSha256, firmwareSha256 } = desk().add('officer', recipe).recipe;
  writeFileSync(join(folder.firmware, firmwareSha256), 'spoilt');
  expect(refusal(() => desk().check(recipeSha256))).toBe('FIRMWARE_FILE_WRONG');
  expect(refusal(() => desk().check('0'.repeat(64)))).toBe('RECIPE_MISSING');
});
