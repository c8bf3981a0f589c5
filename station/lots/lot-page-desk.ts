// A lot's page (UX.md section 4.5): its figures, read at one moment, with where its boards are now and its report.
import { type LotPage, MOST_HALF_HOURS, MOST_NAMED } from '../../contract/lot-page-api.ts';
import { KeylineError } from '../../domain/errors.ts';
import type { LotView } from '../../domain/station-event.ts';
import type { Recorder } from '../records/recorder.ts';
import { boardCounts } from './board-counts.ts';
import type { LotPageStore } from './lot-page-store.ts';
import type { ReportDesk } from './report-desk.ts';

export interface LotPageParts {
  readonly recorder: Recorder;
  readonly store: LotPageStore;
  readonly reports: Pick<ReportDesk, 'of'>;
  readonly view: (lotId: string) => LotView;
  /** Jobs that the line's slots work on now. */
  readonly inSlots: () => ReadonlySet<number>;
  readonly copies: () => { readonly timeMs: number; readonly copiedOutboxId: number } | null;
}

export class LotPageDesk {
  readonly #parts: LotPageParts;

  constructor(parts: LotPageParts) {
    this.#parts = parts;
  }

  /** Throws LOT_UNKNOWN. */
  read(lotId: string): LotPage {
    const { recorder, store } = this.#parts;
    if (!recorder.store.lot(lotId)) throw new KeylineError('LOT_UNKNOWN', lotId);
    return store.atOnce(() => this.#read(lotId));
  }

  #read(lotId: string): LotPage {
    const { recorder, store, reports, view, copies } = this.#parts;
    const lot = view(lotId);
    const copied = copies();
    const most = { halfHours: MOST_HALF_HOURS, named: MOST_NAMED, copiedOutboxId: copied?.copiedOutboxId ?? 0 };
    const { places, halfHours, time, head: _, ...figures } = store.lotPage(lotId, most);
    return {
      ...{ lot, atMs: recorder.clock.nowMs(), counts: boardCounts(lot.quantity, places) },
      seq: figures.seq,
      startedMs: figures.startedMs,
      halfHours: halfHours.slice(0, MOST_HALF_HOURS).toReversed(),
      hasEarlier: halfHours.length > MOST_HALF_HOURS,
      time: time && { lotId, ...time },
      timeBefore: figures.timeBefore,
      failures: [...figures.failures],
      notPassed: [...figures.notPassed],
      inRework: [...figures.inRework],
      away: this.#away(lotId),
      records: figures.records,
      labels: figures.labels,
      copiedMs: copied?.timeMs ?? null,
      report: reports.of(lotId),
    };
  }

  #away(lotId: string): number {
    const inSlots = this.#parts.inSlots();
    const open = this.#parts.recorder.store.runningJobs().filter((job) => job.lotId === lotId);
    return open.filter(({ jobId }) => !inSlots.has(jobId)).length;
  }
}
