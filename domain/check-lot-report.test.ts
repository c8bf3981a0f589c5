// Each kind of tampering with a lot's report is found, and said in a sentence of its own.
import { createHash, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalJson } from './audit-event.ts';
import { checkLotReport, type ReportTexts } from './check-lot-report.ts';
import {
  type LotReport,
  type PdfSeal,
  pdfSealText,
  type ReportBoard,
  type ReportSeal,
  STANDS,
  sealText,
} from './lot-report.ts';
import { lotReportCsv } from './lot-report-csv.ts';

const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');
const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signed = (text: string, key: KeyObject) => sign('sha256', Buffer.from(text), key).toString('base64');
const spkiOf = (key: KeyObject) => key.export({ type: 'spki', format: 'der' }).toString('base64');
const TOOLS = {
  ...{ sha256, sha256Bytes: sha256 },
  isSigned(spki: string, text: string, signature: string) {
    const key = { key: Buffer.from(spki, 'base64'), type: 'spki', format: 'der' } as const;
    return verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64'));
  },
};

const hex = (digit: number) => String(digit).repeat(64);
const ISSUER = hex(9);

function board(n: number, change: Partial<ReportBoard> = {}): ReportBoard {
  return {
    ...{ hwid: `01020304050${n}`, hardwareType: '1.2.3', stands: 'passed', code: null, slot: '1', jobs: 1, endedMs: n },
    ...{ deviceSerial: `A-${n}`, certificateSerialNumber: `0${n}`, fingerprint: hex(n), issuerId: ISSUER },
    ...change,
  };
}

const NOWHERE = {
  ...{ passed: 0, revoked: 0, inRework: 0, failed: 0, noVerdict: 0, scrapped: 0, notStarted: 0, beyond: 0 },
};
const NONE = { deviceSerial: null, certificateSerialNumber: null, fingerprint: null, issuerId: null };

function sample(change: Partial<LotReport> = {}): LotReport {
  return {
    ...{ keyline: 'lot-report-1', stationId: 'KL-1', practice: false, epoch: 1, madeMs: 9 },
    lot: {
      ...{ lotId: 'W-1', orderId: 'W-1', quantity: 4, spare: 1, serialRange: 'A-1..A-5', model: 'M', revisions: [] },
      ...{ recipeName: 'r', recipeVersion: '1', recipeSha256: hex(1), firmwareVersion: '1', firmwareSha256: hex(2) },
      ...{ createdMs: 1, closedMs: 8 },
    },
    counts: { ...NOWHERE, passed: 2, failed: 1, notStarted: 1 },
    issuers: [ISSUER],
    events: [{ seq: 1, timeMs: 1, actorId: '0011', type: 'lot-created' }],
    audit: { seq: 7, head: hex(7) },
    boards: [board(1), board(2), board(3, { ...NONE, stands: 'failed', code: 'PROOF_FAILED' })],
    ...change,
  };
}

const PDF = Buffer.from('%PDF');

/** The files of a report as its station writes them. */
function filesOf(report: LotReport = sample()): ReportTexts & { readonly report: string; readonly csv: string } {
  const [text, csv] = [canonicalJson(report), lotReportCsv(report.boards)];
  const sealed = { stationId: 'KL-1', lotId: 'W-1', reportSha256: sha256(text), csvSha256: sha256(csv) };
  const seal: ReportSeal = {
    ...{ keyline: 'lot-report-seal-1', ...sealed, spki: spkiOf(own.publicKey), certificate: null },
    signature: signed(sealText(sealed), own.privateKey),
  };
  return { report: text, csv, seal: JSON.stringify(seal), pdf: PDF, pdfSeal: pdfSeal({ reportSha256: sha256(text) }) };
}

function pdfSeal(change: Partial<PdfSeal>, key = own.privateKey): string {
  const sealed = { reportSha256: sha256(canonicalJson(sample())), pdfSha256: sha256(PDF), ...change };
  return JSON.stringify({ keyline: 'lot-report-pdf-seal-1', ...sealed, signature: signed(pdfSealText(sealed), key) });
}

const good = filesOf();
const sealWith = (change: Partial<ReportSeal>) => JSON.stringify({ ...JSON.parse(good.seal ?? ''), ...change });

test('the files of a station are believed, with their PDF and without', () => {
  expect(checkLotReport(good, TOOLS)).toMatchObject({ ok: true, printed: true, report: sample() });
  expect(checkLotReport({ ...good, pdf: null, pdfSeal: null }, TOOLS)).toMatchObject({ ok: true, printed: false });
});

