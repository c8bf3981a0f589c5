// Says yes or no for the lot: who is admitted, and whether a signature may be spent. Each answer is one transaction in
// which lot, quota and clock are read again (CERTAINTY.md, Reservations, holds, authority).
import { parseSerialRange, rangeSize, serialAt } from '../../domain/device-serial.ts';
import { assert } from '../../domain/errors.ts';
import type { Recipe } from '../../domain/recipe.ts';
import type { IdentityBoard } from '../drivers/driver.ts';
import type { CertificateIntent, IssuerChain } from '../identity/issuer.ts';
import type { Authority, Refused } from '../job/authority.ts';
import type { JobRecords } from '../records/job-records.ts';
import type { DeviceRow, LotRow } from '../records/record-store.ts';
import { type Append, type Recorder, STATION_ACTOR } from '../records/recorder.ts';
import type { ClockWatch } from './clock-watch.ts';

export class Admission implements Authority {
  readonly #recorder: Recorder;
  readonly #records: JobRecords;
  readonly #clockWatch: ClockWatch;
  readonly #chain: IssuerChain;
  readonly #recipe: Recipe;
  readonly #lotId: string;

  constructor(
    lotId: string,
    recipe: Recipe,
    chain: IssuerChain,
    recorder: Recorder,
    records: JobRecords,
    clockWatch: ClockWatch,
  ) {
    this.#lotId = lotId;
    this.#recipe = recipe;
    this.#chain = chain;
    this.#recorder = recorder;
    this.#records = records;
    this.#clockWatch = clockWatch;
  }

  admit(jobId: number, board: IdentityBoard): { deviceSerial: string } | Refused {
    return this.#recorder.commit(STATION_ACTOR, (append, nowMs) => {
      const lot = this.#lot();
      const unfit = fitOf(board, lot, this.#recipe);
      if (unfit) return unfit;
      const { store } = this.#recorder;
      const { hardwareType } = this.#recipe.certificate;
      const { hwid, model, revision, simulated } = board;
      const deviceId = this.#records.deviceId({ hardwareType, hwid, model, revision, simulated }, nowMs);
      const running = store.runningJobOf(deviceId);
      if (running && running.jobId !== jobId) return refused('DUPLICATE_HWID');
      store.setJobDevice(jobId, deviceId);
      const device = store.device(deviceId);
      assert(device, 'a device that was just written can be read');
      append('device-seen', {
        jobId,
        hwid,
        model,
        revision,
        life: board.life,
        simulated,
        firmwareHash: board.firmware.activeHash,
      });
      return this.#reserve(jobId, lot, device, append);
    });
  }

  #reserve(jobId: number, lot: LotRow, device: DeviceRow, append: Append): { deviceSerial: string } | Refused {
    const { store } = this.#recorder;
    const tally = store.lotTally(lot.lotId);
    // Boards in work may all pass: each holds a place, this one's own job aside.
    const inWork = tally.running - 1;
    if (tally.passed + inWork >= lot.quantity || tally.signatures >= lot.quantity + lot.spare)
      return refused('QUOTA_REACHED');
    if (device.deviceSerial) return { deviceSerial: device.deviceSerial };
    const range = parseSerialRange(lot.serialRange);
    assert(!('refused' in range), 'a lot has a range that was checked');
    const freed = store.freedSerial(lot.lotId);
    if (!freed && lot.serialsTaken >= rangeSize(range)) return refused('QUOTA_REACHED', 'no serial is left');
    const deviceSerial = freed ?? serialAt(range, lot.serialsTaken);
    store.reserveSerial(lot.lotId, device.deviceId, deviceSerial);
    append('serial-reserved', { jobId, hwid: device.hwid, deviceSerial });
    return { deviceSerial };
  }

  intend(jobId: number, intent: CertificateIntent): { certificateId: number } | Refused {
    return this.#recorder.commit(STATION_ACTOR, (append) => {
      const { store } = this.#recorder;
      const lot = this.#lot();
      if (lot.state !== 'released') return refused('LOT_HELD', lot.heldBecause ?? lot.state);
      const doubt = this.#clockWatch.doubt(store.chainHead().timeMs, this.#chain.notBeforeMs);
      if (doubt) return refused('CLOCK_UNSURE', doubt);
      if (store.lotTally(lot.lotId).signatures >= lot.quantity + lot.spare) return refused('SIGNER_LIMIT');
      const job = store.job(jobId);
      const device = job?.deviceId ? store.device(job.deviceId) : null;
      assert(job && device?.deviceSerial, 'a certificate is intended for an admitted device');
      const { spkiSha256, certificateSerialNumber, tbs } = intent;
      const certificateId = store.insertCertificate({
        ...{ spkiSha256, certificateSerialNumber, tbs, jobId, state: 'intended' as const },
        ...{ deviceId: device.deviceId, lotId: lot.lotId, deviceSerial: device.deviceSerial },
        issuerId: this.#chain.issuerId,
      });
      const { hwid, deviceSerial } = device;
      append('certificate-intended', { jobId, certificateId, hwid, deviceSerial, certificateSerialNumber, spkiSha256 });
      return { certificateId };
    });
  }

  #lot(): LotRow {
    const lot = this.#recorder.store.lot(this.#lotId);
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
