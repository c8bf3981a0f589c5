// CAs from elsewhere at a practice line, program by program: a customer's CA out of PKCS#12, in today's ciphers and in
// the old ones, and one whose request an openssl root signed. Each takes over from the one before; every board passes, is
// registered and let in, and openssl accepts every chain. The passphrase of the file is nowhere afterwards.

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PracticeReport } from '../../cli/practice/practice-report.ts';
import { AuditAnswer, CaAnswer, DeviceExportAnswer, PracticeAnswer } from '../../contract/cli.ts';
import { type OpensslCa, opensslCas } from '../samples/openssl-ca.ts';
import { readBooks } from './both-books.ts';
import { type Ended, keylineJson } from './keyline-process.ts';
import { findSecret, readTree, type Tree } from './secret-search.ts';

const LOTS = [
  { ca: 'main', devices: 2 },
  { ca: 'customer', devices: 24 },
  { ca: 'old-file', devices: 24 },
  { ca: 'requested', devices: 4 },
] as const;
const DEVICES = LOTS.reduce((sum, { devices }) => sum + devices, 0);

const dir = mkdtempSync(join(tmpdir(), 'keyline-ceremony-'));
const line = join(dir, 'line');
const passphrase = `file ${randomBytes(12).toString('base64')}`;
const said: Ended[] = [];
let ca: OpensslCa;
let request: string;
const reports: PracticeReport[] = [];

async function brought(...args: string[]): Promise<void> {
  said.push(await keylineJson(CaAnswer, ['ca', ...args, '--data', line], { secrets: [passphrase] }));
}

async function practised(devices: number): Promise<void> {
  const order = ['--devices', String(devices), '--slots', '8', '--data', line];
  const ended = await keylineJson(PracticeAnswer, ['practice', ...order]);
  said.push(ended);
  reports.push(ended.answer);
}

beforeAll(async () => {
  ca = opensslCas(join(dir, 'customer'), true);
  ca.make('second', '/O=Größe & Söhne/OU=TEST/CN=Customer Issuing CA 2', 'root');
  await practised(LOTS[0].devices);
  const file = ca.pkcs12('today', 'issuing', ['root'], passphrase);
  await brought('import', 'customer', '--pkcs12', file, '--p12-passphrase-fd', '3', '--practice', '--limit', '5000');
  await brought('rotate', 'customer');
  await practised(LOTS[1].devices);
  const old = ca.pkcs12('old', 'second', ['root'], passphrase, '-legacy');
  await brought('import', 'old-file', '--pkcs12', old, '--p12-passphrase-fd', '3', '--practice');
  await brought('rotate', 'old-file');
  await practised(LOTS[2].devices);
  await brought('request', 'requested', '--practice', '--organization', 'Example Devices');
  request = join(line, 'keys', 'ca', 'requested', 'request.pem');
  ca.write('requested.csr', ca.run('req', '-in', request));
  ca.sign('requested', 'root');
  await brought('import', 'requested', '--certificate', ca.path('requested.pem'), '--root', ca.path('root.pem'));
  await brought('rotate', 'requested');
  await practised(LOTS[3].devices);
}, 300_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('every board of each CA passes, is registered and let in', () => {
  for (const [i, { devices }] of LOTS.entries())
    expect(reports[i]).toMatchObject({ passed: devices, authenticated: devices, waiting: 0, refused: 0 });
  expect(reports.at(-1)).toMatchObject({ made: DEVICES, registered: DEVICES });
});

test('both books agree, device by device, and no certificate is of two', () => {
  const { signed, known, conflicts, accepted } = readBooks(line);
  const facts = ({ deviceSerial, hwid, spkiSha256, fingerprint }: (typeof known)[number]) =>
    [deviceSerial, hwid, spkiSha256, fingerprint].join();
  expect(signed.map(facts)).toEqual(known.map(facts));
  expect([known.length, conflicts, new Set(accepted).size]).toEqual([DEVICES, 0, DEVICES]);
});

test('each CA has signed its lot and nothing else, and says how it stands', async () => {
  const { answer } = await keylineJson(CaAnswer, ['ca', 'show', '--data', line]);
  expect(answer.cas.map(({ name, state, signatures }) => [name, state, signatures])).toEqual([
    ['requested', 'active', 4],
    ['customer', 'retired', 24],
    ['main', 'retired', 2],
    ['old-file', 'retired', 24],
  ]);
  expect(answer.cas.every(({ lastSignedMs, endsMs }) => lastSignedMs !== null && endsMs === null)).toBe(true);
  expect(answer.cas.find(({ name }) => name === 'customer')?.limit).toBe(5000);
});

test('the audit log is whole, and says where each CA came from and who took over', async () => {
  const { answer } = await keylineJson(AuditAnswer, ['audit', 'verify', '--data', line]);
  expect(answer.ok).toBe(true);
});

describe('openssl', () => {
  test('accepts the request', () => {
    expect(ca.run('req', '-in', request, '-noout', '-verify', '-subject')).toMatch(
      /O = Example Devices, OU = TEST, CN = /,
    );
  });

  test('accepts every chain', async () => {
    const out = join(dir, 'out');
    await keylineJson(DeviceExportAnswer, ['device', 'export', '--format', 'pem', '--out', out, '--data', line]);
    const leaves = readdirSync(join(out, 'devices')).map((name) => join(out, 'devices', name));
    expect(leaves).toHaveLength(DEVICES);
    const trust = ['-CAfile', join(out, 'root.pem'), '-untrusted', join(out, 'issuing.pem')];
    const verdict = execFileSync('openssl', ['verify', '-x509_strict', '-purpose', 'sslclient', ...trust, ...leaves], {
      encoding: 'utf8',
    });
    expect(verdict.match(/: OK$/gm)).toHaveLength(DEVICES);
  });
});

test('the passphrase of the PKCS#12 files is in no file of station and service, and was never said', () => {
  const spoken: Tree = new Map(
    said.map(({ said: lines, lastLine }, i) => [`${i}`, Buffer.from([...lines, lastLine].join('\n'))]),
  );
  const tree = readTree(line, (path) => path === 'ballast');
  expect(tree.has(join('keys', 'ca', 'customer', 'issuing.key.pem'))).toBe(true);
  expect([...findSecret(tree, Buffer.from(passphrase)), ...findSecret(spoken, Buffer.from(passphrase))]).toEqual([]);
});
