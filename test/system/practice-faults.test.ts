// Every fault of the simulator on one practice lot, through the command line and real processes: each board ends as the
// table of errors says, and the security service lets in those that passed, and nobody else.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PracticeReport } from '../../cli/practice/practice-report.ts';
import { PracticeAnswer } from '../../contract/cli.ts';
import { ERRORS } from '../../domain/error-table.ts';
import { FAULTS } from '../../simulator/faults/fault-list.ts';
import { readBooks } from './both-books.ts';
import { keylineJson } from './keyline-process.ts';

/** One for each fault, the two that faults need beside themselves, and a few that are merely well. */
const DEVICES = FAULTS.length + 5;
/** What the service says to the boards whose certificate was signed and which then failed. */
const VOID = ['proof-fails', 'lock-not-burnt', 'lock-lost', 'settings-open', 'firmware-reverts'];

let dir: string;
let exitCode: number | null;
let report: PracticeReport;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-faults-'));
  const order = ['--devices', String(DEVICES), '--slots', '16', '--faults', 'all', '--seed', '3', '--data', dir];
  ({ exitCode, answer: report } = await keylineJson(PracticeAnswer, ['practice', ...order]));
}, 180_000);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

function rowOf(name: string) {
  const rows = report.faults?.filter(({ fault }) => fault === name) ?? [];
  const [row] = rows;
  if (!row || rows.length > 1) throw new Error(`${name} stands in ${rows.length} rows`);
  return row;
}

describe('a lot with every fault', () => {
  test('counts each board once', () => {
    expect(report.devices).toBe(DEVICES);
    expect(report.passed + report.failed + report.errored + report.aborted).toBe(DEVICES);
  });

  test('tells by its exit code that boards did not pass', () => {
    expect(exitCode).toBe(1);
  });

  test('has each fault on one board', () => {
    expect(report.faults?.map(({ fault }) => fault).sort()).toEqual(FAULTS.map(({ name }) => name).sort());
  });

  test.each(FAULTS.map(({ name, does, end }) => [name, does, end.outcome, end.code] as const))(
    '%s: a board that %s ends %s (%s)',
    (name, _does, outcome, code) => {
      const row = rowOf(name);
      expect(row).toMatchObject({ provoked: true, outcome, expectedOutcome: outcome });
      // A board that passed and came again is told so; that is no refusal of it.
      expect(row.code).toBe(name === 'done-by-us' ? 'DONE_TODAY' : code);
      expect(row.card).toBe(row.code === null ? null : ERRORS[row.code].card);
      if (outcome !== 'passed') expect(row.code && ERRORS[row.code].outcome).toBe(outcome);
    },
  );

  test('passes every healthy board', () => {
    const recovers = FAULTS.filter(({ end }) => end.outcome === 'passed').length;
    expect(report.passed).toBe(DEVICES - FAULTS.length + recovers);
  });
});

describe('the security service', () => {
  test('lets in every board that passed, and nobody else', () => {
    expect(report.authenticated).toBe(report.passed);
    for (const row of report.faults ?? [])
      expect([row.fault, row.refusedAs === null]).toEqual([row.fault, row.outcome === 'passed']);
  });

  test.each(VOID)('refuses the board of %s by the name of its reason', (name) => {
    const { code, refusedAs } = rowOf(name);
    expect(code).not.toBeNull();
    expect(refusedAs).toBe(`VOID ${code}`);
  });

  test('knows nothing of a board from another factory', () => {
    expect(rowOf('done-by-others').refusedAs).toBe('CHAIN_UNKNOWN');
  });

  test('holds the station’s books: each signed certificate live or void, on both sides alike', () => {
    const { sync, certificates, signed, known, conflicts } = readBooks(dir);
    expect(sync).toEqual({ made: report.passed, registered: report.passed, waiting: 0, refused: 0, voidsWaiting: 0 });
    expect(certificates.signed).toBe(certificates.live + certificates.void);
    expect(certificates).toMatchObject({ live: report.passed, inWork: 0 });
    const verdict = { live: 'registered', void: 'void' } as const;
    expect(known).toEqual(
      signed.map(({ certificateSerialNumber: _, state, ...row }) => ({
        ...row,
        state: state === 'live' || state === 'void' ? verdict[state] : state,
      })),
    );
    expect(known.filter(({ state }) => state === 'void').length).toBeGreaterThanOrEqual(VOID.length);
    expect(conflicts).toBe(0);
  });
});
