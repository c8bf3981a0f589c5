// `report verify` over a report that a whole station signed: who must speak for its key, and what tampering comes to.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openAuthority } from '../cloud/service-authority.ts';
import { ReportVerifyAnswer } from '../contract/cli.ts';
import { makeLot } from '../db/made-lot.ts';
import { sha256Hex } from '../pki/p256.ts';
import { toPem } from '../pki/pem.ts';
import { newKey, signWith, spkiOf } from '../station/identity/file-signer.ts';
import { openStation, RECIPE } from '../test/system/world.ts';
import { type TestWorld, testWorld } from './test-terminal.ts';

const key = newKey();
const spki = spkiOf(key);
const sign = (text: string) => Buffer.from(signWith(key, Buffer.from(text, 'utf8'))).toString('base64');

let at: TestWorld;
/** A copy of the report, for each test. */
let folder = '';
let signed = '';
let serviceCa = '';
let otherCa = '';

beforeAll(async () => {
  at = testWorld();
  const opened = await openStation(join(at.dir, 'station'), {});
  const { world } = at;
  const service = await openAuthority(join(at.dir, 'service'), true, world);
  const other = await openAuthority(join(at.dir, 'other'), true, world);
  [serviceCa, otherCa] = [join(at.dir, 'service.pem'), join(at.dir, 'other.pem')];
  writeFileSync(serviceCa, service.caPem);
  writeFileSync(otherCa, other.caPem);
  const stationCertificatePem = toPem('CERTIFICATE', service.nameStation('KL-test', spki));
  opened.store.transaction(() =>
    opened.store.saveEnrolment({
      serviceUrl: 'https://localhost:1',
      serviceCaPem: service.caPem,
      stationCertificatePem,
    }),
  );
  const station = opened.makeStation({ sign, spki }, async () => new TextEncoder().encode('%PDF'));
  const lotId = makeLot(opened.store, 0, 50, readFileSync(RECIPE, 'utf8'));
  station.commandLot('operator', { lotId, command: 'close', because: null, writeOff: false });
  await station.close();
  await opened.station.close();
  opened.close();
  signed = join(at.dir, 'station', 'reports', lotId);
});
afterAll(() => at.dispose());

beforeEach(() => {
  folder = join(at.dir, 'copy');
  rmSync(folder, { recursive: true, force: true });
  cpSync(signed, folder, { recursive: true });
});

async function verdict(...args: string[]): Promise<{ code: number; says: string }> {
  const { code, answers } = await at.keyline('report', 'verify', ...args, '--json');
  const answer = ReportVerifyAnswer.parse(JSON.parse(answers.at(-1) ?? ''));
  expect(answer.ok).toBe(code === 0);
  return { code, says: answer.reports.map(({ says }) => says).join('\n') };
}

/** Where there are no records of the station. */
const elsewhere = () => ['--data', join(at.dir, 'nobody')];

test('a report is believed where the records of its station name it', async () => {
  const { code, says } = await verdict(folder);
  expect(says).toMatch(
    /Report [0-9A-F]{4} of lot LOT-1 is whole, with its PDF: 49 passed, 1 failed, 0 without a verdict/,
  );
  expect(code).toBe(0);
  expect((await verdict(join(folder, 'report.json'))).code).toBe(0);
});

test('elsewhere somebody must say whose key signed it', async () => {
  const { code, says } = await verdict(folder, ...elsewhere());
  expect([code, says]).toEqual([3, expect.stringContaining(`The key is ${sha256Hex(spki)}.`)]);
  expect((await verdict(folder, ...elsewhere(), '--station-key', sha256Hex(spki))).code).toBe(0);
  expect((await verdict(folder, ...elsewhere(), '--service-ca', serviceCa)).code).toBe(0);
});

test.each<readonly [string, () => string[], string]>([
  ['another key', () => ['--station-key', 'a'.repeat(64)], 'It was signed by another key than the one given.'],
  ['another service', () => ['--service-ca', otherCa], 'has certified no such key for this station'],
])('a report is not believed against %s', async (_, args, reason) => {
  const { code, says } = await verdict(folder, ...args());
  expect([code, says]).toEqual([3, expect.stringContaining(reason)]);
});

test.each<readonly [file: string, change: (text: string) => string, reason: string]>([
  ['report.json', (text) => text.replace('"passed":49', '"passed":50'), 'The report was changed after it was signed.'],
  ['report.csv', (text) => text.replace('PROOF_FAILED', ''), 'The table of boards was changed after it was signed.'],
  ['report.pdf', (text) => `${text} `, 'The PDF was changed after it was signed.'],
  ['report.sig', (text) => text.replace('"lotId":"LOT-1"', '"lotId":"LOT-2"'), 'The signature is not that of the key'],
])(
  '%s that was changed is found, and the other reports of the command are judged too',
  async (file, change, reason) => {
    const path = join(folder, file);
    const before = readFileSync(path, 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(path, after);
    const { code, says } = await verdict(folder, signed);
    expect([code, says]).toEqual([3, expect.stringContaining(reason)]);
    expect(says).toContain('is whole');
  },
);

test('a report that somebody signed with a key of their own is not one of this station', async () => {
  const forger = newKey();
  const seal = JSON.parse(readFileSync(join(folder, 'report.sig'), 'utf8'));
  const { stationId, lotId, csvSha256 } = seal;
  const report = readFileSync(join(folder, 'report.json'), 'utf8').replace('"orderId":"WO-1"', '"orderId":"WO-2"');
  const reportSha256 = sha256Hex(new TextEncoder().encode(report));
  const text = `keyline-lot-report-v1\n${JSON.stringify({ csvSha256, lotId, reportSha256, stationId })}`;
  const signature = Buffer.from(signWith(forger, Buffer.from(text))).toString('base64');
  const forged = { ...seal, reportSha256, spki: Buffer.from(spkiOf(forger)).toString('base64'), signature };
  for (const name of ['report.pdf', 'report.pdf.sig']) rmSync(join(folder, name));
  writeFileSync(join(folder, 'report.json'), report);
  writeFileSync(join(folder, 'report.sig'), JSON.stringify(forged));
  expect((await verdict(folder)).says).toContain("The station's audit log names no such report.");
  const far = await verdict(folder, ...elsewhere(), '--service-ca', serviceCa);
  expect(far.says).toContain('has certified no such key for this station');
});

test('a file that is not there is refused in a sentence', async () => {
  const { code, said } = await at.keyline('report', 'verify', join(at.dir, 'nothing.json'));
  expect([code, said.length]).toEqual([2, 1]);
});
