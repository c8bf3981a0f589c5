// What leaves a data folder, as strangers check it: OpenSSL on the exported chains, a spreadsheet on the CSV, and
// `audit verify` on records that somebody changed behind the station's back.
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuditAnswer, DeviceExportAnswer, PracticeAnswer, RefusalAnswer } from '../../contract/cli.ts';
import { openQueries } from '../../db/queries.ts';
import { auditHash } from '../../domain/audit-event.ts';
import { sha256Text } from '../../station/records/recorder.ts';
import { keylineJson } from './keyline-process.ts';

const DEVICES = 6;
/** 1 January 2060, seconds. */
const IN_2060 = '2840140800';

const dir = mkdtempSync(join(tmpdir(), 'keyline-export-'));
const practice = join(dir, 'practice');

beforeAll(async () => {
  const order = ['--devices', String(DEVICES), '--slots', '6', '--seed', '1', '--data', practice];
  const { answer } = await keylineJson(PracticeAnswer, ['practice', ...order]);
  expect(answer.passed).toBe(DEVICES);
}, 120_000);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A copy of the practice folder whose records were worked on by hand, its safeguards put aside. */
function workedOn(name: string, ...statements: readonly string[]): string {
  const copy = join(dir, name);
  cpSync(practice, copy, { recursive: true, filter: (path) => !/(?:ballast|socket|ports|devices)$/.test(path) });
  const database = new Database(join(copy, 'station.db'));
  for (const trigger of ['audit_event_never_changed', 'audit_event_never_deleted', 'checkpoint_never_deleted'])
    database.exec(`DROP TRIGGER ${trigger}`);
  for (const statement of statements) expect(database.prepare(statement).run().changes).toBeGreaterThan(0);
  database.close();
  return copy;
}

describe('the PEM export', () => {
  const out = join(dir, 'pem');
  let answer: ReturnType<typeof DeviceExportAnswer.parse>;
  let leaves: string[];

  beforeAll(async () => {
    const order = ['device', 'export', '--format', 'pem', '--out', out, '--data', practice];
    const exported = await keylineJson(DeviceExportAnswer, order);
    expect(exported.exitCode).toBe(0);
    ({ answer } = exported);
    leaves = readdirSync(join(out, 'devices')).map((name) => join(out, 'devices', name));
  });

  function verify(anchor: string, ...when: readonly string[]) {
    const how = ['-x509_strict', '-purpose', 'sslclient', ...when];
    const chain = ['-CAfile', join(out, anchor), '-untrusted', join(out, 'issuing.pem')];
    const { status, stdout, error } = spawnSync('openssl', ['verify', ...how, ...chain, ...leaves], {
      encoding: 'utf8',
    });
    if (error) throw error;
    return { status, lines: stdout.trim().split('\n') };
  }

  test('is one file a device, with the two CAs', () => {
    expect(answer).toMatchObject({ format: 'pem', devices: DEVICES });
    expect(leaves).toHaveLength(DEVICES);
  });

  test.each<[string, readonly string[]]>([
    ['today', []],
    ['in 2060', ['-attime', IN_2060]],
  ])('has chains that OpenSSL accepts %s', (_when, when) => {
    expect(verify('root.pem', ...when)).toEqual({ status: 0, lines: leaves.map((leaf) => `${leaf}: OK`) });
  });

  test('has chains that OpenSSL refuses under another anchor, and before they began', () => {
    expect(verify('issuing.pem').status).not.toBe(0);
    expect(verify('root.pem', '-attime', '1000000000').status).not.toBe(0);
  });
});

describe('the CSV export', () => {
  const cellsOf = (line: string) =>
    [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, cell = '']) => cell.replaceAll('""', '"'));

  test('gives a spreadsheet no formula to run, and whole certificates', async () => {
    const copy = workedOn('formulas', `UPDATE device SET model = '=HYPERLINK("http://x")' WHERE device_id = 1`);
    const order = ['device', 'export', '--format', 'csv', '--out', join(dir, 'csv'), '--data', copy];
    const { answer } = await keylineJson(DeviceExportAnswer, order);
    expect(answer).toMatchObject({ format: 'csv', devices: DEVICES, files: [join(dir, 'csv', 'devices.csv')] });
    const csv = readFileSync(join(dir, 'csv', 'devices.csv'), 'utf8');
    const [head = [], ...rows] = csv.split('\r\n').slice(0, -1).map(cellsOf);
    expect(rows).toHaveLength(DEVICES);
    expect(rows[0]?.[head.indexOf('model')]).toBe(`'=HYPERLINK("http://x")`);
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    const certificates = rows.map(
      (cells) => new X509Certificate(Buffer.from(cells[head.indexOf('certificate')] ?? '', 'base64')),
    );
    expect(certificates.map(({ fingerprint256 }) => fingerprint256.replaceAll(':', '').toLowerCase())).toEqual(
      rows.map((cells) => cells[head.indexOf('fingerprint')]),
    );
  });
});

