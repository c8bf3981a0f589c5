// Why boards failed first time, the commonest cause first, with the slots that cause it (UX.md section 10). Pure.
import type { LotPage } from '../../contract/lot-page-api.ts';
import type { ErrorCode } from '../../domain/error-table.ts';

/** Rows beside the chart; what is rarer stands together in the last one. */
const MOST_ROWS = 6;
/** A person looks at so many pins in one go. */
const MOST_SLOTS = 3;
/** Once is chance. */
const LEAST_BOARDS = 2;

export interface FailureRank {
  /** Null: those that are rarer, together. */
  readonly code: ErrorCode | null;
  readonly boards: number;
  /** Of the commonest, 0 to 1. */
  readonly share: number;
  /** Slots that cause it: few, each more than once, and more than half of it together. Empty where it is not the slots. */
  readonly slots: readonly string[];
}

export function failureRanks(failures: LotPage['failures']): readonly FailureRank[] {
  const byCode = new Map<ErrorCode | null, LotPage['failures']>();
  for (const failure of failures) byCode.set(failure.code, [...(byCode.get(failure.code) ?? []), failure]);
  const ranked = [...byCode]
    .map(([code, of]) => ({ code, boards: sum(of), slots: code === null ? [] : causingSlots(of) }))
    .sort((a, b) => b.boards - a.boards || String(a.code).localeCompare(String(b.code)));
  const named = ranked.filter(({ code }) => code !== null);
  const shown = named.slice(0, MOST_ROWS);
  const rest = sum(ranked) - sum(shown);
  const rows = rest === 0 ? shown : [...shown, { code: null, boards: rest, slots: [] }];
  const most = Math.max(1, ...rows.map(({ boards }) => boards));
  return rows.map((row) => ({ ...row, share: row.boards / most }));
}

function causingSlots(failures: LotPage['failures']): string[] {
  const often = failures
    .filter(({ boards }) => boards >= LEAST_BOARDS)
    .sort((a, b) => b.boards - a.boards)
    .slice(0, MOST_SLOTS);
  const most = sum(often) * 2 > sum(failures);
  return most ? often.map(({ slot }) => slot).sort((a, b) => Number(a) - Number(b)) : [];
}

function sum(counted: readonly { readonly boards: number }[]): number {
  return counted.reduce((total, { boards }) => total + boards, 0);
}
