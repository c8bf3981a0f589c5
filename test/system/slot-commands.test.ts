// What people tell a slot, with real jobs behind it: one more try, the bin, off and on, over restarts of the station.
import { afterEach, expect, test } from 'vitest';
import { openQueries } from '../../db/queries.ts';
import { MAX_ATTEMPTS } from '../../domain/job.ts';
import type { SlotCommand, SlotView, StationEvent } from '../../domain/station-event.ts';
import { IDENTITY_COMMAND, IDENTITY_GROUP, IDENTITY_RC } from '../../protocol/identity-group.ts';
import type { DeviceRequest } from '../../simulator/device-request.ts';
import type { DeviceHooks } from '../../simulator/device-state.ts';
import { identityError } from '../../simulator/reply.ts';
import { lastWords, type MemoryBench, openBench } from './memory-bench.ts';

let bench: MemoryBench;
async function open(options: Parameters<typeof openBench>[0] = {}): Promise<MemoryBench> {
  bench = await openBench(options);
  return bench;
}
afterEach(() => bench.close());

const ended = (count: number) => (events: readonly StationEvent[]) => lastWords(events).length >= count;

function view(slot = '1'): SlotView {
  const found = bench.station.status().slots.find((each) => each.slot === slot);
  if (!found) throw new Error(`no slot ${slot}`);
  return found;
}

function press(command: SlotCommand, slot = '1'): SlotView {
  const { sinceMs } = view(slot);
  const reason = command === 'switch-off' ? ('worn-pin' as const) : null;
  return bench.station.commandSlot('linh', { slot, command, reason, sinceMs });
}

/** Settles when the slot shows it. */
function shown(fits: (view: SlotView) => boolean, slot = '1'): Promise<void> {
  return bench.until(() => fits(view(slot)));
}

function journal(): { type: string; actorId: string; body: unknown }[] {
  const records = openQueries(bench.database);
  try {
    return [...records.auditEvents()].map(({ type, actorId, body }) => ({ type, actorId, body: JSON.parse(body) }));
  } finally {
    records.close();
  }
}

/** Cannot do this while `sick`. */
function ailing(command: keyof typeof IDENTITY_COMMAND, sick: () => boolean): DeviceHooks {
  return {
    onRequest: (request) => (asks(request, command) && sick() ? identityError(IDENTITY_RC.FAULT) : ('serve' as const)),
  };
}

function asks(request: DeviceRequest, command: keyof typeof IDENTITY_COMMAND): boolean {
  return request.group === IDENTITY_GROUP && request.command === IDENTITY_COMMAND[command];
}

test('every slot of the line is drawn from its start, and a line that does not run has none', async () => {
  const { station } = await open({ slots: 5 });
  expect(station.status().slots.map(({ slot, state }) => [slot, state])).toEqual(
    ['1', '2', '3', '4', '5'].map((slot) => [slot, 'empty']),
  );
  await station.stopLine();
  expect(station.status().slots).toEqual([]);
});

test('the person who starts a line stands in its journal', async () => {
  await open({ slots: 3 });
  expect(journal()).toContainEqual({ type: 'line-started', actorId: 'tester', body: { lotId: 'L1', slots: 3 } });
});

test('a person lets a failed board have one more job, and it passes with one signature', async () => {
  const { ports, board, until, events, store } = await open();
  let sick = true;
  ports.insert('1', board({ hooks: ailing('keygen', () => sick) }));
  await until(ended(1));
  sick = false;
  const card = view();
  expect(card).toMatchObject({
    state: 'needs-you',
    code: 'DEVICE_FAULT',
    stage: 'key',
    actions: ['try-again', 'switch-off'],
  });
  expect(card.stages.map(({ stage }) => stage)).toEqual(['connect', 'key']);
  expect(press('try-again')).toMatchObject({ state: 'looking' });
  await until(ended(2));
  expect(lastWords(events)).toEqual(['DEVICE_FAULT', 'passed']);
  expect(view()).toMatchObject({ state: 'passed', stage: null, actions: ['switch-off'] });
  const { lot } = bench.station.status();
  expect(lot).toMatchObject({ passed: 1, errored: 0, signatures: 1, firstPass: { passed: 0, judged: 1 } });
  expect(Object.keys(lot?.pace.stageMs ?? {})).toEqual(['connect', 'key', 'certificate', 'verify', 'lock']);
  expect(store.jobsOf(1, 'L1')).toBe(2);
  const told = { slot: '1', code: 'DEVICE_FAULT', hwid: card.hwid, jobId: 1, command: 'try-again' };
  expect(journal()).toContainEqual({ type: 'card-answered', actorId: 'linh', body: told });
});

