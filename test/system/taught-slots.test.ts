// A bench whose slots were taught, with real ports: boards are worked on in the slots that were bound to their ports, others
// are not touched and called out, and what went over a cable is told without its secrets.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { routerClient } from '../../cli/station-client.ts';
import { stationRouter } from '../../station/api/station-router.ts';
import { openWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld({ devices: 3, slots: 4, keyMode: 'injected' });
  await world.station.stopLine();
  await world.simulator.insert(4, 0);
  const positions = await positionsNow();
  await world.simulator.eject(4);
  await world.simulator.insert(2, 0);
  positions.push(...(await positionsNow()));
  await world.simulator.eject(2);
  await world.station.upkeep.slotMap.teach('tester', {
    ports: join(world.dir, 'ports'),
    fixtures: [{ rows: 1, columns: 3 }],
    positions: [positions[0] ?? null, null, positions[1] ?? null],
  });
  await world.station.startLine('tester', { lotId: 'L1', bench: null });
}, 60_000);
afterAll(() => world?.close());

/** As a screen asks: by the contract. */
function api() {
  return routerClient(stationRouter(world.station, { bug: () => {}, misread: () => {} })).api;
}

async function positionsNow(): Promise<string[]> {
  return world.station.bench.find(join(world.dir, 'ports'));
}

test('a board is worked on in the slot that was bound to its port', async () => {
  expect(world.station.status().slots.map(({ slot }) => slot)).toEqual(['A1', 'A2', 'A3']);
  await world.simulator.insert(4, 0);
  await world.until((events) => events.some((event) => event.type === 'job-ended' && event.slot === 'A1'));
  await world.simulator.insert(2, 1);
  await world.until((events) => events.some((event) => event.type === 'job-ended' && event.slot === 'A3'));
  const ended = world.events.filter((event) => event.type === 'job-ended');
  expect(ended.map(({ slot, outcome }) => [slot, outcome])).toEqual([
    ['A1', 'passed'],
    ['A3', 'passed'],
  ]);
});

test('a board at a port that nobody taught is not touched, and called out until it leaves', async () => {
  const unknown = () => world.station.facts().unknownPorts.length;
  await world.simulator.insert(3, 2);
  await world.until(() => unknown() === 1);
  expect(world.events.filter((event) => event.type === 'job-ended')).toHaveLength(2);
  await world.simulator.eject(3);
  await world.until(() => unknown() === 0);
});

test('the trace of its cable tells the whole work on it, and masks the key that was sent', async () => {
  const { lines } = await api().diagnostics.trace({ slot: 'A1', after: null });
  const topics = new Set(lines.map(({ topic }) => topic));
  for (const topic of ['status', 'inject-open', 'inject', 'csr', 'item', 'prove', 'lock'] as const)
    expect(topics).toContain(topic);
  const sent = lines.filter(({ topic }) => topic === 'inject');
  expect(sent.every(({ bytes, masked }) => bytes.split(' ').length === 8 && masked > 0)).toBe(true);
  expect(world.station.upkeep.diagnostics.trace('A2', null).lines).toEqual([]);
});

test('fails are counted by the names of the slots', () => {
  expect(world.station.upkeep.diagnostics.heat()).toEqual([
    { slot: 'A1', boards: 1, failed: 0 },
    { slot: 'A3', boards: 1, failed: 0 },
  ]);
});

test('a slot of a taught bench is switched off and on by its name', () => {
  const { station } = world;
  const view = () => station.status().slots.find(({ slot }) => slot === 'A2');
  const order = (command: 'switch-off' | 'switch-on') =>
    station.commandSlot('tester', {
      ...{ slot: 'A2', command, reason: command === 'switch-off' ? 'worn-pin' : null },
      sinceMs: view()?.sinceMs ?? 0,
    });
  expect(order('switch-off').state).toBe('off');
  expect(world.store.slotsOff().map(({ slot }) => slot)).toEqual([2]);
  expect(order('switch-on').state).toBe('empty');
});

test('the map cannot change under a lot on the line', async () => {
  const order = { ports: '/dev', fixtures: [{ rows: 1, columns: 1 }], positions: ['x'] };
  await expect(world.station.upkeep.slotMap.teach('tester', order)).rejects.toThrow('The line runs already');
  expect(readdirSync(join(world.dir, 'ports')).length).toBeGreaterThan(0);
});
