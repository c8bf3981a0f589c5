import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { KeylineError } from '../../domain/errors.ts';
import { parseRecipe } from './lot-intake.ts';

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
