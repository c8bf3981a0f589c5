// Jobs on record: opened, moved on, ended. Each method is one transaction; each fact of a job has its row changes here.
import type { ErrorCode } from '../../domain/error-table.ts';
import { assert } from '../../domain/errors.ts';
import type { Outcome } from '../../domain/job.ts';
import { certificateLive, certificateVoid } from './certificate-records.ts';
import type { JobFact } from './job-fact.ts';
import { countOutcome } from './lot-records.ts';
import type { DeviceRow, JobRow } from './record-store.ts';
import { type Append, type Recorder, STATION_ACTOR } from './recorder.ts';

export interface NewJob {
  readonly lotId: string;
  readonly slot: string;
  /** Null for a board that has not said who it is, or whose hardware id belongs to another. */
  readonly device: Omit<DeviceRow, 'deviceId' | 'deviceSerial' | 'firstSeenMs'> | null;
  /** The job machine's first state, JSON. */
  readonly state: string;
}

export interface JobNow {
  /** The job machine's state, JSON. */
  readonly state: string;
  readonly attempt: number;
  /** Station time in each stage so far, JSON. */
  readonly stages: string;
}

export class JobRecords {
  readonly #recorder: Recorder;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** Opens a job; its id. */
  open(job: NewJob): number {
    return this.#recorder.commit(STATION_ACTOR, (append, nowMs) => this.#open(job, append, nowMs));
  }

