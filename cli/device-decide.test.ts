// A revocation at a terminal takes a second security officer, who shows a badge as the badge says it.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleLot, samplePassed } from '../db/station-sample.ts';
import { openStationStore } from '../db/station-store.ts';
import { readRecipe } from '../station/line/lot-intake.ts';
import { makeStation } from './new-station.ts';
import { useOf } from './surroundings.ts';
import { type TestWorld, testWorld } from './test-terminal.ts';

const RECIPE = new URL('../examples/aq-200/recipe.json', import.meta.url).pathname;
const ADA = { name: 'Ada Öz', role: 'security-officer', badge: 'ADA-77310', pin: '830614' } as const;
const REMI = { name: 'Remi Adeyemi', role: 'security-officer', badge: 'REMI-4411', pin: '271828' } as const;

/** Secrets are derived on purpose slowly, some a test. */
const SLOW_MS = 60_000;

let at: TestWorld;
beforeAll(async () => {
  at = testWorld();
  await makeStation(useOf(at.world, {}), { pixelMm: null, bench: null, people: [ADA, REMI] });
  const { store, close } = openStationStore(join(at.dir, 'station', 'station.db'));
  const recipe = JSON.stringify(readRecipe(RECIPE).recipe);
  store.transaction(() => {
    store.insertLot(sampleLot('LOT-1', { recipe }));
    samplePassed(store, 1);
  });
  close();
}, SLOW_MS);
afterAll(() => at.dispose());

/** What came of it where who asks has signed in, and these lines are typed after that. */
async function revoked(second: string, ...typed: string[]): Promise<string> {
  at.typed.splice(0, at.typed.length, `KLB:${ADA.badge}`, ADA.pin, ...typed);
  const order = ['LOT-1-0001', '--reason', 'stolen', '--second', second, '--json'];
  const { answers } = await at.keyline('device', 'revoke', ...order);
  const { error, state } = JSON.parse(answers.at(-1) ?? '{}');
  return error?.code ?? state;
}

test(
  'what the second officer shows is told apart: no badge, one that is none, and no PIN',
  async () => {
    expect(await revoked(REMI.name)).toBe('BADGE_NEEDED');
    expect(await revoked(REMI.name, 'KLB:é')).toBe('BADGE_UNKNOWN');
    expect(await revoked(REMI.name, `KLB:${REMI.badge}`)).toBe('PIN_MISSING');
  },
  SLOW_MS,
);

test(
  'a badge as it is printed and its PIN revoke, by a name as people type it',
  async () => {
    expect(await revoked('remi adeyemi', `KLB:${REMI.badge}`, REMI.pin)).toBe('revoked');
  },
  SLOW_MS,
);
