// What the line does with one board in one slot: takes it in, runs its job, says how it ended.
import type { ErrorCode } from '../../domain/error-table.ts';
import { MAX_ATTEMPTS } from '../../domain/job.ts';
import type { Random } from '../../domain/seams.ts';
import type { StageTime } from '../../domain/station-event.ts';
import type { Board } from '../drivers/driver.ts';
import { runJob } from '../job/job-runner.ts';
import { type JobFacts, type JobStep, NO_FACTS } from '../job/job-state.ts';
import type { JobResources } from '../job/perform.ts';
import { stageOf } from '../job/stage-of.ts';
import { StageTimes } from '../job/stage-times.ts';
import { end } from '../job/transition.ts';
import type { DeviceRow, RecordStore } from '../records/record-store.ts';
import { type IntakeParts, takeIn } from './intake.ts';
import { slotDetails } from './slot-details.ts';
import type { Finished, Look } from './slot-loop.ts';
import type { SlotViews } from './slot-views.ts';

export interface DeskParts extends IntakeParts {
  readonly random: Random;
  readonly resources: Omit<JobResources, 'onProgress'>;
}

type Who = Pick<Finished, 'jobId' | 'hwid' | 'deviceSerial'>;

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

  async work(slot: string, look: Look): Promise<Finished> {
    const parts = this.#parts;
    const { board, driver } = look;
    const intake = await takeIn(parts, slot, look);
    const hwid = board.kind === 'identity' ? board.hwid : null;
    if ('waitsFor' in intake) return this.#finished({ jobId: null, hwid, deviceSerial: null }, intake, board, []);
    if ('answer' in intake) {
      const { jobId, ...how } = intake.answer;
      return this.#finished({ jobId, hwid, deviceSerial: this.#deviceOf(hwid)?.deviceSerial ?? null }, how, board, []);
    }
    const jobId = intake.job;
    this.#views.wentOn(jobId, slot);
    try {
      const { records, random, context } = parts;
      const resources = {
        ...parts.resources,
        onProgress: (_: number, share: number) => this.#views.share(slot, share),
      };
      const { facts, opening } = intake;
      const times = new StageTimes(resources.clock, intake.stages, look.sinceMs);
      const onStep = (at: JobStep, now: JobFacts, code: ErrorCode | null) =>
        this.#show(slot, jobId, at, now, code, times);
      const run = { jobId, facts, opening, board, driver, context, resources, records, random, times, onStep };
      const how = await runJob(run);
      return this.#finished(this.#who(jobId), how, board, times.all());
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
    return this.#finished(this.#who(jobId), { outcome, code }, null, []);
  }

  #show(slot: string, jobId: number, at: JobStep, facts: JobFacts, code: ErrorCode | null, times: StageTimes): void {
    const state = at === 'locking' || at === 'restarting-locked' ? 'locking' : 'working';
    const { hwid, deviceSerial, attempt } = facts;
    const now = { stage: stageOf(at), stages: [...times.over()], share: null };
    this.#views.change(slot, { ...now, state, jobId, hwid, deviceSerial, attempt, code });
  }

  #finished(who: Who, how: Finished['end'], board: Board | null, stages: readonly StageTime[]): Finished {
    const { recipe, recorder, lotId } = this.#parts;
    const { store } = recorder;
    const device = this.#deviceOf(who.hwid);
    const code = 'waitsFor' in how ? how.waitsFor : how.code;
    // A board that came without an identity group has said since what it is.
    const said = board?.kind === 'identity' ? board : device;
    const details = slotDetails(code, said, device, { recipe, store });
    return { ...who, end: how, details, stages, lastTry: device !== null && !mayTryAgain(store, device, lotId) };
  }

  #who(jobId: number): Who {
    const { store } = this.#parts.recorder;
    const deviceId = store.job(jobId)?.deviceId ?? null;
    const device = deviceId === null ? null : store.device(deviceId);
    return { jobId, hwid: device?.hwid ?? null, deviceSerial: device?.deviceSerial ?? null };
  }

  #deviceOf(hwid: string | null): DeviceRow | null {
    const { recorder, recipe } = this.#parts;
    return hwid === null ? null : recorder.store.deviceByHwid(recipe.certificate.hardwareType, hwid);
  }
}

/** As the plug-in table will decide: no job beyond the bound, and none for a board that ever had a certificate. */
function mayTryAgain(store: RecordStore, { deviceId }: DeviceRow, lotId: string): boolean {
  return store.jobsOf(deviceId, lotId) < MAX_ATTEMPTS && store.lastCertificate(deviceId) === null;
}
