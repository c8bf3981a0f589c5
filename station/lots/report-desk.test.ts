// Reports of lots at a whole station on a real folder: signed once, put on record, made after a power cut, never changed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeLot } from '../../db/made-lot.ts';
import { reportFiles } from '../../db/report-files.ts';
import { checkLotReport } from '../../domain/check-lot-report.ts';
import { KeylineError } from '../../domain/errors.ts';
import { lotReportCsv } from '../../domain/lot-report-csv.ts';
import { sha256Hex } from '../../pki/p256.ts';
import { openStation, RECIPE } from '../../test/system/world.ts';
import { newKey, signWith, spkiOf } from '../identity/file-signer.ts';
import { reportSigned } from '../lot-desks.ts';
import { sha256Text } from '../records/recorder.ts';
import type { Station } from '../station.ts';
import type { OpenKeys } from '../station-parts.ts';
import type { Print } from './report-desk.ts';

const TOOLS = { sha256: sha256Text, sha256Bytes: sha256Hex, isSigned: reportSigned };
const key = newKey();
const KEYS: Partial<OpenKeys> = {
  spki: spkiOf(key),
  sign: (text) => Buffer.from(signWith(key, Buffer.from(text, 'utf8'))).toString('base64'),
};

let dir = '';
let opened: Awaited<ReturnType<typeof openStation>>;
let station: Station;
let lotId = '';
let full = false;
let stations: Station[] = [];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-reports-'));
  full = false;
  opened = await openStation(dir, { full: () => full });
  stations = [opened.station];
  station = another();
  lotId = makeLot(opened.store, 0, 60, readFileSync(RECIPE, 'utf8'));
});
afterEach(async () => {
  full = false;
  for (const each of stations) await each.close();
  opened.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The station that starts next on the same folder. */
function another(print: Print | null = null): Station {
  const made = opened.makeStation(KEYS, print);
  stations.push(made);
  return made;
}

const files = () => reportFiles({ reports: join(dir, 'reports') });
const close = (at: Station = station) =>
  at.commandLot('0123456789abcdef', { lotId, command: 'close', because: null, writeOff: false });
const signings = () => opened.store.lotEvents(lotId).filter(({ type }) => type === 'report-signed');

/** As a process that ends before it has written the report, or its audit event. */
function closedWithoutReport(): void {
  close(opened.station);
}

test('a close signs a report whose counts are those of the page, and names it in the audit log', () => {
  close();
  const checked = checkLotReport(files().read(lotId), TOOLS);
  const page = station.lotPages.read(lotId);
  if (!checked.ok) throw new Error(checked.reason);
  const { inWork, ...counts } = page.counts;
  expect([inWork, checked.report.counts]).toEqual([0, counts]);
  expect(counts.passed + counts.failed).toBe(60);
  expect(page.report).toMatchObject({ reportSha256: checked.seal.reportSha256, folder: join(dir, 'reports', lotId) });
  expect(signings()).toMatchObject([{ reportSha256: checked.seal.reportSha256, actorId: '0123456789abcdef' }]);
  expect(checked.report.events.map(({ type, actorId }) => `${type} ${actorId}`)).toContain(
    'lot-closed 0123456789abcdef',
  );
});

test('a lot that was closed before its report was written has it at the next start, once', async () => {
  closedWithoutReport();
  expect(station.lotPages.read(lotId)).toMatchObject({ lot: { state: 'closed' }, report: null });
  const next = another();
  await next.reports.close();
  expect(next.lotPages.read(lotId).report?.signedMs).toBeGreaterThan(0);
  const [first] = signings();
  await another().reports.close();
  expect(signings()).toEqual([first]);
});

test('a report that was written and not put on record is put on record as it stands', async () => {
  closedWithoutReport();
  full = true;
  const failed = station.reports.signAndPrint('operator', lotId);
  full = false;
  await failed;
  const written = files().read(lotId);
  expect(written.seal).not.toBeNull();
  expect(station.lotPages.read(lotId).report).toBeNull();
  await another().reports.close();
  expect(files().read(lotId)).toEqual(written);
  expect(signings()).toMatchObject([{ reportSha256: sha256Text(written.report ?? '') }]);
});

test('half of a report, without its signature, is none and is made again', async () => {
  closedWithoutReport();
  files().keep(lotId, { report: '{', csv: '', seal: '' });
  rmSync(join(dir, 'reports', lotId, 'report.sig'));
  await another().reports.close();
  expect(checkLotReport(files().read(lotId), TOOLS)).toMatchObject({ ok: true });
});

test('a lot is closed also while the key of the station is locked, and its report waits for it', async () => {
  closedWithoutReport();
  expect(() => opened.station.reports.sign('operator', lotId)).toThrow(new KeylineError('SIGNER_LOCKED'));
  expect(signings()).toEqual([]);
  station.reports.sign('operator', lotId);
  expect(signings()).toHaveLength(1);
});

test('a lot that is not closed has no signed report', () => {
  expect(() => station.reports.sign('operator', lotId)).toThrow(new KeylineError('LOT_STATE', `${lotId} is draft`));
});

describe('a signed report', () => {
  const PDF = new TextEncoder().encode('%PDF-1.7 sample');

  test('is never changed by asking again, closing again or printing', async () => {
    const printing = another(async () => PDF);
    close(printing);
    await printing.reports.close();
    const before = files().read(lotId);
    expect(checkLotReport(before, TOOLS)).toMatchObject({ ok: true, printed: true });
    close(printing);
    printing.reports.sign('operator', lotId);
    await printing.reports.print(lotId);
    await another(async () => new Uint8Array([1])).reports.close();
    expect(files().read(lotId)).toEqual(before);
    expect(signings()).toHaveLength(1);
  });

  test('stands without a PDF where printing fails, and is printed on demand', async () => {
    let fails = true;
    const printing = another(async () => {
      if (fails) throw new KeylineError('REPORT_UNPRINTED');
      return PDF;
    });
    close(printing);
    await printing.reports.close();
    expect(printing.lotPages.read(lotId).report).toMatchObject({ printed: false });
    fails = false;
    await printing.reports.print(lotId);
    expect(printing.lotPages.read(lotId).report).toMatchObject({ printed: true });
    expect(checkLotReport(files().read(lotId), TOOLS)).toMatchObject({ ok: true, printed: true });
  });

  test('whose files are gone is made again on demand, as a report of its own', () => {
    close();
    rmSync(join(dir, 'reports', lotId), { recursive: true });
    expect(station.lotPages.read(lotId).report?.folder).toBeNull();
    station.reports.sign('operator', lotId);
    expect(station.lotPages.read(lotId).report?.folder).toBe(join(dir, 'reports', lotId));
    expect(signings()).toHaveLength(2);
  });
});

test('the table of a lot that runs is not the signed one, and that of a closed lot is', () => {
  const { file, boards } = station.reports.exportCsv(lotId);
  expect({ file, boards }).toEqual({ file: join(dir, 'reports', lotId, 'so-far.csv'), boards: 60 });
  expect(readFileSync(file, 'utf8').split('\r\n')).toHaveLength(62);
  close();
  const signed = join(dir, 'reports', lotId, 'report.csv');
  expect(station.reports.exportCsv(lotId)).toEqual({ file: signed, boards: 60 });
  // The answer tells of the file, not of what came since.
  writeFileSync(signed, lotReportCsv([]));
  expect(station.reports.exportCsv(lotId).boards).toBe(0);
  // A table that somebody took away is not named: the boards are written as they are now.
  rmSync(signed);
  expect(station.reports.exportCsv(lotId)).toEqual({ file: join(dir, 'reports', lotId, 'so-far.csv'), boards: 60 });
});

test('lots whose names differ by capitals alone have folders of their own', () => {
  const { keep, read } = files();
  const seal = (of: string) =>
    JSON.stringify({
      ...{ keyline: 'lot-report-seal-1', stationId: 'S', lotId: of, reportSha256: 'a'.repeat(64) },
      ...{ csvSha256: 'b'.repeat(64), spki: 'AA==', certificate: null, signature: 'AA==' },
    });
  keep('W-1', { report: '1', csv: '', seal: seal('W-1') });
  // As a file system that knows no capitals has it.
  writeFileSync(join(dir, 'reports', 'W-1', 'report.sig'), seal('w-1'));
  keep('W-1', { report: '2', csv: '', seal: seal('W-1') });
  expect(read('W-1').report).toBe('2');
  expect(readFileSync(join(dir, 'reports', 'W-1', 'report.json'), 'utf8')).toBe('1');
  keep('con.1', { report: '3', csv: '', seal: seal('con.1') });
  expect(files().signedIn('con.1')).toMatch(/con\.1-[0-9a-f]{8}$/);
});
