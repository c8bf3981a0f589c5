// One slot's life: look, connect, work, answer, wait until the board is gone; for ever. Slots share nothing but the
// line's word whether boards are admitted, so one failing slot never disturbs another.
import type { ErrorCode } from '../../domain/error-table.ts';
import { errorRow, KeylineError } from '../../domain/errors.ts';
import { MAX_ATTEMPTS, type Outcome } from '../../domain/job.ts';
import type { Clock } from '../../domain/seams.ts';
import type { SlotDetails, SlotState, StageTime } from '../../domain/station-event.ts';
import type { Board, DeviceDriver } from '../drivers/driver.ts';
import type { JobEnd } from '../job/job-runner.ts';
import type { PortSpot } from '../port/byte-port.ts';
import type { SlotOrders } from './slot-orders.ts';
import type { SlotViews } from './slot-views.ts';

/** How often a slot looks again at a port that is busy or silent, and at a board that is done. */
const LOOK_AGAIN_MS = 1_000;

export interface Finished {
  readonly jobId: number | null;
  readonly hwid: string | null;
  readonly deviceSerial: string | null;
  readonly end: JobEnd | { readonly outcome: Outcome | null; readonly code: ErrorCode | null };
  readonly details: SlotDetails | null;
  /** Of a job that went through stages in this slot. */
  readonly stages: readonly StageTime[];
  /** A person may not let this board have another job. */
  readonly lastTry: boolean;
}

/** What the slot has just found out about its board. */
export interface Look {
  readonly board: Board;
  readonly driver: DeviceDriver;
  /** Monotonic: when the slot began to look. */
  readonly sinceMs: number;
  /** A person lets this very board have one more job. */
  readonly leave: boolean;
}

export interface SlotWork {
  readonly clock: Clock;
  readonly views: SlotViews;
  readonly orders: SlotOrders;
  /** Settles when boards are admitted again, or the signal aborts. Calls `onWait` where that is not now. */
  readonly admitted: (signal: AbortSignal, onWait: () => void) => Promise<void>;
  /** Whether the lot is released. */
  readonly released: () => boolean;
  readonly connect: (spot: PortSpot) => Promise<DeviceDriver>;
  /** The slot was switched off, and what sits there is not the board that it still has to finish: `gone` aborts. */
  readonly offFor: (hwid: string | null) => boolean;
  /** The board answered: takes it in and works on it to the end. */
  readonly work: (slot: string, look: Look) => Promise<Finished>;
  /** The board never answered properly: a job all the same, ended by this code. */
  readonly silent: (slot: string, code: ErrorCode) => Finished;
  readonly finished: (slot: string, finished: Finished, durationMs: number) => void;
  /** Something that stops the whole line. */
  readonly stopLine: (code: ErrorCode) => void;
}

/** Whether the slot's card stays while it looks again: nothing is news but another answer. */
type CardStays = boolean;

/** Jobs in a row of a board that cannot say who it is: no record holds its bound, so the slot that it sits in does. */
interface Nameless {
  tries: number;
}

/** Works on whatever sits at the spot until `gone` aborts. What the slot shows then is the caller's. Throws only for bugs. */
export async function runSlot(slot: string, spot: PortSpot, on: SlotWork, gone: AbortSignal): Promise<void> {
  let cardStays: CardStays = false;
  const nameless: Nameless = { tries: 0 };
  while (!gone.aborted) {
    await on.admitted(gone, () => on.views.of(slot)?.state !== 'held' && on.views.reset(slot, { state: 'held' }));
    if (gone.aborted) return;
    if (!cardStays) on.views.look(slot);
    cardStays = await sitting(slot, spot, nameless, on, gone);
  }
}

type Seen = { readonly board: Board } | { readonly code: ErrorCode };

async function sitting(
  slot: string,
  spot: PortSpot,
  nameless: Nameless,
  on: SlotWork,
  gone: AbortSignal,
): Promise<CardStays> {
  const sinceMs = on.clock.monotonicMs();
  const told = on.orders.begin();
  let driver: DeviceDriver;
  try {
    driver = await on.connect(spot);
  } catch (error) {
    return notOpened(slot, error, on, gone);
  }
  try {
    const seen = await identify(driver);
    if (gone.aborted) return false;
    if ('code' in seen && seen.code === 'PULLED_OUT') {
      nameless.tries = 0;
      await on.orders.pause(on.clock, LOOK_AGAIN_MS, gone);
      return on.views.of(slot)?.state === 'needs-you';
    }
    if (on.offFor('code' in seen ? null : hwidOf(seen.board))) return false;
    // What was told until now was told of the board before.
    const leave = on.orders.begin() ?? told;
    on.views.look(slot);
    const finished = bounded(await workOn(slot, seen, { driver, sinceMs, leave }, on), nameless);
    on.finished(slot, finished, on.clock.monotonicMs() - sinceMs);
    show(slot, finished, on);
    return await untilOther(slot, finished, nameless, driver, on, gone);
  } finally {
    await driver.close();
  }
}

function bounded(finished: Finished, nameless: Nameless): Finished {
  if ('waitsFor' in finished.end) return finished;
  nameless.tries = finished.hwid === null ? nameless.tries + 1 : 0;
  return { ...finished, lastTry: finished.lastTry || nameless.tries >= MAX_ATTEMPTS };
}

