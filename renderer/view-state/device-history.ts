// What of a device's audit events is told as its history: what a person would ask about, each attempt by its number. The
// whole journal is Sync's.
import type { DeviceAttempt, DeviceEvent } from '../../contract/devices-api.ts';

export const HISTORY_KINDS = [
  'job-started',
  'job-resumed',
  'job-passed',
  'job-failed',
  'job-errored',
  'job-aborted',
  'device-adopted',
  'device-seen-again',
  'device-reworked',
  'device-scrapped',
  'identity-checked',
  'identity-revoked',
  'certificate-voided',
  'registration-accepted',
  'registration-refused',
  'registration-resent',
  'label-printed',
  /** A second copy or a later one. */
  'label-printed-again',
  'label-unsure',
  'label-scanned',
  'label-mismatched',
] as const;
export type HistoryKind = (typeof HISTORY_KINDS)[number];

export interface HistoryEntry extends DeviceEvent {
  readonly kind: HistoryKind;
  /** Of its attempt, from 1; null where it belongs to none, or there is one alone. */
  readonly attempt: number | null;
  /** What the board said that it was when it came, where it said so. */
  readonly foundAs: string | null;
}

export function historyOf(events: readonly DeviceEvent[], attempts: readonly DeviceAttempt[]): readonly HistoryEntry[] {
  const numbers = new Map(attempts.map(({ jobId }, index) => [jobId, index + 1]));
  return events.flatMap((event) => {
    const again = event.type === 'label-printed' && event.copy !== null && event.copy > 1;
    const kind = HISTORY_KINDS.find((each) => each === (again ? 'label-printed-again' : event.type));
    if (kind === undefined) return [];
    const attempt = attempts.length > 1 && event.jobId !== null ? (numbers.get(event.jobId) ?? null) : null;
    const seen = events.find(({ type, jobId }) => type === 'device-seen' && jobId === event.jobId);
    return [{ ...event, kind, attempt, foundAs: kind === 'job-started' ? (seen?.life ?? null) : null }];
  });
}
