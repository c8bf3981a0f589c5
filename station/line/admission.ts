// Says yes or no for the lot: who is admitted, and whether a signature may be spent. Each answer is one transaction in
// which lot, quota and clock are read again (CERTAINTY.md, Reservations, holds, authority).
import { parseSerialRange, rangeSize, type SerialRange, serialAt } from '../../domain/device-serial.ts';
import { assert, errorRow } from '../../domain/errors.ts';
import { keyTerms, type Recipe } from '../../domain/recipe.ts';
import type { IdentityBoard } from '../drivers/driver.ts';
import type { CertificateIntent, IssuerChain } from '../identity/issuer.ts';
import type { Admitted, Authority, Refused } from '../job/authority.ts';
import { decidePlugIn } from '../job/plug-in.ts';
import { isSpent } from '../records/ca-store.ts';
import type { JobRecords } from '../records/job-records.ts';
import type { DeviceRow, LotRow, RecordStore } from '../records/record-store.ts';
import { type Append, type Recorder, STATION_ACTOR } from '../records/recorder.ts';
import { boardRecord } from './board-record.ts';
import type { ClockWatch } from './clock-watch.ts';
import type { JobsInWork } from './jobs-in-work.ts';

export interface AdmissionParts {
  readonly lotId: string;
  readonly recipe: Recipe;
  /** Of the active CA. */
  readonly chain: IssuerChain;
  readonly recorder: Recorder;
  readonly records: JobRecords;
  readonly inWork: JobsInWork;
  readonly clockWatch: ClockWatch;
}

export class Admission implements Authority {
  readonly #parts: AdmissionParts;
  readonly #store: RecordStore;

  constructor(parts: AdmissionParts) {
    this.#parts = parts;
    this.#store = parts.recorder.store;
  }

  admit(jobId: number, board: IdentityBoard): Admitted | Refused {
    const { recorder, records, recipe } = this.#parts;
    return recorder.commit(STATION_ACTOR, (append, nowMs) => {
      const lot = this.#lot();
      const met = this.#store.job(jobId)?.deviceId === null ? this.#meet(board, append, nowMs) : null;
      // A copied id must not count against the board that carries it rightly.
      if (met?.refused === 'DUPLICATE_HWID') return met;
      const { hwid, model, revision, simulated } = board;
      const { hardwareType } = recipe.certificate;
      const deviceId = records.deviceId({ hardwareType, hwid, model, revision, simulated }, nowMs);
      // Also a board that has to wait is bound to its job: it finds it again by its hardware id.
      this.#store.setJobDevice(jobId, deviceId);
      const unfit = met ?? fitOf(board, lot, recipe);
      if (unfit) return unfit;
      const device = this.#store.device(deviceId);
      assert(device, 'a device that was just written can be read');
      append('device-seen', {
        jobId,
        hwid,
        model,
        revision,
        life: board.life,
        simulated,
        ...keyTerms(recipe),
        firmwareHash: board.firmware.activeHash,
      });
      const reserved = this.#reserve(jobId, lot, device, append);
      return 'refused' in reserved ? reserved : { ...reserved, voidLeaf: this.#takeRework(jobId, deviceId) };
    });
  }

  /** The re-work that waits for this device is this job's from now on: the leaf that it may discard. */
  #takeRework(jobId: number, deviceId: number): string | null {
    this.#store.takeRework(deviceId, jobId);
    return this.#store.isRework(jobId) ? (this.#store.lastCertificate(deviceId)?.fingerprint ?? null) : null;
  }

  /** A board that came without an identity group names itself only now: the plug-in table holds for it as for others. */
  #meet(board: IdentityBoard, append: Append, nowMs: number): Refused | null {
    const { lotId, recipe, inWork, records } = this.#parts;
    const { hardwareType } = recipe.certificate;
    const record = boardRecord({ store: this.#store, inWork, lotId, hardwareType, hwid: board.hwid });
    const decision = decidePlugIn(board, record, false);
    // Its last word stands. No code that is tried again may end here: the second look would let it in.
    if (decision.go === 'refuse')
      return refused(errorRow(decision.code).disposition === 'retry' ? 'ATTEMPTS_USED' : decision.code);
    // It cannot be asked for a proof here, and what it says alone voids nothing.
    if (decision.go === 'prove-done' || decision.go === 'prove-lost') return refused('DUPLICATE_HWID');
    if (record?.openJob && record.standing) return refused('DUPLICATE_HWID');
    // It fell back to its maker's firmware while its job was on trial: this job takes the place of that one.
    if (record?.openJob) records.abandon(record.openJob, append, nowMs);
    return null;
  }

  #reserve(jobId: number, lot: LotRow, device: DeviceRow, append: Append): { deviceSerial: string } | Refused {
    const { passed, signatures } = this.#store.lotTally(lot.lotId);
    const { admitted, unsigned } = this.#others(jobId);
    if (passed + admitted >= lot.quantity || signatures + unsigned >= lot.quantity + lot.spare)
      return refused('QUOTA_REACHED');
    if (device.deviceSerial) return { deviceSerial: device.deviceSerial };
    const range = parseSerialRange(lot.serialRange);
    assert(!('refused' in range), 'a lot has a range that was checked');
    const deviceSerial = this.#store.freedSerial(lot.lotId) ?? this.#nextSerial(lot, range);
    if (deviceSerial === null) return refused('QUOTA_REACHED', 'no serial is left');
    this.#store.reserveSerial(lot.lotId, device.deviceId, deviceSerial);
    append('serial-reserved', { jobId, hwid: device.hwid, deviceSerial });
    return { deviceSerial };
  }

