// A station that begins anew from a backup (CERTAINTY.md, Restore): a new epoch, every lot held and its range abandoned,
// and of the jobs in work only those whose certificate is known goes on. What was made after the backup is not in these
// records, so nothing may be given out that could have been given out then.
import { assert } from '../../domain/errors.ts';
import { JobRecords } from './job-records.ts';
import type { Recorder } from './recorder.ts';

export interface RestoreOrder {
  readonly actorId: string;
  /** Greater than every one that this station has had. */
  readonly epoch: number;
  /** The last event that the backup holds. */
  readonly backupSeq: number;
  readonly backupHead: string;
  /** A range that was never given to this station before; null where none is named. */
  readonly freshRange: string | null;
}

/** Why a restored station holds its lots. */
const BECAUSE = 'restored from a backup';

/** Begins the new epoch in records that came from a backup and are not the station's yet. */
export function recordRestore(recorder: Recorder, order: RestoreOrder): void {
  const { store } = recorder;
  const { actorId, epoch, backupSeq, backupHead, freshRange } = order;
  const station = store.station();
  assert(station && epoch > station.epoch, 'a restore takes a new epoch');
  recorder.commit(actorId, (append, nowMs) => {
    const row = { epoch, fromEpoch: station.epoch, backupSeq, backupHead, freshRange };
    store.insertRestore({ ...row, restoredMs: nowMs, serialsReadMs: null });
    store.setEpoch(epoch);
    append('station-restored', row);
    for (const { lotId } of store.lotRanges()) {
      const lot = store.lot(lotId);
      if (!lot || lot.state === 'closed') continue;
      store.abandonLot(lotId, epoch);
      if (lot.state === 'released')
        store.setLotState(lotId, { state: 'held', stateMs: nowMs, heldBecause: BECAUSE, heldBy: null });
      append('lot-abandoned', { lotId, epoch });
    }
  });
  endUnsigned(recorder);
}

/**
 * A to-be-signed of the backup may have been signed since: signed again it would be another certificate with the same
 * number. A signed certificate is known to the byte, and goes on when its board comes back.
 */
function endUnsigned(recorder: Recorder): void {
  const jobs = new JobRecords(recorder);
  for (const { jobId, deviceId } of recorder.store.runningJobs()) {
    const standing = deviceId === null ? null : recorder.store.standingCertificate(deviceId);
    if (standing?.jobId !== jobId || standing.certificate === null) jobs.writeOff(jobId);
  }
}