test('a board whose tries are used up goes to the bin, also when it comes back', async () => {
  const { ports, board, until, events } = await open();
  const line = board({ hooks: ailing('keygen', () => true) });
  ports.insert('1', line);
  for (let jobs = 1; jobs < MAX_ATTEMPTS; jobs++) {
    await until(ended(jobs));
    press('try-again');
  }
  await until(ended(MAX_ATTEMPTS));
  expect(view().actions).toEqual(['in-bin', 'switch-off']);
  expect(press('in-bin')).toMatchObject({ state: 'empty', hwid: null, code: null });
  ports.eject('1');
  ports.insert('2', line);
  await until(ended(MAX_ATTEMPTS + 1));
  expect(lastWords(events).at(-1)).toBe('ATTEMPTS_USED');
  expect(view('2')).toMatchObject({ code: 'ATTEMPTS_USED', actions: ['in-bin', 'switch-off'] });
  expect(bench.store.lotTally('L1')).toMatchObject({ errored: 1, signatures: 0 });
});

test('a board that had a certificate gets no second one, whatever a person says', async () => {
  const { ports, board, until, store } = await open();
  ports.insert('1', board({ hooks: ailing('item', () => true) }));
  await until(ended(1));
  expect(store.certificate(1)).toMatchObject({ state: 'void' });
  expect(view().actions).toEqual(['in-bin', 'switch-off']);
  expect(() => press('try-again')).toThrow(expect.objectContaining({ code: 'SLOT_COMMAND_UNFIT' }));
});

test('a board of another model says which one it is, and one that passed when and where it did', async () => {
  const { ports, board, until } = await open();
  ports.insert('1', board({ model: 'TS-40' }));
  await until(ended(1));
  expect(view()).toMatchObject({ code: 'WRONG_MODEL', details: { found: 'TS-40', wanted: 'AQ-200' } });
  const good = board({ hwid: '00112233445566' });
  ports.insert('2', good);
  await until(ended(2));
  ports.eject('2');
  await shown(({ state }) => state === 'empty', '2');
  ports.insert('2', good);
  await until(ended(3));
  const details = { lotId: 'L1', passedSlot: '2', passedMs: expect.any(Number) };
  expect(view('2')).toMatchObject({ code: 'DONE_TODAY', stage: null, details, actions: ['got-it', 'switch-off'] });
});

test('a board that has to wait is finished too before its slot goes off, and no other one is taken in there', async () => {
  const { ports, board, until, events, station } = await open();
  const line = board({ hooks: { delayMs: (request) => (asks(request, 'csr') ? 300 : 0) } });
  ports.insert('1', line);
  await shown(({ stage }) => stage === 'certificate');
  press('switch-off');
  station.commandLot('linh', { lotId: 'L1', command: 'hold', because: null, writeOff: false });
  await shown(({ state }) => state === 'held');
  expect(view()).toMatchObject({ offReason: 'worn-pin', actions: ['switch-on'] });
  station.commandLot('linh', { lotId: 'L1', command: 'release', because: null, writeOff: false });
  await shown(({ state }) => state === 'off');
  expect(lastWords(events)).toEqual(['passed']);
  press('switch-on');
  ports.eject('1');
  await shown(({ state }) => state === 'empty');
  const other = board({ hwid: '00112233445566', hooks: { delayMs: (request) => (asks(request, 'csr') ? 300 : 0) } });
  ports.insert('1', other);
  await shown(({ stage }) => stage === 'certificate');
  press('switch-off');
  ports.eject('1');
  ports.insert('1', board({ hwid: '00aa00aa00aa00' }));
  await shown(({ state }) => state === 'off');
  expect(lastWords(events)).toEqual(['passed']);
  await until(() => bench.store.runningJobs().length === 1);
  ports.insert('2', other);
  await until(ended(2));
  expect(lastWords(events)).toEqual(['passed', 'passed']);
});