test('boards in every place are counted, and a report from before re-work and scrap is believed', () => {
  const boards = STANDS.map((stands, index) => board(index + 1, { stands }));
  const each = Object.fromEntries(STANDS.map((stands) => [stands, 1]));
  const all = sample({ boards, counts: { ...NOWHERE, ...each, beyond: STANDS.length - 4 } });
  expect(checkLotReport({ ...filesOf(all), pdf: null, pdfSeal: null }, TOOLS)).toMatchObject({ ok: true, report: all });
  const { revoked: _, inRework: __, scrapped: ___, ...old } = sample().counts;
  const before = { ...filesOf({ ...sample(), counts: old as LotReport['counts'] }), pdf: null, pdfSeal: null };
  expect(before.report).not.toContain('inRework');
  expect(checkLotReport(before, TOOLS)).toMatchObject({ ok: true, report: sample() });
});

test.each<readonly [string, Partial<ReportTexts>, string]>([
  ['a report that is not there', { report: null }, 'There is no report.'],
  ['no signature', { seal: null }, 'The report is not signed: its signature file is missing.'],
  ['another file as its signature', { seal: '{}' }, 'The signature file is no signature of a lot report.'],
  ['text that is no JSON', { seal: 'x' }, 'The signature file is no signature of a lot report.'],
  [
    'one digit of a count',
    { report: good.report.replace('"passed":2', '"passed":3') },
    'The report was changed after it was signed.',
  ],
  ['no table', { csv: null }, 'The table of boards is missing.'],
  [
    'one cell of the table',
    { csv: good.csv.replace('A-1', 'A-9') },
    'The table of boards was changed after it was signed.',
  ],
  [
    'a digest in the signature file',
    { seal: sealWith({ csvSha256: hex(0) }) },
    'The signature is not that of the key it names.',
  ],
  [
    'another key in the signature file',
    { seal: sealWith({ spki: spkiOf(other.publicKey) }) },
    'The signature is not that of the key it names.',
  ],
  ['one byte of the PDF', { pdf: Buffer.from('%PDf') }, 'The PDF was changed after it was signed.'],
  ['a PDF without its signature', { pdfSeal: null }, 'The PDF is not signed.'],
  ['a PDF that is gone', { pdf: null }, 'The PDF is missing, and its signature is there.'],
  ['the PDF of another report', { pdfSeal: pdfSeal({ reportSha256: hex(4) }) }, 'The PDF is that of another report.'],
  [
    'a PDF that somebody else signed',
    { pdfSeal: pdfSeal({}, other.privateKey) },
    'The signature of the PDF is not that of the key that signed the report.',
  ],
])('%s is found', (_, change, reason) => {
  expect(checkLotReport({ ...good, ...change }, TOOLS)).toEqual({ ok: false, reason });
});

const { counts, lot } = sample();
test.each<readonly [string, Partial<LotReport>, string]>([
  ['do not add up', { counts: { ...counts, notStarted: 2 } }, 'The counts do not add up to the quantity.'],
  [
    'add up only with boards that are beyond and missing at once',
    { counts: { ...counts, notStarted: 2, beyond: 1 } },
    'The counts do not add up to the quantity.',
  ],
  [
    'are not those of the boards',
    { counts: { ...counts, passed: 3, failed: 0 } },
    'The counts are not those of the boards.',
  ],
  [
    'are of one serial twice',
    { boards: [board(1), board(2, { deviceSerial: 'A-1' }), ...sample().boards.slice(2)] },
    'Two boards have one serial.',
  ],
  [
    'are of one certificate twice',
    { boards: [board(1), board(2, { fingerprint: hex(1) }), ...sample().boards.slice(2)] },
    'Two boards have one certificate.',
  ],
  [
    'are of one board twice',
    { boards: [board(1), board(2, { hwid: board(1).hwid }), ...sample().boards.slice(2)] },
    'A board is counted twice.',
  ],
  [
    'are of a pass without a certificate',
    { boards: [board(1), board(2, NONE), ...sample().boards.slice(2)] },
    'A board passed without a serial or a certificate.',
  ],
  ['are of a CA that is not named', { issuers: [] }, 'A board was signed for by a CA that the report does not name.'],
  ['are of another lot than the signature', { lot: { ...lot, lotId: 'W-2' } }, 'The signature is that of another lot.'],
  ['are not in a form that is known', { epoch: 0 }, 'The report is not written as this version of Keyline reads it.'],
])('a station that signs counts which %s is not believed', (_, change, reason) => {
  const files = { ...filesOf(sample(change)), pdf: null, pdfSeal: null };
  expect(checkLotReport(files, TOOLS)).toEqual({ ok: false, reason });
});
