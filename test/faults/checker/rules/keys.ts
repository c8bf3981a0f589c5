// Keys that were sealed to their boards: whatever happens, each was certified or is void for ever (provisioning cycle, 20a).
import type { Books } from '../books.ts';

export function sealedKeyIsUsedOrVoid({ station, over }: Books): string[] {
  const certified = new Set(station.certificates.map(({ spki_sha256 }) => spki_sha256));
  const keys = new Map(station.keys.map((row) => [row.spki_sha256, row]));
  const voided = new Set(station.events.filter(({ type }) => type === 'key-voided').map(({ of }) => of.spkiSha256));
  const gone = new Set(station.events.filter(({ type }) => type === 'key-discarded').map(({ of }) => of.spkiSha256));
  const open = new Set(station.jobs.filter(({ outcome }) => outcome === null).map(({ job_id }) => job_id));
  return station.events.flatMap(({ type, of }) => {
    const { spkiSha256 = null, jobId = null } = of;
    if (type !== 'injection-intended' || spkiSha256 === null) return [];
    const row = keys.get(spkiSha256);
    if (!row) return [`${spkiSha256} left without a row`];
    if (row.discarded === 1)
      return voided.has(spkiSha256) || gone.has(spkiSha256) ? [] : [`${spkiSha256} is void, and no event says so`];
    if (certified.has(spkiSha256) || (!over && open.has(jobId ?? -1))) return [];
    return [`${spkiSha256} of job ${jobId} is neither used nor void`];
  });
}