  /** The next of the range that nobody has: a board that was adopted brought its own. Null when none is left. */
  #nextSerial({ lotId, serialsTaken }: LotRow, range: SerialRange): string | null {
    for (let taken = serialsTaken; taken < rangeSize(range); taken++) {
      const deviceSerial = serialAt(range, taken);
      if (!this.#store.serialKnown(deviceSerial)) return deviceSerial;
      this.#store.skipSerial(lotId);
    }
    return null;
  }

  /** Other boards of the lot that hold a serial may all pass: each holds a place, and a signature until it is spent. */
  #others(jobId: number): { admitted: number; unsigned: number } {
    let admitted = 0;
    let unsigned = 0;
    for (const { jobId: other, lotId, deviceId } of this.#store.runningJobs()) {
      if (other === jobId || lotId !== this.#parts.lotId || deviceId === null) continue;
      if (!this.#store.device(deviceId)?.deviceSerial) continue;
      admitted += 1;
      if (this.#store.standingCertificate(deviceId) === null) unsigned += 1;
    }
    return { admitted, unsigned };
  }

  intend(jobId: number, intent: CertificateIntent): { certificateId: number } | Refused {
    const { recorder, clockWatch, chain } = this.#parts;
    return recorder.commit(STATION_ACTOR, (append) => {
      const { store } = recorder;
      const lot = this.#lot();
      if (lot.state !== 'released') return refused('LOT_HELD', lot.heldBecause ?? lot.state);
      const doubt = clockWatch.doubt(store.recordTimes(), chain.notBeforeMs);
      if (doubt) return refused('CLOCK_UNSURE', doubt);
      if (store.lotTally(lot.lotId).signatures >= lot.quantity + lot.spare)
        return refused('SIGNER_LIMIT', 'all signatures of the lot are used');
      const ca = store.ca(chain.issuerId);
      if (ca && isSpent(ca)) return refused('SIGNER_LIMIT', `${ca.name} has signed ${ca.signatures} times`);
      const job = store.job(jobId);
      const device = job?.deviceId ? store.device(job.deviceId) : null;
      assert(job && device?.deviceSerial, 'a certificate is intended for an admitted device');
      const { spkiSha256, certificateSerialNumber, tbs } = intent;
      const certificateId = store.insertCertificate({
        ...{ spkiSha256, certificateSerialNumber, tbs, jobId, state: 'intended' as const },
        ...{ deviceId: device.deviceId, lotId: lot.lotId, deviceSerial: device.deviceSerial },
        issuerId: chain.issuerId,
      });
      const { hwid, deviceSerial } = device;
      append('certificate-intended', { jobId, certificateId, hwid, deviceSerial, certificateSerialNumber, spkiSha256 });
      return { certificateId };
    });
  }

  #lot(): LotRow {
    const lot = this.#store.lot(this.#parts.lotId);
    assert(lot, 'the line runs a lot that is on record');
    return lot;
  }
}

/** Why this board does not fit this lot, or null. */
function fitOf(board: IdentityBoard, lot: LotRow, recipe: Recipe): Refused | null {
  if (lot.state !== 'released') return refused('LOT_HELD', lot.heldBecause ?? lot.state);
  if (board.simulated && !lot.practice) return refused('SIMULATED_DEVICE');
  if (!board.simulated && lot.practice) return refused('REAL_DEVICE_IN_PRACTICE');
  if (board.model !== recipe.model) return refused('WRONG_MODEL', `${board.model}, the lot is ${recipe.model}`);
  if (!recipe.hardwareRevisions.includes(board.revision)) {
    return refused('WRONG_REVISION', `${board.revision}, the lot needs ${recipe.hardwareRevisions.join(' or ')}`);
  }
  return null;
}

function refused(code: Refused['refused'], detail = ''): Refused {
  return { refused: code, detail };
}
