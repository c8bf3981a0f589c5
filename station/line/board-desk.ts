// What the line does with one board in one slot: takes it in, runs its job, says how it ended.
import type { ErrorCode } from '../../domain/error-table.ts';
import type { Random } from '../../domain/seams.ts';
import type { Board, DeviceDriver } from '../drivers/driver.ts';
import type { JobContext } from '../job/job-io.ts';
import { runJob } from '../job/job-runner.ts';
import { type JobFacts, type JobStep, NO_FACTS } from '../job/job-state.ts';
import type { JobResources } from '../job/perform.ts';
import { stageOf } from '../job/stage-of.ts';
import { StageTimes } from '../job/stage-times.ts';
import { end } from '../job/transition.ts';
import { type IntakeParts, takeIn } from './intake.ts';
import type { Finished } from './slot-loop.ts';
import type { SlotViews } from './slot-views.ts';

export interface DeskParts extends IntakeParts {
  readonly random: Random;
  readonly context: JobContext;
  readonly resources: Omit<JobResources, 'onProgress'>;
}

export class BoardDesk {
  readonly #parts: DeskParts;
  readonly #views: SlotViews;

  constructor(parts: DeskParts, views: SlotViews) {
    this.#parts = parts;
    this.#views = views;
  }

  get busy(): boolean {
    return this.#parts.inWork.any;
  }

  /** `sinceMs`, monotonic: when the slot began to look at this board. */
  async work(slot: string, board: Board, driver: DeviceDriver, sinceMs: number): Promise<Finished> {
    const parts = this.#parts;
    const intake = await takeIn(parts, slot, board, driver);
    const hwid = board.kind === 'identity' ? board.hwid : null;
    if ('waitsFor' in intake) return { jobId: null, hwid, deviceSerial: null, end: intake };
    if ('answer' in intake) {
      const { jobId, ...how } = intake.answer;
      return { jobId, hwid, deviceSerial: this.#serialOf(hwid), end: how };
    }
    const jobId = intake.job;
    try {
      const { records, random, context } = parts;
      const resources = {
        ...parts.resources,
        onProgress: (_: number, share: number) => this.#views.change(slot, { share }),
      };
      const onStep = (at: JobStep, facts: JobFacts, code: ErrorCode | null) => this.#show(slot, jobId, at, facts, code);
      const { facts, opening } = intake;
      const times = new StageTimes(resources.clock, intake.stages, sinceMs);
      const run = { jobId, facts, opening, board, driver, context, resources, records, random, times, onStep };
      const how = await runJob(run);
      return { ...this.#who(jobId), end: how };
    } finally {
      parts.inWork.release(jobId);
    }
  }

  /** A board that never answered properly: a job all the same, ended by this code. */
  silent(slot: string, code: ErrorCode): Finished {
    const { records, lotId } = this.#parts;
    const ended = end(NO_FACTS, code, '');
    const jobId = records.openEnded({ lotId, slot, device: null, state: JSON.stringify(ended.state) }, ended.facts);
    const { outcome } = ended.state;
    return { ...this.#who(jobId), end: { outcome, code } };
  }

  #show(slot: string, jobId: number, at: JobStep, facts: JobFacts, code: ErrorCode | null): void {
    const state = at === 'locking' || at === 'restarting-locked' ? 'locking' : 'working';
    const { hwid, deviceSerial, attempt } = facts;
    this.#views.change(slot, { state, stage: stageOf(at), share: null, jobId, hwid, deviceSerial, attempt, code });
  }

  #who(jobId: number): Pick<Finished, 'jobId' | 'hwid' | 'deviceSerial'> {
    const { store } = this.#parts.recorder;
    const deviceId = store.job(jobId)?.deviceId ?? null;
    const device = deviceId === null ? null : store.device(deviceId);
    return { jobId, hwid: device?.hwid ?? null, deviceSerial: device?.deviceSerial ?? null };
  }

  #serialOf(hwid: string | null): string | null {
    const { store } = this.#parts.recorder;
    return hwid ? (store.deviceByHwid(this.#parts.recipe.certificate.hardwareType, hwid)?.deviceSerial ?? null) : null;
  }
}
