// What the station has on record of the board that says it has this hardware id (CERTAINTY.md, Plug-in).
import type { BoardRecord } from '../job/plug-in.ts';
import type { RecordStore } from '../records/record-store.ts';
import type { JobsInWork } from './jobs-in-work.ts';

export interface RecordQuestion {
  readonly store: RecordStore;
  readonly inWork: JobsInWork;
  readonly lotId: string;
  readonly hardwareType: string;
  readonly hwid: string;
}

/** Null for a board that was never seen. */
export function boardRecord({ store, inWork, lotId, hardwareType, hwid }: RecordQuestion): BoardRecord | null {
  const device = store.deviceByHwid(hardwareType, hwid);
  if (!device) return null;
  const openJob = store.runningJobOf(device.deviceId);
  return {
    lotId,
    openJob,
    openInOtherSlot: openJob !== null && inWork.has(openJob.jobId),
    lastJob: store.lastJobOf(device.deviceId),
    jobsInLot: store.jobsOf(device.deviceId, lotId),
    standing: store.standingCertificate(device.deviceId),
    lastCertificate: store.lastCertificate(device.deviceId),
    inRework: store.inRework(device.deviceId),
    scrapped: store.scrapped(device.deviceId),
  };
}
