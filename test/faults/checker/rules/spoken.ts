// Nothing that was acknowledged, on screen or to a program, is missing from the database when it is opened again.
import type { Books } from '../books.ts';

export function whatWasSaidIsHeld({ station, said }: Books): string[] {
  const jobs = new Map(station.jobs.map((job) => [job.job_id, job]));
  const hwids = new Map(station.devices.map((row) => [row.device_id, row.hwid]));
  return said.flatMap((word) => {
    if (word.what === 'job-ended') {
      const job = jobs.get(word.jobId);
      const hwid = hwids.get(job?.device_id ?? -1) ?? null;
      // A copied id's job stands without a device, though its card names the id.
      const same = job?.outcome === word.outcome && (word.hwid === null || hwid === null || hwid === word.hwid);
      return same ? [] : [`job ${word.jobId} was said to have ${word.outcome}`];
    }
    return [];
  });
}
