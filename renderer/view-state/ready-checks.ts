// The rows of "Ready to release?" (UX.md section 4.4): what the station checked, with what the page itself cannot read
// in the place of the check that it concerns.

import type { ReadyCheck } from '../../contract/lots-api.ts';
import type { KeyTerms } from '../../domain/recipe.ts';
import type { DraftDesk } from './draft-desk.ts';
import { type DraftField, draftOf, type FieldRefusal, refusalsOf } from './lot-draft.ts';

export type CheckName = ReadyCheck['check'] | 'counts' | 'station';

export interface CheckRow {
  readonly check: CheckName;
  readonly verdict: ReadyCheck['verdict'];
  readonly code: string | null;
  readonly detail: string;
  readonly facts: ReadyCheck['facts'];
  /** What of the page cannot be read; null where the station has judged. */
  readonly refusal: FieldRefusal | null;
  /** Of the recipe that is checked: how its keys come into boards; null on every other row. */
  readonly terms: KeyTerms | null;
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

/** `terms`: of the recipe that is chosen, where it is known. A risk that it accepts is looked at, and stops nothing. */
export function checkRows(
  { typed, readiness, refused }: DraftDesk,
  terms: KeyTerms | null = null,
): readonly CheckRow[] {
  const unread = new Map<CheckName, CheckRow>();
  for (const [field, refusal] of Object.entries(refusalsOf(typed)) as [DraftField, FieldRefusal][]) {
    const check = CHECK_OF[field];
    if (!unread.has(check)) unread.set(check, { ...STOP, check, refusal });
  }
  // A draft that does not travel is not checked: what was said of an older one is not said of it.
  const travels = draftOf(typed) !== null;
  const rows = (readiness?.checks ?? []).flatMap((check): CheckRow[] => {
    const own = unread.get(check.check);
    unread.delete(check.check);
    if (own !== undefined) return [own];
    if (!travels && OF_DRAFT.has(check.check)) return [];
    const told: CheckRow = { ...check, detail: '', refusal: null, terms: check.check === 'recipe' ? terms : null };
    const risky = told.verdict === 'ok' && told.terms?.cableGuard === 'risk-accepted';
    return [risky ? { ...told, verdict: 'look' } : told];
  });
  const station: CheckRow[] = refused === null || readiness !== null ? [] : [{ ...STOP, check: 'station', ...refused }];
  return [...station, ...unread.values(), ...rows];
}

/** Checks that are about what is typed. */
const OF_DRAFT: ReadonlySet<CheckName> = new Set(['order', 'recipe', 'serials', 'firmware']);

const STOP = { verdict: 'stop', code: null, detail: '', facts: {}, refusal: null, terms: null } as const;