  /** Opens a job that is over already, with the facts of its end; its id. */
  openEnded(job: NewJob, facts: readonly JobFact[]): number {
    return this.#recorder.commit(STATION_ACTOR, (append, nowMs) => {
      const jobId = this.#open(job, append, nowMs);
      for (const fact of facts) this.#record(jobId, fact, append, nowMs);
      return jobId;
    });
  }

  #open(job: NewJob, append: Append, nowMs: number): number {
    const { store } = this.#recorder;
    const { lotId, slot, state } = job;
    // A slot has one board: the one before it never said who it was, and no board can come back to its job.
    for (const left of store.runningJobs())
      if (left.deviceId === null && left.slot === slot) this.abandon(left, append, nowMs);
    const deviceId = job.device ? this.deviceId(job.device, nowMs) : null;
    const jobId = store.insertJob({
      ...{ lotId, slot, state, deviceId, attempt: 1, crashes: 0, outcome: null, code: null, startedMs: nowMs },
      endedMs: null,
      stages: null,
    });
    append('job-started', { jobId, lotId, slot, hwid: job.device?.hwid ?? null });
    return jobId;
  }

  /** Ends a job that its board left for good, and that spent nothing. Inside a transaction. */
  abandon(job: JobRow, append: Append, nowMs: number): void {
    this.#end(job, 'aborted', 'PULLED_OUT', '', append, nowMs);
  }

  /** Ends an open job because a person decided about its board: aborted, its certificate void. Inside a transaction. */
  endFor(job: JobRow, code: 'REWORKED' | 'SCRAPPED' | 'WRITTEN_OFF', append: Append, nowMs: number): void {
    this.#end(job, 'aborted', code, '', append, nowMs);
  }

  /** Ends, before the line starts, the jobs whose boards never said who they were: none of them can be found again. */
  abandonNameless(): void {
    for (const job of this.#recorder.store.runningJobs())
      if (job.deviceId === null)
        this.#recorder.commit(STATION_ACTOR, (append, nowMs) => this.abandon(job, append, nowMs));
  }

  /** The device's row, made when it was never seen. Inside a transaction. */
  deviceId(device: Omit<DeviceRow, 'deviceId' | 'deviceSerial' | 'firstSeenMs'>, nowMs: number): number {
    const { store } = this.#recorder;
    const known = store.deviceByHwid(device.hardwareType, device.hwid);
    return known?.deviceId ?? store.insertDevice({ ...device, firstSeenMs: nowMs });
  }

  /** One transition of the job machine: its state, stage times and facts, or nothing. */
  advance(jobId: number, now: JobNow, facts: readonly JobFact[]): void {
    this.#recorder.commit(STATION_ACTOR, (append, nowMs) => {
      this.#recorder.store.setJobState(jobId, now.state, now.attempt, now.stages);
      for (const fact of facts) this.#record(jobId, fact, append, nowMs);
    });
  }

  #record(jobId: number, fact: JobFact, append: Append, nowMs: number): void {
    const { store } = this.#recorder;
    const job = store.job(jobId);
    assert(job && job.outcome === null, 'only an open job moves on');
    switch (fact.type) {
      case 'key-made': {
        const { deviceId } = job;
        assert(deviceId !== null, 'a key belongs to a device');
        if (store.keyOwner(fact.spkiSha256) === null) {
          store.insertKey({ spkiSha256: fact.spkiSha256, spki: fact.spki, deviceId, jobId });
        }
        return append('key-made', { jobId, spkiSha256: fact.spkiSha256 });
      }
      case 'key-discarded':
        // A key that nobody recorded has no row; what a board calls its own may be another board's.
        if (job.deviceId !== null && store.keyOwner(fact.spkiSha256) === job.deviceId)
          store.discardKey(fact.spkiSha256);
        return append('key-discarded', { jobId, spkiSha256: fact.spkiSha256 });
      case 'injection-intended': {
        const { deviceId } = job;
        assert(deviceId !== null, 'a key is meant for a device');
        const { spki, spkiSha256, hwid, nonce, deviceNonce, was, cableGuard } = fact;
        // Refused by the index when it was ever used: one key, one device, once.
        store.insertKey({ spkiSha256, spki, deviceId, jobId });
        return append('injection-intended', { jobId, hwid, spkiSha256, nonce, deviceNonce, was, cableGuard });
      }
      case 'key-voided':
        store.discardKey(fact.spkiSha256);
        return append('key-voided', { jobId, spkiSha256: fact.spkiSha256, because: fact.because });
      case 'certificate-signed':
        store.setCertificateSigned(fact.certificateId, fact.certificate, fact.fingerprint);
        store.setCaSigned(store.certificate(fact.certificateId)?.issuerId ?? '', nowMs);
        return append('certificate-signed', {
          jobId,
          certificateId: fact.certificateId,
          fingerprint: fact.fingerprint,
        });
      case 'certificate-installed':
        store.setCertificateState(fact.certificateId, 'installed', null);
        return append('certificate-installed', { jobId, certificateId: fact.certificateId });
      case 'job-resumed':
        store.setJobSlot(jobId, fact.slot);
        return append('job-resumed', { jobId, slot: fact.slot, life: fact.life });
      case 'job-ended':
        return this.#end(job, fact.outcome, fact.code, fact.detail, append, nowMs);
      default: {
        const { type, ...body } = fact;
        return append(type, { jobId, ...body });
      }
    }
  }

  #end(job: JobRow, outcome: Outcome, code: ErrorCode | null, detail: string, append: Append, nowMs: number): void {
    const { store } = this.#recorder;
    const { jobId, deviceId } = job;
    const device = deviceId === null ? null : store.device(deviceId);
    const certificate = deviceId === null ? null : store.standingCertificate(deviceId);
    if (outcome === 'passed') {
      assert(device && certificate, 'a device passes with its certificate');
      certificateLive(store, append, device, certificate);
      const size = store.lotLabel(job.lotId);
      if (size !== null)
        store.insertLabel({ certificateId: certificate.certificateId, lotId: job.lotId, size, dueMs: nowMs });
    } else if (certificate?.jobId === jobId || code === 'LOCK_LOST') {
      if (certificate) certificateVoid(store, append, certificate, code ?? 'WRITTEN_OFF');
    } else if (device?.deviceSerial && store.lastCertificate(device.deviceId) === null) {
      // No to-be-signed exists: the serial is free again, in the transaction that ends the job.
      store.freeSerial(device.deviceId);
      append('serial-freed', { jobId, deviceSerial: device.deviceSerial });
    }
    // No later job goes on with them: each that no certificate was made for is void for ever.
    for (const spkiSha256 of store.unusedKeys(jobId)) {
      store.discardKey(spkiSha256);
      append('key-voided', { jobId, spkiSha256, because: 'its job is over' });
    }
    store.endJob(jobId, outcome, code, nowMs);
    append(`job-${outcome}`, {
      jobId,
      code,
      detail,
      hwid: device?.hwid ?? null,
      deviceSerial: device?.deviceSerial ?? null,
    });
    countOutcome(store, append, nowMs, job.lotId, outcome, code);
  }

  /** A bug of ours stopped the station while it worked on this job. */
  countCrash(jobId: number): void {
    const { store } = this.#recorder;
    const job = store.job(jobId);
    if (job?.outcome !== null) return;
    this.#recorder.commit(STATION_ACTOR, (append) => {
      store.setJobCrashes(jobId, job.crashes + 1);
      append('job-crashed', { jobId, crashes: job.crashes + 1 });
    });
  }

  /** Sets aside, before any resume, the jobs that were in work at two crashes (CERTAINTY.md, Space, lock, crash). */
  quarantine(): void {
    for (const job of this.#recorder.store.runningJobs()) {
      if (job.crashes < 2) continue;
      this.#recorder.commit(STATION_ACTOR, (append, nowMs) => {
        append('job-quarantined', { jobId: job.jobId });
        this.#end(job, 'errored', 'JOB_QUARANTINED', '', append, nowMs);
      });
    }
  }

  /** Writes an open job off: aborted, its certificate void. Jobs that ended stay as they are. */
  writeOff(jobId: number): void {
    const job = this.#recorder.store.job(jobId);
    if (job?.outcome !== null) return;
    this.#recorder.commit(STATION_ACTOR, (append, nowMs) =>
      this.#end(job, 'aborted', 'WRITTEN_OFF', '', append, nowMs),
    );
  }
}
