// The figures of lots at hand: counted once from the records, then kept as jobs move. Writes go through `store`, which
// tells of each change after its commit; what a transaction undid was never counted.
import { KeylineError } from '../../domain/errors.ts';
import { LotCount } from './lot-count.ts';
import type { LotProgress, LotTally, RecordStore } from './record-store.ts';

/** Lots kept in memory: those that a line ran lately. A device takes about 100 bytes. */
const MAX_LOTS = 8;

const HOUR_MS = 3_600_000;

export interface Figures {
  readonly tally: LotTally;
  readonly progress: LotProgress;
}

export class LotFigures {
  /** The store, under watch. */
  readonly store: RecordStore;
  readonly #records: RecordStore;
  /** The one asked for last comes last. */
  readonly #lots = new Map<string, LotCount>();
  readonly #jobs = new Set<number>();
  #signedFor: string[] = [];

  constructor(records: RecordStore) {
    this.#records = records;
    this.store = {
      ...records,
      transaction: (work) => {
        try {
          const done = records.transaction(work);
          this.#committed();
          return done;
        } finally {
          this.#jobs.clear();
          this.#signedFor = [];
        }
      },
      insertJob: (row) => this.#touched(records.insertJob(row)),
      setJobDevice: (jobId, deviceId) => records.setJobDevice(this.#touched(jobId), deviceId),
      endJob: (jobId, outcome, code, endedMs) => records.endJob(this.#touched(jobId), outcome, code, endedMs),
      insertCertificate: (row) => {
        this.#signedFor.push(row.lotId);
        return records.insertCertificate(row);
      },
      insertSigned: (row) => {
        this.#signedFor.push(row.lotId);
        return records.insertSigned(row);
      },
    };
  }

  #touched(jobId: number): number {
    this.#jobs.add(jobId);
    return jobId;
  }

  /** The commit stands whatever happens here: figures that cannot be kept are counted anew when they are asked for. */
  #committed(): void {
    try {
      this.#count();
    } catch (error) {
      if (!(error instanceof KeylineError)) throw error;
      this.#lots.clear();
    }
  }

  #count(): void {
    for (const lotId of this.#signedFor) this.#lots.get(lotId)?.signed();
    for (const jobId of this.#jobs) {
      const job = this.#records.job(jobId);
      if (job) this.#lots.get(job.lotId)?.moved(job);
    }
  }

  /** Of one lot, the last hour up to `nowMs`. */
  of(lotId: string, nowMs: number): Figures {
    const count = this.#lots.get(lotId) ?? this.#load(lotId, nowMs);
    this.#lots.delete(lotId);
    this.#lots.set(lotId, count);
    for (const oldest of this.#lots.keys()) {
      if (this.#lots.size <= MAX_LOTS) break;
      this.#lots.delete(oldest);
    }
    return { tally: count.tally(), progress: count.progress(nowMs - HOUR_MS) };
  }

  #load(lotId: string, nowMs: number): LotCount {
    const { signatures } = this.#records.lotTally(lotId);
    return new LotCount(this.#records.jobsOfLot(lotId), signatures, this.#records.lotProgress(lotId, nowMs));
  }
}