/** A board that cannot be taken in now (it fell silent, it left, a record could not be written) is looked at again. */
async function workOn(
  slot: string,
  seen: Seen,
  { driver, sinceMs, leave }: { driver: DeviceDriver; sinceMs: number; leave: string | null },
  on: SlotWork,
): Promise<Finished> {
  try {
    if ('code' in seen) return on.silent(slot, seen.code);
    const { board } = seen;
    return await on.work(slot, { board, driver, sinceMs, leave: leave !== null && leave === hwidOf(board) });
  } catch (error) {
    if (!(error instanceof KeylineError)) throw error;
    const nobody = { jobId: null, hwid: null, deviceSerial: null, details: null, stages: [], lastTry: false };
    return { ...nobody, end: { waitsFor: error.code } };
  }
}

/** Nothing there is an empty slot; a port that another program holds is tried again; no rights stop the line. */
async function notOpened(slot: string, error: unknown, on: SlotWork, gone: AbortSignal): Promise<CardStays> {
  if (!(error instanceof KeylineError)) throw error;
  if (gone.aborted) return false;
  const { code } = error;
  const before = on.views.of(slot);
  if (code === 'PULLED_OUT') on.views.reset(slot);
  else if (before?.state !== 'needs-you' || before.code !== code) on.views.reset(slot, { state: 'needs-you', code });
  if (errorRow(code).disposition === 'stop-line') on.stopLine(code);
  await on.orders.pause(on.clock, LOOK_AGAIN_MS, gone);
  return true;
}

async function identify(driver: DeviceDriver): Promise<Seen> {
  let code: ErrorCode = 'NO_ANSWER';
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    try {
      return { board: await driver.identify() };
    } catch (error) {
      if (!(error instanceof KeylineError)) throw error;
      code = error.code;
      if (errorRow(code).disposition !== 'retry') break;
    }
  }
  return { code: code === 'NO_ANSWER' ? 'NO_ANSWER_THRICE' : code };
}

/** Empty for a board that cannot say who it is. */
function hwidOf(board: Board): string {
  return board.kind === 'identity' ? board.hwid : '';
}

function show(
  slot: string,
  { end, jobId, hwid, deviceSerial, details, stages, lastTry }: Finished,
  on: SlotWork,
): void {
  const who = { jobId, hwid, deviceSerial, details, stages: [...stages], share: null };
  const nowhere = { stage: null, stageSinceMs: null };
  if ('waitsFor' in end) {
    const stops = errorRow(end.waitsFor).disposition === 'stop-line';
    if (stops) on.stopLine(end.waitsFor);
    const state = stops || end.waitsFor === 'LOT_HELD' ? 'held' : 'needs-you';
    const where = jobId === null ? nowhere : {};
    return on.views.change(slot, { ...who, ...where, state, code: end.waitsFor, outcome: null }, lastTry);
  }
  const where = jobId === null || end.outcome === 'passed' ? nowhere : {};
  const { outcome, code } = end;
  on.views.change(slot, { ...who, ...where, state: stateOf(outcome), code, outcome }, lastTry);
}

function stateOf(outcome: string | null): SlotState {
  if (outcome === 'passed') return 'passed';
  return outcome === 'failed' ? 'failed' : 'needs-you';
}

/**
 * Waits until the slot deserves a fresh look. A fixture's adapter stays when boards are changed, so a finished board
 * is asked who it is from time to time: silence means that it left, another hardware id that another one sits there.
 */
async function untilOther(
  slot: string,
  finished: Finished,
  nameless: Nameless,
  driver: DeviceDriver,
  on: SlotWork,
  gone: AbortSignal,
): Promise<CardStays> {
  const { end } = finished;
  const swapped = ('waitsFor' in end ? end.waitsFor : end.code) === 'DEVICE_SWAPPED';
  if ('waitsFor' in end && !swapped) {
    // A board of a held lot may wait for days: it is decided about and asked meanwhile. The lot that it waits for may be
    // another than this line's, which is released: hence the pause first.
    do {
      await on.orders.pause(on.clock, LOOK_AGAIN_MS, gone);
      if (gone.aborted || on.orders.afresh) return false;
      await on.orders.takeErrand()?.(driver);
    } while (end.waitsFor === 'LOT_HELD' && !on.released());
    return on.views.of(slot)?.state === 'needs-you';
  }
  let present: string | null | undefined;
  let answered = false;
  while (!gone.aborted) {
    await on.orders.pause(on.clock, LOOK_AGAIN_MS, gone);
    if (gone.aborted || on.orders.afresh) return false;
    await on.orders.takeErrand()?.(driver);
    if (gone.aborted || on.orders.afresh) return false;
    if (on.orders.takeAnswer()) answered = true;
    const seen = await identify(driver);
    if (gone.aborted || on.orders.afresh) return false;
    if ('code' in seen) {
      // It left: whoever comes next has tries of its own.
      nameless.tries = 0;
      if (seen.code === 'PULLED_OUT') return false;
      if (present !== null && !answered) on.views.reset(slot);
      present = null;
      continue;
    }
    const hwid = hwidOf(seen.board);
    // The first look sets who sits there: after a swap that is the other board, and it must leave before a new start.
    if (present === undefined) present = swapped || hwid === '' ? hwid : (finished.hwid ?? hwid);
    if (present !== hwid) return false;
    // Somebody said that it was taken care of, and it still sits there.
    if (answered && hwid !== (finished.hwid ?? '')) return false;
    if (answered) show(slot, finished, on);
    answered = false;
  }
  return false;
}
