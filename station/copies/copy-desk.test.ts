// When copies are made, what counts as copied, and when the line stops for want of one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleLot, samplePassed } from '../../db/station-sample.ts';
import { type OpenStationStore, openStationStore } from '../../db/station-store.ts';
import { KeylineError } from '../../domain/errors.ts';
import { Recorder } from '../records/recorder.ts';
import { CopyDesk } from './copy-desk.ts';

let dir: string;
let open: OpenStationStore;
let recorder: Recorder;
let desk: CopyDesk;
let nowMs: number;
let made: (string | null)[];
let otherDisk: boolean;
let failing: Error | null;
let warned: object[];
let bugs: unknown[];
/** What a copy waits for before it is made. */
let held: Promise<void> | null;
let timers: Set<{ readonly atMs: number; readonly act: () => void }>;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-desk-'));
  open = openStationStore(join(dir, 'station.db'));
  [nowMs, made, otherDisk, failing, warned, bugs, held] = [0, [], true, null, [], [], null];
  timers = new Set();
  const after = (delayMs: number, act: () => void) => {
    const timer = { atMs: nowMs + delayMs, act };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs, after };
  recorder = new Recorder(open.store, clock);
  recorder.commit('station', (append) => {
    open.store.insertLot(sampleLot());
    append('station-created', {});
  });
  desk = deskOf(false);
});
afterEach(() => {
  if (!(failing instanceof TypeError)) expect(bugs).toEqual([]);
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

function deskOf(practice: boolean): CopyDesk {
  const { store } = open;
  return new CopyDesk({
    ...{ recorder, settings: store, clock: recorder.clock, practice, changed() {} },
    log: { warn: (fields) => warned.push(fields) },
    onBug: (bug) => bugs.push(bug),
    maker: {
      async make(to) {
        if (failing) throw failing;
        made.push(to);
        await held;
        const { seq, hash: head } = store.chainHead();
        return { file: 'copy', bytes: 1, epoch: 1, seq, head, outboxId: boards, otherDisk };
      },
      uncopied: (afterId, most) => store.uncopied(afterId, most),
    },
  });
}

let boards = 0;
beforeEach(() => {
  boards = 0;
});

function pass(count: number): void {
  for (let i = 0; i < count; i++) {
    boards += 1;
    recorder.commit('station', () => samplePassed(open.store, boards));
  }
}

function events(count: number): void {
  recorder.commit('station', (append) => {
    for (let i = 0; i < count; i++) append('device-seen', {});
  });
}

/** Nothing happens on the line meanwhile. */
async function timePasses(ms: number): Promise<void> {
  nowMs += ms;
  for (const timer of [...timers].filter(({ atMs }) => atMs <= nowMs)) {
    timers.delete(timer);
    timer.act();
  }
  await settled();
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test('a board counts as copied when it lies in a copy on another disk, and not on the same', async () => {
  pass(3);
  otherDisk = false;
  await desk.make('operator', null);
  expect(desk.notCopied()).toBe(3);
  otherDisk = true;
  await desk.make('operator', '/media/x');
  pass(2);
  expect({ notCopied: desk.notCopied(), made }).toEqual({ notCopied: 2, made: [null, '/media/x'] });
});

test('a board that the service took is not only on this disk; one that it refused is', () => {
  pass(3);
  recorder.commit('station', () => {
    open.store.answerOutbox(1, 'accepted', null);
    open.store.answerOutbox(2, 'refused', 'DEVICE_TAKEN');
  });
  expect(desk.notCopied()).toBe(2);
});

test('the line stops at the number that was set, and goes on after a copy on another disk', async () => {
  desk.setPlan('ann', { dir: null, stopAt: 4 });
  pass(3);
  expect(desk.stoppedBy()).toBeNull();
  pass(1);
  expect(desk.stoppedBy()).toEqual({ code: 'NOT_COPIED', detail: '' });
  await desk.make('operator', '/media/x');
  expect(desk.stoppedBy()).toBeNull();
});

test('a real line stops at 500 boards unless something else is set, a practice line never', () => {
  expect([desk.plan.stopAt, deskOf(true).plan.stopAt]).toEqual([500, null]);
});

test('a copy is made after 2,000 events, not again within ten minutes, and hourly where little happens', async () => {
  events(1_990);
  desk.jobEnded();
  await settled();
  expect(made).toHaveLength(0);
  events(20);
  desk.jobEnded();
  await settled();
  expect(made).toHaveLength(1);
  events(2_001);
  nowMs = 599_999;
  desk.jobEnded();
  await settled();
  expect(made).toHaveLength(1);
  nowMs = 600_000;
  desk.jobEnded();
  await settled();
  expect(made).toHaveLength(2);
  events(5);
  nowMs += 3_600_000;
  desk.jobEnded();
  await settled();
  expect(made).toHaveLength(3);
});

test('where no further board comes, time alone makes one copy of what has grown, and one wait is enough', async () => {
  events(5);
  desk.jobEnded();
  desk.jobEnded();
  expect(timers.size).toBe(1);
  await timePasses(3_599_999);
  expect(made).toHaveLength(0);
  await timePasses(1);
  expect(made).toHaveLength(1);
  // The event that says "copied" follows the copy, and is no reason for the next one.
  expect(timers.size).toBe(0);
  await timePasses(36_000_000);
  expect(made).toHaveLength(1);
});

test('what grew since the last copy is copied after an hour, and after five minutes where that failed', async () => {
  await desk.make('operator', null);
  await timePasses(600_000);
  events(5);
  desk.jobEnded();
  failing = new KeylineError('BACKUP_FAILED');
  await timePasses(3_000_000);
  expect([made.length, warned.length]).toEqual([1, 1]);
  failing = null;
  await timePasses(299_999);
  expect(made).toHaveLength(1);
  await timePasses(1);
  expect([made.length, timers.size]).toEqual([2, 0]);
});

test('a lot whose copy failed does not wait for the hour that had begun before', async () => {
  await desk.make('operator', null);
  events(5);
  desk.jobEnded();
  failing = new KeylineError('BACKUP_FAILED');
  desk.lotClosed();
  await settled();
  failing = null;
  await timePasses(300_000);
  expect([made.length, timers.size]).toEqual([2, 0]);
});

test('a station that starts with what was not copied does not wait for a board', async () => {
  events(5);
  desk = deskOf(false);
  await timePasses(3_600_000);
  expect(made).toHaveLength(1);
});

test('a desk that was closed makes no copy', async () => {
  events(5);
  desk.jobEnded();
  await desk.close();
  await timePasses(3_600_000);
  expect([made.length, timers.size]).toEqual([0, 0]);
});

test('a copy is made when a lot is closed', async () => {
  desk.lotClosed();
  await settled();
  expect(made).toHaveLength(1);
});

test('half of the boards that may be only here are reason enough for a copy on the other disk', async () => {
  desk.setPlan('ann', { dir: '/media/x', stopAt: 10 });
  await desk.make('operator', null);
  pass(5);
  nowMs = 1;
  desk.jobEnded();
  await settled();
  expect(made).toEqual(['/media/x', '/media/x']);
});

test('a folder that is away is told in the log, stops nothing by itself, and is tried again after five minutes', async () => {
  failing = new KeylineError('BACKUP_FAILED');
  events(2_001);
  desk.jobEnded();
  await settled();
  expect([warned.length, desk.stoppedBy()]).toEqual([1, null]);
  failing = null;
  nowMs = 299_999;
  desk.jobEnded();
  await settled();
  expect(made).toHaveLength(0);
  nowMs = 300_000;
  desk.jobEnded();
  await settled();
  expect(made).toHaveLength(1);
});

test('what the system says of a disk is told in the log, and ends nothing', async () => {
  failing = Object.assign(new Error('EIO: i/o error, rm'), { errno: -5, code: 'EIO', syscall: 'rm' });
  desk.lotClosed();
  await settled();
  expect([warned, bugs]).toEqual([[{ code: 'BACKUP_FAILED', detail: 'EIO: i/o error, rm' }], []]);
  failing = new TypeError('a fault of our own');
  desk.lotClosed();
  await settled();
  expect([warned.length, bugs]).toEqual([1, [failing]]);
});

test('a copy that shows damage in the records stops the line until a copy is whole again', async () => {
  failing = new KeylineError('RECORDS_DAMAGED', 'a row is missing from an index');
  await expect(desk.make('operator', null)).rejects.toBe(failing);
  expect(desk.stoppedBy()).toEqual({ code: 'RECORDS_DAMAGED', detail: 'a row is missing from an index' });
  failing = null;
  await desk.make('operator', null);
  expect(desk.stoppedBy()).toBeNull();
});

test('a copy that waits for another one is not begun once the station closes', async () => {
  let letGo = (): void => {};
  held = new Promise((resolve) => {
    letGo = resolve;
  });
  pass(1);
  desk.lotClosed();
  desk.lotClosed();
  const asked = expect(desk.make('operator', '/media/x')).rejects.toMatchObject({ code: 'STATION_GONE' });
  let closed = false;
  const closing = desk.close().then(() => {
    closed = true;
  });
  await settled();
  expect(closed).toBe(false);
  letGo();
  await closing;
  await asked;
  await settled();
  await expect(desk.make('operator', null)).rejects.toMatchObject({ code: 'STATION_GONE' });
  expect({ made, warned, bugs, waits: timers.size }).toEqual({ made: [null], warned: [], bugs: [], waits: 0 });
});
