// A lot's boards as a table for spreadsheets: one row a board, in the order in which they came. Times as ISO 8601, UTC.
import { csvRow } from './csv.ts';
import type { ReportBoard } from './lot-report.ts';

/** As in a report; in work too while the lot runs. */
export type CsvBoard = Omit<ReportBoard, 'stands' | 'endedMs'> & {
  readonly stands: ReportBoard['stands'] | 'inWork';
  readonly endedMs: number | null;
};

const COLUMNS = [
  ...['deviceSerial', 'hwid', 'hardwareType', 'stands', 'code', 'slot', 'jobs', 'ended'],
  ...['certificateSerialNumber', 'fingerprint', 'issuerId'],
] as const;

/** RFC 4180 with a head line, a row a board; times as ISO 8601 in UTC. */
export function lotReportCsv(boards: readonly CsvBoard[]): string {
  return csvRow(COLUMNS) + boards.map(rowOf).join('');
}

/** Boards in a table of `lotReportCsv`: none of its fields has more than one line. */
export function boardsIn(csv: string): number {
  return csv.split('\r\n').length - 2;
}

function rowOf(board: CsvBoard): string {
  const ended = board.endedMs === null ? '' : new Date(board.endedMs).toISOString();
  const { deviceSerial, hwid, hardwareType, stands, code, slot, jobs } = board;
  const { certificateSerialNumber, fingerprint, issuerId } = board;
  return csvRow([
    ...[deviceSerial ?? '', hwid, hardwareType, stands, code ?? '', slot, String(jobs), ended],
    ...[certificateSerialNumber ?? '', fingerprint ?? '', issuerId ?? ''],
  ]);
}
