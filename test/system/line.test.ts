import { afterEach, expect, test } from 'vitest';
import type { StationEvent } from '../../domain/station-event.ts';
import { openWorld, runAll, type World, type WorldOptions } from './world.ts';

let world: World;
async function open(options: WorldOptions): Promise<World> {
  world = await openWorld(options);
  return world;
}
afterEach(() => world.close());

const ended = (events: readonly StationEvent[]) => events.filter((event) => event.type === 'job-ended');
const shows = (code: string) => (events: readonly StationEvent[]) =>
  events.some((event) => event.type === 'slot-changed' && event.slot.code === code);

test('a board past the quantity is refused, and no signature is spent on it', async () => {
  const { station } = await open({ devices: 3, slots: 1, quantity: 2 });
  const { results } = await runAll(world, 1);
  expect(results.map(({ outcome, code }) => code ?? outcome)).toEqual(['passed', 'passed', 'QUOTA_REACHED']);
  expect(station.status().lot).toMatchObject({ passed: 2, aborted: 1, signatures: 2 });
});

test('a simulated board gets nothing from a real lot', async () => {
  const { station } = await open({ devices: 1, slots: 1, practice: false });
  const { results } = await runAll(world, 1);
  expect(results[0]).toMatchObject({ outcome: 'aborted', code: 'SIMULATED_DEVICE' });
  expect(station.status().lot).toMatchObject({ signatures: 0, passed: 0 });
});

test('the same failure so many times in a row holds the lot, and a release lets the waiting board in', async () => {
  const faults = ['wrong-model', 'weak-entropy'];
  const { station, simulator, until, events } = await open({ devices: 3, slots: 3, faults, stopAfter: 1 });
  const listed = await simulator.list();
  const at = (fault: string | null) => listed.findIndex((device) => device.fault === fault);
  await simulator.insert(1, at('weak-entropy'));
  await until((so) => ended(so).length === 1);
  expect(station.status().lot).toMatchObject({ state: 'held', heldBecause: 'WEAK_ENTROPY 1 times in a row' });
  await simulator.insert(2, at(null));
  await until(shows('LOT_HELD'));
  expect(ended(events)).toHaveLength(1);
  station.commandLot('tester', { lotId: 'L1', command: 'release', because: null, writeOff: false });
  await until((so) => ended(so).some((event) => event.outcome === 'passed'));
});

test('a board that is pulled out goes on in another slot with the same key', async () => {
  const { station, simulator, until, store, events } = await open({ devices: 1, slots: 2 });
  const signing = (so: readonly StationEvent[]) =>
    so.some((event) => event.type === 'slot-changed' && event.slot.stage === 'certificate');
  await simulator.insert(1, 0);
  await until(signing);
  await simulator.eject(1);
  await until(shows('PULLED_OUT'));
  expect(station.status().lot).toMatchObject({ running: 1, passed: 0 });
  await simulator.insert(2, 0);
  await until((so) => ended(so).length === 1);
  expect(ended(events)[0]).toMatchObject({ outcome: 'passed', slot: '2' });
  expect(station.status().lot).toMatchObject({ passed: 1, signatures: 1, running: 0 });
  expect(store.job(1)).toMatchObject({ slot: '2', outcome: 'passed' });
});

test('a board that never comes back is written off at the close: its certificate is void and its job over', async () => {
  const { station, simulator, until, store } = await open({ devices: 1, slots: 1 });
  await simulator.insert(1, 0);
  await until((so) => so.some((event) => event.type === 'slot-changed' && event.slot.stage === 'verify'));
  await simulator.eject(1);
  await until(shows('PULLED_OUT'));
  const close = { lotId: 'L1', command: 'close', because: null } as const;
  expect(() => station.commandLot('tester', { ...close, writeOff: false })).toThrow(/in work/);
  expect(station.commandLot('tester', { ...close, writeOff: true })).toMatchObject({ state: 'closed', aborted: 1 });
  expect(store.certificate(1)).toMatchObject({ state: 'void', reason: 'WRITTEN_OFF' });
  expect(store.waiting(10).map(({ kind }) => kind)).toEqual(['void']);
});

test('a lot that is closed lets go of its line, so that the next one can have it', async () => {
  const { station, until } = await open({ devices: 1, slots: 1 });
  await runAll(world, 1);
  expect(station.status()).toMatchObject({ lineRunning: true, lot: { lotId: 'L1', passed: 1 } });
  station.commandLot('tester', { lotId: 'L1', command: 'close', because: null, writeOff: false });
  await until((so) => so.some((event) => event.type === 'line-changed' && !event.running));
  await expect.poll(() => station.status()).toMatchObject({ lineRunning: false, lot: null });
});

test('a nearly full disk stops the line before a board is touched, and the line goes on when there is room', async () => {
  let room = true;
  const { station, simulator, until } = await open({ devices: 1, slots: 1, hasSpace: () => room });
  room = false;
  await simulator.insert(1, 0);
  await until((so) => so.some((event) => event.type === 'line-changed' && event.stoppedBy === 'DISK_LOW'));
  expect(station.status()).toMatchObject({ stoppedBy: 'DISK_LOW', lot: { running: 0 } });
  room = true;
  await until((so) => ended(so).some((event) => event.outcome === 'passed'));
});

test('a disk that is full in mid-job stops the line; with room again the same board passes with its one signature', async () => {
  let full = false;
  const { station, simulator, until, events } = await open({ devices: 1, slots: 1, full: () => full });
  const fill = station.watch((event) => {
    if (event.type === 'slot-changed' && event.slot.stage === 'certificate') full = true;
  });
  await simulator.insert(1, 0);
  await until((so) => so.some((event) => event.type === 'line-changed' && event.stoppedBy === 'DISK_FULL'));
  expect(ended(events)).toHaveLength(0);
  fill();
  full = false;
  await until((so) => ended(so).length === 1);
  expect(station.status().lot).toMatchObject({ passed: 1, signatures: 1 });
});

test('one failing slot does not disturb another', async () => {
  await open({ devices: 6, slots: 3, faults: ['silence', 'proof-fails', 'firmware-stops'] });
  const { results } = await runAll(world, 3);
  const healthy = results.filter(({ device }) => device.fault === null);
  expect(healthy.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'passed']);
});
