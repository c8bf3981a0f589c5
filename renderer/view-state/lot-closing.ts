// What stands between a lot and its close (UX.md section 4.5), row by row: what is so, and whether it is in order, wants a
// look, or has to end first. Of a closed lot: what it ended with. Pure.
import type { LotPage } from '../../contract/lot-page-api.ts';

/** Labels that no copy is known of, that were not read back, and that were printed more than once. */
export type LabelOddity = 'missing' | 'unread' | 'again';

export type ClosingRow =
  | { readonly row: 'inWork' | 'conflicts'; readonly verdict: 'stop'; readonly count: number }
  | {
      readonly row: 'away' | 'notStarted' | 'waiting' | 'refused' | 'notCopied';
      readonly verdict: 'look';
      readonly count: number;
    }
  | {
      readonly row: 'inRework' | 'notPassed';
      readonly verdict: 'look';
      readonly count: number;
      readonly names: readonly string[];
    }
  | {
      readonly row: 'labels';
      readonly verdict: 'ok' | 'look';
      /** Printed. */
      readonly count: number;
      readonly scannedBack: number;
      /** What is not as it should be, each with its boards; empty: none missing, none twice. */
      readonly odd: readonly { readonly what: LabelOddity; readonly count: number }[];
    }
  | { readonly row: 'allStarted' | 'registered'; readonly verdict: 'ok'; readonly count: number }
  | { readonly row: 'copied'; readonly verdict: 'ok'; readonly count: number; readonly timeMs: number | null }
  | { readonly row: 'signed'; readonly verdict: 'ok'; readonly reportId: string; readonly folder: string | null }
  | { readonly row: 'unsigned'; readonly verdict: 'look' };

export function closingRows(page: LotPage): readonly ClosingRow[] {
  const { lot, counts, away, records, copiedMs, report } = page;
  const look = (row: 'away' | 'notStarted' | 'waiting' | 'refused' | 'notCopied', count: number): ClosingRow[] =>
    count > 0 ? [{ row, verdict: 'look', count }] : [];
  const inWork = counts.inWork - away;
  const named = (row: 'inRework' | 'notPassed', count: number): ClosingRow[] => {
    const names = page[row].map(({ deviceSerial, hwid }) => deviceSerial ?? hwid);
    return count > 0 ? [{ row, verdict: 'look', count, names }] : [];
  };
  const labels = page.labels !== null && page.labels.due > 0 ? [labelRow(page.labels)] : [];
  const rows: ClosingRow[] = [];
  if (lot.state === 'closed' && report === null) rows.push({ row: 'unsigned', verdict: 'look' });
  if (report !== null) rows.push({ row: 'signed', verdict: 'ok', reportId: report.reportId, folder: report.folder });
  if (inWork > 0) rows.push({ row: 'inWork', verdict: 'stop', count: inWork });
  if (records.conflicts > 0 && lot.state !== 'closed')
    rows.push({ row: 'conflicts', verdict: 'stop', count: records.conflicts });
  rows.push(...look('away', away), ...look('notStarted', counts.notStarted));
  if (counts.notStarted === 0) rows.push({ row: 'allStarted', verdict: 'ok', count: lot.quantity });
  rows.push(...named('inRework', counts.inRework), ...named('notPassed', counts.failed + counts.noVerdict));
  rows.push(...labels.filter(({ verdict }) => verdict === 'look'));
  rows.push(...look('refused', records.refused - records.conflicts), ...look('waiting', records.waiting));
  rows.push(...labels.filter(({ verdict }) => verdict === 'ok'));
  if (records.sealed > 0 && records.registered === records.sealed)
    rows.push({ row: 'registered', verdict: 'ok', count: records.registered });
  rows.push(...look('notCopied', records.notCopied));
  if (records.sealed > 0 && records.notCopied === 0)
    rows.push({ row: 'copied', verdict: 'ok', count: records.sealed, timeMs: copiedMs });
  return rows;
}

/** A second copy is on record and numbered: it is said, and asks for nothing. */
function labelRow({ due, printed, scannedBack, again }: NonNullable<LotPage['labels']>): ClosingRow {
  const all = [
    { what: 'missing', count: due - printed },
    { what: 'unread', count: printed - scannedBack },
    { what: 'again', count: again },
  ] as const;
  const odd = all.filter(({ count }) => count > 0);
  const verdict = odd.some(({ what }) => what !== 'again') ? 'look' : 'ok';
  return { row: 'labels', verdict, count: printed, scannedBack, odd };
}

/** What a close comes to: what is neither made nor scrapped is open. A board that was revoked later was made. */
export function closeResult({ lot, counts: { passed, revoked, scrapped } }: LotPage) {
  return { passed, scrapped, open: Math.max(0, lot.quantity - passed - revoked - scrapped) };
}

/** A close waits until no board of the lot is in a slot and in work, and until each conflict is decided. */
export function mayClose({ lot, counts, away, records }: LotPage): boolean {
  return lot.state !== 'closed' && counts.inWork <= away && records.conflicts === 0;
}
