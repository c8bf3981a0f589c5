// What people decide about a device, on record: re-work, scrap, revocation. Each is one transaction with the void
// certificate, its entry for the service, the discarded key and the audit event (CERTAINTY.md, Plug-in). Refuses what
// would change an identity after its lock.
import type { ErrorCode } from '../../domain/error-table.ts';
import { KeylineError } from '../../domain/errors.ts';
import { certificateVoid } from './certificate-records.ts';
import type { JobRecords } from './job-records.ts';
import type { DeviceRow, JobRow, RecordStore } from './record-store.ts';
import type { Append, Recorder } from './recorder.ts';

export interface DeviceOrder {
  readonly deviceId: number;
  readonly reason: string;
}

export class DeviceRecords {
  readonly #recorder: Recorder;
  readonly #jobs: JobRecords;

  constructor(recorder: Recorder, jobs: JobRecords) {
    this.#recorder = recorder;
    this.#jobs = jobs;
  }

  /**
   * The board may be made once more: what it has is void, its serial stays. `inWork` says whether a slot works on a job.
   * Throws DEVICE_UNKNOWN, DEVICE_IN_WORK, SCRAPPED, IDENTITY_FIXED, LOCK_BEGUN, REWORK_WAITS.
   */
  rework(actorId: string, order: DeviceOrder, inWork: (jobId: number) => boolean): void {
    const { store } = this.#recorder;
    const { deviceId, reason } = order;
    this.#recorder.commit(actorId, (append, nowMs) => {
      const device = this.#device(deviceId);
      const job = store.runningJobOf(deviceId);
      const refused = reworkRefusal(store, deviceId, job, inWork);
      if (refused) throw new KeylineError(refused, device.hwid);
      if (job) this.#jobs.endFor(job, 'REWORKED', append, nowMs);
      this.#discardKeys(append, deviceId, 're-work');
      store.insertRework({ deviceId, reason, actorId, nowMs });
      append('device-reworked', { ...idsOf(store.device(deviceId) ?? device), jobId: job?.jobId ?? null, reason });
    });
  }

  /**
   * The board is written off for good. A live identity stays live: it is locked into the board, and revoking it is
   * another decision. Throws DEVICE_UNKNOWN, DEVICE_IN_WORK, SCRAPPED.
   */
  scrap(actorId: string, order: DeviceOrder, inWork: (jobId: number) => boolean): void {
    const { store } = this.#recorder;
    const { deviceId, reason } = order;
    this.#recorder.commit(actorId, (append, nowMs) => {
      const device = this.#device(deviceId);
      const job = store.runningJobOf(deviceId);
      if (store.scrapped(deviceId)) throw new KeylineError('SCRAPPED', device.hwid);
      if (job && inWork(job.jobId)) throw new KeylineError('DEVICE_IN_WORK', device.hwid);
      if (job) this.#jobs.endFor(job, 'SCRAPPED', append, nowMs);
      if (store.standingCertificate(deviceId) === null) this.#discardKeys(append, deviceId, 'scrapped');
      store.insertScrap({ deviceId, reason, actorId, nowMs });
      append('device-scrapped', { ...idsOf(device), jobId: job?.jobId ?? null, reason });
    });
  }

  /**
   * The live identity is void from now on, at the service too. `secondId`: who confirmed it; null where nobody is on
   * record. Throws DEVICE_UNKNOWN, NO_IDENTITY.
   */
  revoke(actorId: string, order: DeviceOrder, secondId: string | null): void {
    const { store } = this.#recorder;
    const { deviceId, reason } = order;
    this.#recorder.commit(actorId, (append) => {
      const device = this.#device(deviceId);
      const live = store.standingCertificate(deviceId);
      if (live?.state !== 'live') throw new KeylineError('NO_IDENTITY', device.hwid);
      const { certificateId, fingerprint } = live;
      append('identity-revoked', { ...idsOf(device), certificateId, fingerprint, reason, secondId });
      certificateVoid(store, append, live, 'REVOKED');
    });
  }

  #device(deviceId: number): DeviceRow {
    const device = this.#recorder.store.device(deviceId);
    if (!device) throw new KeylineError('DEVICE_UNKNOWN', String(deviceId));
    return device;
  }

  #discardKeys(append: Append, deviceId: number, because: string): void {
    const { store } = this.#recorder;
    const jobId = store.lastJobOf(deviceId)?.jobId ?? null;
    for (const spkiSha256 of store.standingKeys(deviceId)) {
      store.discardKey(spkiSha256);
      append('key-voided', { jobId, spkiSha256, because });
    }
  }
}

/** Why the device may not be re-worked, or null. */
function reworkRefusal(
  store: RecordStore,
  deviceId: number,
  job: JobRow | null,
  inWork: (jobId: number) => boolean,
): ErrorCode | null {
  if (store.scrapped(deviceId)) return 'SCRAPPED';
  if (job && inWork(job.jobId)) return 'DEVICE_IN_WORK';
  const standing = store.standingCertificate(deviceId);
  if (standing?.state === 'live' || store.lastReplaced(deviceId) !== null) return 'IDENTITY_FIXED';
  if (job && standing && lockIntended(job)) return 'LOCK_BEGUN';
  return store.inRework(deviceId) ? 'REWORK_WAITS' : null;
}

/** The job machine's own word, opaque but for this: what cannot be read counts as a lock that was begun. */
function lockIntended({ state }: JobRow): boolean {
  const read: unknown = JSON.parse(state);
  const facts = typeof read === 'object' && read !== null && 'facts' in read ? read.facts : null;
  if (typeof facts !== 'object' || facts === null) return true;
  return !('lockIntended' in facts) || facts.lockIntended !== false;
}

function idsOf({ hwid, deviceSerial }: DeviceRow) {
  return { hwid, deviceSerial };
}