test('a board in work is finished before its slot goes off, and the slot stays off over a restart', async () => {
  const { ports, board, until, events, restart } = await open();
  ports.insert('1', board({ hooks: { delayMs: (request) => (asks(request, 'csr') ? 200 : 0) } }));
  await shown(({ state }) => state === 'working');
  expect(press('switch-off')).toMatchObject({ state: 'working', offReason: 'worn-pin', actions: ['switch-on'] });
  await shown(({ state }) => state === 'off');
  expect(lastWords(events)).toEqual(['passed']);
  expect(view()).toMatchObject({ outcome: 'passed', offReason: 'worn-pin', actions: ['switch-on'] });
  await restart();
  expect(view()).toMatchObject({ state: 'off', offReason: 'worn-pin' });
  ports.insert('2', board({ hwid: '00112233445566' }));
  await until(ended(2));
  expect(view()).toMatchObject({ state: 'off' });
  press('switch-on');
  await until(ended(3));
  expect(lastWords(events)).toEqual(['passed', 'passed', 'DONE_TODAY']);
  expect(journal().filter(({ type }) => type.startsWith('slot-switched'))).toEqual([
    { type: 'slot-switched-off', actorId: 'linh', body: { slot: '1', reason: 'worn-pin' } },
    { type: 'slot-switched-on', actorId: 'linh', body: { slot: '1' } },
  ]);
});

test('the card of a board that left its work stays until it is inserted again, in whatever slot', async () => {
  const { ports, board, until, events } = await open();
  const line = board({ hooks: { delayMs: (request) => (asks(request, 'csr') ? 200 : 0) } });
  ports.insert('1', line);
  await shown(({ stage }) => stage === 'key');
  ports.eject('1');
  await shown(({ code }) => code === 'PULLED_OUT');
  const card = view();
  ports.insert('2', board({ hwid: '00112233445566' }));
  await until(ended(1));
  expect(view()).toEqual(card);
  ports.eject('2');
  await shown(({ state }) => state === 'empty', '2');
  ports.insert('2', line);
  await until(ended(2));
  expect(lastWords(events)).toEqual(['passed', 'passed']);
  expect(view()).toMatchObject({ state: 'empty' });
  expect(view('2').stages.map(({ stage }) => stage)).toEqual(['connect', 'key', 'certificate', 'verify', 'lock']);
});

test('the card of a board whose job was written off leaves', async () => {
  const { station, ports, board } = await open();
  ports.insert('1', board({ hooks: { delayMs: (request) => (asks(request, 'csr') ? 200 : 0) } }));
  await shown(({ stage }) => stage === 'key');
  ports.eject('1');
  await shown(({ code }) => code === 'PULLED_OUT');
  const close = { lotId: 'L1', command: 'close', because: null, writeOff: true } as const;
  expect(station.commandLot('linh', close)).toMatchObject({ state: 'closed', aborted: 1 });
  await shown(({ state }) => state === 'empty');
});

test('a stopped line that is told to look again goes on at once', async () => {
  let room = true;
  const { station, ports, board, until } = await open({ hasSpace: () => room });
  room = false;
  ports.insert('1', board());
  await until((so) => so.some((event) => event.type === 'line-changed' && event.stoppedBy === 'DISK_LOW'));
  expect(view()).toMatchObject({ state: 'held', actions: ['switch-off'] });
  expect(station.lookAgain()).toEqual({ stoppedBy: 'DISK_LOW' });
  room = true;
  expect(station.lookAgain()).toEqual({ stoppedBy: null });
  await until(ended(1));
});
