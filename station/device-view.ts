// A device's record as people are shown it: rows of the records, its certificate's own words, its place in the audit
// chain. Pure.
import type { DeviceAct, DeviceAttempt, DeviceEvent, DeviceRecord, FoundDevice } from '../contract/devices-api.ts';
import type { AuditEvent } from '../domain/audit-event.ts';
import type { KeyTerms } from '../domain/recipe.ts';
import { readCertificate } from '../pki/certificate-facts.ts';
import { NEVER_MS } from '../pki/time.ts';
import type { CertificateRow, JobRow } from './records/record-store.ts';
import { readStages } from './records/stage-text.ts';

/** The word that a job ended with: what is saved, copied and sealed of a device. */
const LAST_WORDS: ReadonlySet<string> = new Set(['job-passed', 'job-failed', 'job-errored', 'job-aborted']);

export function attemptOf({ jobId, lotId, slot, outcome, code, startedMs, endedMs, stages }: JobRow): DeviceAttempt {
  return { jobId, lotId, slot, outcome, code, startedMs, endedMs, stages: [...(readStages(stages) ?? [])] };
}

/** What a person may read of an event: ids that people know, and words of closed lists. */
export function eventOf(event: AuditEvent, nameOf: (actorId: string) => string | null): DeviceEvent {
  const { seq, timeMs, type, actorId } = event;
  const body: unknown = JSON.parse(event.body);
  const known = new Map(typeof body === 'object' && body !== null ? Object.entries(body) : []);
  const text = (key: string) => {
    const value = known.get(key);
    return typeof value === 'string' && value !== '' ? value.slice(0, 64) : null;
  };
  const number = (key: string) => {
    const value = known.get(key);
    return typeof value === 'number' ? value : null;
  };
  return {
    ...{ seq, timeMs, type, person: nameOf(actorId), jobId: number('jobId') },
    ...{ slot: text('slot'), code: text('code'), reason: text('reason'), life: text('life') },
    ...{ copy: number('copy'), read: type === 'label-mismatched' ? text('deviceSerial') : null },
  };
}

/** The event with the device's last word; null while it has none. */
export function lastWord(events: readonly AuditEvent[]): AuditEvent | null {
  return events.findLast(({ type }) => LAST_WORDS.has(type)) ?? null;
}

export function identityOf(
  row: CertificateRow,
  terms: KeyTerms,
  signedBy: string | null,
): NonNullable<DeviceRecord['identity']> {
  const { state, reason, spkiSha256, certificateSerialNumber, fingerprint, certificate } = row;
  const reading = certificate === null ? null : readCertificate(certificate);
  const facts = reading?.ok ? reading.facts : null;
  const notAfterMs = facts === null || facts.notAfterMs === NEVER_MS ? null : facts.notAfterMs;
  return {
    ...{ state, reason, ...terms, spkiSha256, certificateSerialNumber, fingerprint, signedBy },
    ...{ notBeforeMs: facts?.notBeforeMs ?? null, notAfterMs },
  };
}

/** What can be done with a device that stands so. `wasLive`: it was locked with an identity of ours. */
export function actsOf({ state }: FoundDevice, identity: DeviceRecord['identity'], wasLive: boolean): DeviceAct[] {
  const acts: DeviceAct[] = ['save'];
  if (identity?.fingerprint) acts.push('check');
  if (identity?.state === 'live') acts.push('revoke');
  if (state !== 'scrapped') acts.push('scrap');
  if (!wasLive && state !== 'scrapped' && state !== 'in-rework') acts.push('rework');
  return acts;
}