describe.concurrent('audit verify', () => {
  const verify = (folder: string) => keylineJson(AuditAnswer, ['audit', 'verify', '--data', folder]);

  /** Sequence numbers of the first event of this type and of the last event of all. */
  function events(type: string): { first: number; last: number } {
    const records = openQueries(join(practice, 'station.db'));
    const all = [...records.auditEvents()];
    records.close();
    const first = all.find((event) => event.type === type)?.seq;
    if (first === undefined) throw new Error(`there is no ${type}`);
    return { first, last: all.length };
  }

  test('accepts the records as the station left them', async () => {
    const { exitCode, answer } = await verify(practice);
    expect(answer).toEqual({ ok: true, events: events('lot-created').last });
    expect(exitCode).toBe(0);
  });

  test('names the event of which one byte was changed', async () => {
    const { first } = events('certificate-signed');
    const one = `UPDATE audit_event SET body = replace(body, '"jobId":', '"jobIe":') WHERE seq = ${first}`;
    const { exitCode, answer } = await verify(workedOn('byte', one));
    expect(answer).toEqual({ ok: false, events: first - 1, firstBad: first });
    expect(exitCode).toBe(3);
  });

  test('names the event that was taken out of the middle', async () => {
    const { first } = events('certificate-signed');
    const { answer } = await verify(workedOn('gap', `DELETE FROM audit_event WHERE seq = ${first}`));
    expect(answer).toMatchObject({ ok: false, firstBad: first });
  });

  test('says after which event the last one is missing', async () => {
    const { last } = events('checkpoint-signed');
    const { exitCode, answer } = await verify(workedOn('last', `DELETE FROM audit_event WHERE seq = ${last}`));
    expect(answer).toEqual({ ok: false, events: last - 1, missingAfter: last - 1 });
    expect(exitCode).toBe(3);
  });

  test('says after which event they are missing, also when their checkpoint went with them', async () => {
    const { last } = events('checkpoint-signed');
    const from = last - 4;
    const cut = [`DELETE FROM audit_event WHERE seq > ${from}`, `DELETE FROM checkpoint WHERE seq > ${from}`];
    const { answer } = await verify(workedOn('tail', ...cut));
    expect(answer).toEqual({ ok: false, events: from, missingAfter: from });
  });

  test('names the checkpoint behind events that were rewritten with fitting hashes', async () => {
    const { first } = events('certificate-signed');
    const copy = workedOn('rewritten');
    const checkpoint = rewrite(copy, first);
    const { answer } = await verify(copy);
    expect(answer).toMatchObject({ ok: false, firstBad: checkpoint });
  });

  test('refuses a folder without records', async () => {
    const { exitCode, answer } = await keylineJson(RefusalAnswer, ['audit', 'verify', '--data', join(dir, 'nothing')]);
    expect(answer.error.code).toBe('NO_STATION');
    expect(exitCode).toBe(2);
  });

  /** Changes one event and makes every hash from there on fit; answers where the next checkpoint stands. */
  function rewrite(folder: string, from: number): number {
    const records = openQueries(join(folder, 'station.db'));
    const all = [...records.auditEvents()].slice(from - 1);
    const next = records.checkpoints().find(({ checkpoint }) => checkpoint.seq >= from);
    records.close();
    const database = new Database(join(folder, 'station.db'));
    const update = database.prepare('UPDATE audit_event SET time_ms = ?, prev_hash = ?, hash = ? WHERE seq = ?');
    let prevHash = all[0]?.prevHash ?? '';
    for (const event of all) {
      const timeMs = event.seq === from ? event.timeMs + 1 : event.timeMs;
      const hash = auditHash({ ...event, timeMs, prevHash }, sha256Text);
      update.run(timeMs, prevHash, hash, event.seq);
      prevHash = hash;
    }
    database.close();
    if (!next) throw new Error('no checkpoint follows');
    return next.checkpoint.seq;
  }
});
