import { afterAll, beforeAll, expect, test } from 'vitest';
import { addRun, idleKinds, newTally } from './fault-tally.ts';
import foundSeeds from './found-seeds.json' with { type: 'json' };
import { World } from './world/world.ts';
import { type Factory, openFactory } from './world/world-factory.ts';

/** `npm run faults -- --seeds 10000` goes on from the first of these. */
const SEEDS = Array.from({ length: 40 }, (_, i) => i + 1);

let factory: Factory;
beforeAll(async () => {
  factory = await openFactory();
});
afterAll(() => factory.close());

test('whatever strikes in forty worlds, nothing is lost and nothing is done twice; every kind of fault changed a run', async () => {
  const tally = newTally();
  for (const seed of SEEDS) addRun(tally, await new World(seed, factory).run());
  expect(tally.violations).toEqual([]);
  expect(idleKinds(tally)).toEqual([]);
  expect(tally.passed).toBeGreaterThan(SEEDS.length);
});

test('seeds that once found something find nothing any more', async () => {
  const tally = newTally();
  for (const { seed } of foundSeeds) addRun(tally, await new World(seed, factory).run());
  expect(tally.violations).toEqual([]);
});

test('a seed repeats its world event by event', async () => {
  for (const seed of [3, 14, 27]) {
    const first = await new World(seed, factory).run();
    const second = await new World(seed, factory).run();
    expect(first.trace.length).toBeGreaterThan(40);
    expect(second.trace).toEqual(first.trace);
  }
});

test('20 boards that leave right after their certificate was installed take no more than 12 certificates of an order of 10 + 2', async () => {
  const order = { boards: 20, slots: 4, quantity: 10, spare: 2, faults: 0 };
  const run = await new World(7, factory, { ...order, atEnrolment: 'leaves' }).run();
  expect(run.violations).toEqual([]);
  expect(run.passed).toBe(0);
  // Each of the ten that were admitted may still come back and pass.
  expect(run.signed).toBe(10);
});

test('20 boards that fail right after their certificate was installed take 12 certificates of an order of 10 + 2, all void', async () => {
  const order = { boards: 20, slots: 4, quantity: 10, spare: 2, faults: 0 };
  const run = await new World(8, factory, { ...order, atEnrolment: 'signs-wrongly' }).run();
  expect(run.violations).toEqual([]);
  expect(run.passed).toBe(0);
  expect(run.signed).toBe(12);
});
