import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { KeylineError } from '../../domain/errors.ts';
import { parseRecipe, readRecipe } from './lot-intake.ts';

const example: Record<string, unknown> = JSON.parse(
  readFileSync(new URL('../../examples/aq-200/recipe.json', import.meta.url), 'utf8'),
);

function refusal(recipe: unknown): string {
  try {
    parseRecipe(new TextEncoder().encode(typeof recipe === 'string' ? recipe : JSON.stringify(recipe)));
  } catch (error) {
    if (error instanceof KeylineError && error.code === 'RECIPE_INVALID') return error.detail;
    throw error;
  }
  return 'taken';
}

describe('a path at the door', () => {
  const dir = mkdtempSync(join(tmpdir(), 'keyline-intake-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  const code = (path: string) => {
    try {
      readRecipe(path);
    } catch (error) {
      if (error instanceof KeylineError) return error.code;
      throw error;
    }
    return null;
  };

  test('that is no file is refused before it is read: a pipe would hold up the line for ever', () => {
    expect(code(dir)).toBe('FILE_UNREADABLE');
    expect(code(join(dir, 'absent.json'))).toBe('FILE_UNREADABLE');
    if (process.platform === 'win32') return;
    const pipe = join(dir, 'pipe.json');
    execFileSync('mkfifo', [pipe]);
    expect(code(pipe)).toBe('FILE_UNREADABLE');
  });

  test('of a file that is longer than any recipe is refused', () => {
    const long = join(dir, 'long.json');
    writeFileSync(long, ' '.repeat(262_145));
    expect(code(long)).toBe('RECIPE_INVALID');
  });
});

describe('a recipe at the door', () => {
  const injected = { ...example, keyMode: 'injected' };

  test('that this version can follow is taken', () => {
    expect(refusal(example)).toBe('taken');
    expect(refusal({ ...injected, acceptCableRisk: true })).toBe('taken');
    expect(refusal({ ...injected, psk: 'aq-200' })).toBe('taken');
  });

  test.each([
    ['wants what a chip must attest', { ...example, requireAttestation: true }, /^requireAttestation: /],
    ['wants injected keys and says nothing of the cable', injected, /^acceptCableRisk: .*psk/],
    [
      'has a factory secret and accepts the risk too',
      { ...injected, psk: 'a', acceptCableRisk: true },
      /^acceptCableRisk: /,
    ],
    ['has a factory secret for keys made on the chip', { ...example, psk: 'a' }, /^psk: /],
    ['names a secret as no file is named', { ...injected, psk: '../a' }, /^psk: /],
    ['wants injected keys attested', { ...injected, requireAttestation: true }, /^requireAttestation: /],
    ['has a key that nobody knows', { ...example, lockDebug: true }, /lockDebug/],
    ['lacks its model', { ...example, model: undefined }, /^model: /],
    ['is no JSON', '{', /no JSON/],
  ])('that %s is refused, with the place', (_title, recipe, place) => {
    expect(refusal(recipe)).toMatch(place);
  });
});
