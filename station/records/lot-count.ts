// What became of one lot's devices, counted in memory as its jobs move: the same figures as `lotTally` and `lotProgress`
// read from the records, without a walk over all jobs at each end. For people; the quota reads the records.
import type { Outcome } from '../../domain/job.ts';
import { type JobRow, type LotProgress, type LotTally, MAX_PASSES } from './record-store.ts';
import { readStages } from './stage-text.ts';

/** What is counted: a device by its last job in the lot, or a job whose board never said who it is. */
interface Unit {
  readonly named: boolean;
  readonly jobs: number;
  readonly lastJobId: number;
  readonly outcome: Outcome | null;
}

export type CountedJob = Pick<JobRow, 'jobId' | 'deviceId' | 'outcome'>;
type Pass = LotProgress['passes'][number];
type Verdict = LotProgress['verdicts'][number];

export class LotCount {
  readonly #units = new Map<string, Unit>();
  /** Open jobs, each with the unit that it counts for. */
  readonly #open = new Map<number, string>();
  readonly #counts = { passed: 0, failed: 0, errored: 0, aborted: 0, running: 0 };
  #judged = 0;
  #firstPassed = 0;
  #signatures: number;
  #passes: readonly Pass[];
  #verdicts: readonly Verdict[];

  /** `jobs` are all of the lot, in order; the rest is what the records say beside them. */
  constructor(jobs: Iterable<CountedJob>, signatures: number, { passes, verdicts }: LotProgress) {
    this.#signatures = signatures;
    this.#passes = passes;
    this.#verdicts = verdicts;
    for (const job of jobs) this.#move(job);
  }

  tally(): LotTally {
    return { ...this.#counts, signatures: this.#signatures };
  }

  /** Verdicts that end before `sinceMs` are forgotten. */
  progress(sinceMs: number): LotProgress {
    this.#verdicts = this.#verdicts.filter(({ endedMs }) => endedMs > sinceMs);
    const counts = { judged: this.#judged, firstPassed: this.#firstPassed };
    return { ...counts, passes: this.#passes, verdicts: this.#verdicts };
  }

  signed(): void {
    this.#signatures += 1;
  }

  /** A job that is new, has got its device, or ended: after each commit that did so. */
  moved(job: JobRow): void {
    this.#move(job);
    const { outcome, endedMs } = job;
    if (endedMs === null || (outcome !== 'passed' && outcome !== 'failed')) return;
    this.#verdicts = [...this.#verdicts, { endedMs, outcome }];
    if (outcome !== 'passed') return;
    this.#passes = [{ endedMs, stages: readStages(job.stages) }, ...this.#passes].slice(0, MAX_PASSES);
  }

  #move({ jobId, deviceId, outcome }: CountedJob): void {
    const key = deviceId === null ? `job ${jobId}` : `device ${deviceId}`;
    const before = this.#open.get(jobId);
    if (before !== undefined && before !== key) this.#drop(before);
    const unit = this.#units.get(key);
    if (unit) this.#add(unit, -1);
    const isLast = unit === undefined || jobId >= unit.lastJobId;
    const next: Unit = {
      named: deviceId !== null,
      jobs: (unit?.jobs ?? 0) + (before === key ? 0 : 1),
      lastJobId: isLast ? jobId : unit.lastJobId,
      outcome: isLast ? outcome : unit.outcome,
    };
    this.#add(next, 1);
    this.#units.set(key, next);
    if (outcome === null) this.#open.set(jobId, key);
    else this.#open.delete(jobId);
    // Nothing more can happen to it.
    if (!next.named && outcome !== null) this.#units.delete(key);
  }

  /** Its board has said who it is: it counts for that device from now on. */
  #drop(key: string): void {
    const unit = this.#units.get(key);
    if (unit) this.#add(unit, -1);
    this.#units.delete(key);
  }

  #add({ named, jobs, outcome }: Unit, sign: 1 | -1): void {
    this.#counts[outcome ?? 'running'] += sign;
    if (named && (outcome === 'passed' || outcome === 'failed')) this.#judged += sign;
    if (named && outcome === 'passed' && jobs === 1) this.#firstPassed += sign;
  }
}
