// One slot's life: look, connect, work, answer, wait until the board is gone; for ever. Slots share nothing but the
// line's word whether boards are admitted, so one failing slot never disturbs another.
import type { ErrorCode } from '../../domain/error-table.ts';
import { errorRow, KeylineError } from '../../domain/errors.ts';
import { MAX_ATTEMPTS, type Outcome } from '../../domain/job.ts';
import { type Clock, pause } from '../../domain/seams.ts';
import type { SlotState } from '../../domain/station-event.ts';
import type { Board, DeviceDriver } from '../drivers/driver.ts';
import type { JobEnd } from '../job/job-runner.ts';
import type { PortSpot } from '../port/byte-port.ts';
import type { SlotViews } from './slot-views.ts';

/** How often a slot looks again at a port that is busy or silent, and at a board that is done. */
const LOOK_AGAIN_MS = 1_000;

export interface Finished {
  readonly jobId: number | null;
  readonly hwid: string | null;
  readonly deviceSerial: string | null;
  readonly end: JobEnd | { readonly outcome: Outcome | null; readonly code: ErrorCode };
}

export interface SlotWork {
  readonly clock: Clock;
  readonly views: SlotViews;
  /** Settles when boards are admitted again, or the signal aborts. */
  readonly admitted: (signal: AbortSignal) => Promise<void>;
  /** Settles when the lot is released, or the signal aborts. */
  readonly released: (signal: AbortSignal) => Promise<void>;
  readonly connect: (spot: PortSpot) => Promise<DeviceDriver>;
  /** The board answered: takes it in and works on it to the end. */
  readonly work: (slot: string, board: Board, driver: DeviceDriver, sinceMs: number) => Promise<Finished>;
  /** The board never answered properly: a job all the same, ended by this code. */
  readonly silent: (slot: string, code: ErrorCode) => Finished;
  readonly finished: (slot: string, finished: Finished, durationMs: number) => void;
  /** Something that stops the whole line. */
  readonly stopLine: (code: ErrorCode) => void;
}

/** Works on whatever sits at the spot until `gone` aborts. Throws only for bugs. */
export async function runSlot(slot: string, spot: PortSpot, on: SlotWork, gone: AbortSignal): Promise<void> {
  while (!gone.aborted) {
    on.views.reset(slot, { state: 'held' });
    await on.admitted(gone);
    if (gone.aborted) break;
    on.views.reset(slot, { state: 'looking', stage: 'connect' });
    await sitting(slot, spot, on, gone);
  }
  on.views.reset(slot);
}

type Seen = { readonly board: Board } | { readonly code: ErrorCode };

async function sitting(slot: string, spot: PortSpot, on: SlotWork, gone: AbortSignal): Promise<void> {
  const startedMs = on.clock.monotonicMs();
  let driver: DeviceDriver;
  try {
    driver = await on.connect(spot);
  } catch (error) {
    return notOpened(slot, error, on, gone);
  }
  try {
    const seen = await identify(driver);
    if ('code' in seen && seen.code === 'PULLED_OUT') return await pause(on.clock, LOOK_AGAIN_MS, gone);
    const finished = await workOn(slot, seen, driver, startedMs, on);
    on.finished(slot, finished, on.clock.monotonicMs() - startedMs);
    show(slot, finished, on);
    await untilOther(slot, finished, driver, on, gone);
  } finally {
    await driver.close();
  }
}

/** A board that cannot be taken in now (it fell silent, it left, a record could not be written) is looked at again. */
async function workOn(
  slot: string,
  seen: Seen,
  driver: DeviceDriver,
  sinceMs: number,
  on: SlotWork,
): Promise<Finished> {
  try {
    return 'code' in seen ? on.silent(slot, seen.code) : await on.work(slot, seen.board, driver, sinceMs);
  } catch (error) {
    if (!(error instanceof KeylineError)) throw error;
    return { jobId: null, hwid: null, deviceSerial: null, end: { waitsFor: error.code } };
  }
}

/** Nothing there is an empty slot; a port that another program holds is tried again; no rights stop the line. */
async function notOpened(slot: string, error: unknown, on: SlotWork, gone: AbortSignal): Promise<void> {
  if (!(error instanceof KeylineError)) throw error;
  if (error.code === 'PULLED_OUT') on.views.reset(slot);
  else on.views.reset(slot, { state: 'needs-you', code: error.code });
  if (errorRow(error.code).disposition === 'stop-line') on.stopLine(error.code);
  await pause(on.clock, LOOK_AGAIN_MS, gone);
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

function show(slot: string, { end, jobId, hwid, deviceSerial }: Finished, on: SlotWork): void {
  const who = { jobId, hwid, deviceSerial, stage: null, share: null };
  if ('waitsFor' in end) {
    const stops = errorRow(end.waitsFor).disposition === 'stop-line';
    if (stops) on.stopLine(end.waitsFor);
    const state = stops || end.waitsFor === 'LOT_HELD' ? 'held' : 'needs-you';
    return on.views.change(slot, { ...who, state, code: end.waitsFor, outcome: null });
  }
  on.views.change(slot, { ...who, state: stateOf(end.outcome), code: end.code, outcome: end.outcome });
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
  driver: DeviceDriver,
  on: SlotWork,
  gone: AbortSignal,
): Promise<void> {
  const { end } = finished;
  if ('waitsFor' in end && end.waitsFor !== 'DEVICE_SWAPPED') {
    await pause(on.clock, LOOK_AGAIN_MS, gone);
    // The lot that it waits for may be another than this line's, which is released: hence the pause before.
    return end.waitsFor === 'LOT_HELD' ? on.released(gone) : undefined;
  }
  let present: string | null | undefined;
  while (!gone.aborted) {
    await pause(on.clock, LOOK_AGAIN_MS, gone);
    if (gone.aborted) return;
    const seen = await identify(driver);
    if ('code' in seen) {
      if (seen.code === 'PULLED_OUT') return;
      if (present !== null) on.views.reset(slot);
      present = null;
      continue;
    }
    const hwid = seen.board.kind === 'identity' ? seen.board.hwid : '';
    // The first look sets who sits there: after a swap that is the other board, and it must leave before a new start.
    if (present === undefined) present = hwid;
    if (present !== hwid) return;
  }
}
