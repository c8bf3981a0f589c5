// The rows of "Ready to release?" (UX.md section 4.4): what the station checked, with what the page itself cannot read
// in the place of the check that it concerns.
import type { ReadyCheck } from '../../contract/lots-api.ts';
import type { DraftDesk } from './draft-desk.ts';
import { type DraftField, type FieldRefusal, refusalsOf } from './lot-draft.ts';

export type CheckName = ReadyCheck['check'] | 'counts' | 'station';

export interface CheckRow {
  readonly check: CheckName;
  readonly verdict: ReadyCheck['verdict'];
  readonly code: string | null;
  readonly detail: string;
  readonly facts: ReadyCheck['facts'];
  /** What of the page cannot be read; null where the station has judged. */
  readonly refusal: FieldRefusal | null;
}

/** The check whose octagon stops a field. */
export const CHECK_OF: Readonly<Record<DraftField, CheckName>> = {
  orderId: 'order',
  quantity: 'counts',
  spare: 'counts',
  stopAfter: 'counts',
  firstSerial: 'serials',
  lastSerial: 'serials',
};

export function checkRows({ typed, readiness, refused }: DraftDesk): readonly CheckRow[] {
  const unread = new Map<CheckName, CheckRow>();
  for (const [field, refusal] of Object.entries(refusalsOf(typed)) as [DraftField, FieldRefusal][]) {
    const check = CHECK_OF[field];
    if (!unread.has(check)) unread.set(check, { ...STOP, check, refusal });
  }
  const rows = (readiness?.checks ?? []).map((check): CheckRow => {
    const own = unread.get(check.check);
    unread.delete(check.check);
    return own ?? { ...check, detail: '', refusal: null };
  });
  const station: CheckRow[] = refused === null || readiness !== null ? [] : [{ ...STOP, check: 'station', ...refused }];
  return [...station, ...unread.values(), ...rows];
}

const STOP = { verdict: 'stop', code: null, detail: '', facts: {}, refusal: null } as const;
