// What a person tells a lot: release, hold, close. A close writes off what did not come back, and leads to a checkpoint, a copy
// and a signed report.
import { KeylineError } from '../domain/errors.ts';
import type { LotCommand } from '../domain/lot.ts';
import type { CopyDesk } from './copies/copy-desk.ts';
import { ClockWatch } from './line/clock-watch.ts';
import type { Line } from './line/line.ts';
import type { ReportDesk } from './lots/report-desk.ts';
import type { JobRecords } from './records/job-records.ts';
import { isPaused, type LotRecords } from './records/lot-records.ts';
import type { Recorder } from './records/recorder.ts';
import type { SyncDesk } from './sync-desk.ts';

export interface LotCommandOrder {
  readonly lotId: string;
  readonly command: LotCommand;
  readonly because: string | null;
  /** With `close`: end the jobs whose boards did not come back. */
  readonly writeOff: boolean;
}

export interface LotOrdersParts {
  readonly recorder: Recorder;
  readonly jobs: Pick<JobRecords, 'endFor'>;
  readonly lots: LotRecords;
  readonly sync: Pick<SyncDesk, 'checkpoint'>;
  readonly backups: Pick<CopyDesk, 'lotClosed'>;
  readonly reports: Pick<ReportDesk, 'signAndPrint'>;
  /** The line and the lot that it runs; null while none runs. */
  readonly running: () => { readonly lotId: string; readonly line: Line } | null;
  /** Of the active CA, UTC ms; 0 without one. */
  readonly notBeforeMs: () => number;
}

export class LotOrders {
  readonly #parts: LotOrdersParts;

  constructor(parts: LotOrdersParts) {
    this.#parts = parts;
  }

  /** Somebody paused it, and it may go on at a technician's word: while the clock is unsure that is a supervisor's. */
  isPaused(lotId: string): boolean {
    const { recorder, notBeforeMs } = this.#parts;
    const { clock, store } = recorder;
    const lot = store.lot(lotId);
    if (!lot || !isPaused(lot)) return false;
    return new ClockWatch(clock).doubt(store.recordTimes(), notBeforeMs()) === null;
  }

  /** Throws LOT_HAS_OPEN_JOBS while the line works on its boards, and as `LotRecords.command`. */
  command(actorId: string, { lotId, command, because, writeOff }: LotCommandOrder): void {
    const { running, lots, sync, backups, reports } = this.#parts;
    const now = running();
    if (command === 'close' && now?.lotId === lotId && now.line.busy)
      throw new KeylineError('LOT_HAS_OPEN_JOBS', 'the line works on them');
    if (command === 'close' && writeOff) this.#closeOverOpen(actorId, lotId, because);
    else lots.command(actorId, lotId, command, because);
    if (command !== 'close') return;
    sync.checkpoint(true);
    backups.lotClosed();
    void reports.signAndPrint(actorId, lotId);
  }

  /** In one transaction: a close that is refused leaves every board as it was. */
  #closeOverOpen(actorId: string, lotId: string, because: string | null): void {
    const { recorder, jobs, lots } = this.#parts;
    recorder.commit(actorId, (append, nowMs) => {
      for (const job of recorder.store.runningJobs())
        if (job.lotId === lotId) jobs.endFor(job, 'WRITTEN_OFF', append, nowMs);
      lots.change(append, nowMs, { actorId, lotId, command: 'close', because });
    });
  }
}
