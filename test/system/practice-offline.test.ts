// A lot that goes on while the security service is away, and a second lot in the same folder: nothing lost, nothing
// twice, counted in both databases (CERTAINTY.md).
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PracticeReport } from '../../cli/practice/practice-report.ts';
import { PracticeAnswer } from '../../contract/cli.ts';
import { openQueries } from '../../db/queries.ts';
import { DeviceRecord } from '../../simulator/device-record.ts';
import { readBooks } from './both-books.ts';
import { type Ended, keylineJson } from './keyline-process.ts';

const DEVICES = 32;
const OFFLINE_AFTER = 8;
/** Result line at which the service is looked for: a whole round of the eight slots behind its end. */
const LOOK_AT = OFFLINE_AFTER + 12;
const SECOND = 8;

type Practice = Ended & { readonly answer: PracticeReport };

let dir: string;
let first: Practice;
let second: Practice;
let atItsPort: Promise<string>;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-offline-'));
  const order = ['--devices', String(DEVICES), '--slots', '8', '--offline-after', String(OFFLINE_AFTER), '--data', dir];
  atItsPort = Promise.resolve('nobody looked');
  first = await keylineJson(PracticeAnswer, ['practice', ...order, '--seed', '1'], {
    onSaid: (line) => {
      if (line.startsWith(`${LOOK_AT} of ${DEVICES} `)) atItsPort = knock();
    },
  });
  second = await keylineJson(PracticeAnswer, ['practice', '--devices', String(SECOND), '--slots', '8', '--data', dir]);
}, 180_000);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What is at the service's own address now. */
async function knock(): Promise<string> {
  const records = openQueries(join(dir, 'station.db'));
  const url = new URL(records.enrolment()?.serviceUrl ?? '');
  records.close();
  const socket = connect(Number(url.port), url.hostname);
  try {
    await once(socket, 'connect');
    return 'a service';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  } finally {
    socket.destroy();
  }
}

function distinct(values: readonly string[]): number {
  return new Set(values).size;
}

describe('while the service is away', () => {
  test('there is no service process', async () => {
    expect(await atItsPort).toBe('ECONNREFUSED');
  });

  test('the line goes on, and what it made waits', () => {
    expect(first.answer.waitingPeak).toBeGreaterThanOrEqual(DEVICES - OFFLINE_AFTER);
    expect(first.answer.waitingPeak + first.answer.registeredAtReturn).toBe(DEVICES);
  });

  test('a board with a good chain is refused until it is registered', () => {
    expect(first.said.filter((line) => line.endsWith('is refused until it is registered.'))).toHaveLength(1);
  });
});

describe('when the service is back', () => {
  test('every board is registered, and let in', () => {
    expect(first.exitCode).toBe(0);
    const all = { devices: DEVICES, passed: DEVICES, made: DEVICES, registered: DEVICES, authenticated: DEVICES };
    expect(first.answer).toMatchObject({ ...all, waiting: 0, refused: 0, failed: 0, errored: 0, aborted: 0 });
  });

  test('each outbox entry was accepted once', () => {
    const { outbox, accepted } = readBooks(dir);
    expect(outbox).toHaveLength(DEVICES + SECOND);
    expect(outbox.filter(({ state }) => state !== 'accepted')).toEqual([]);
    expect(accepted).toEqual(outbox.map(({ id }) => id));
  });
});

describe('a second practice in the same folder', () => {
  test('passes, registers and lets in its own boards', () => {
    expect(second.exitCode).toBe(0);
    expect(second.answer).toMatchObject({ devices: SECOND, passed: SECOND, authenticated: SECOND, waiting: 0 });
    expect(second.answer.dataDir).toBe(first.answer.dataDir);
  });

  test('is a new lot with a range and boards of its own', () => {
    const { lots, signed } = readBooks(dir);
    expect(lots.map(({ lotId, tally }) => [lotId, tally.passed])).toEqual([
      ['P1', DEVICES],
      ['P2', SECOND],
    ]);
    expect(distinct(lots.map(({ serialRange }) => serialRange))).toBe(2);
    expect(signed.filter(({ deviceSerial }) => deviceSerial.startsWith('PR2-'))).toHaveLength(SECOND);
  });
});

describe('the books of both lots', () => {
  const all = DEVICES + SECOND;

  test.each(['deviceSerial', 'hwid', 'spkiSha256', 'fingerprint', 'certificateSerialNumber'] as const)(
    'have no %s twice at the station',
    (column) => {
      const { signed } = readBooks(dir);
      expect(signed).toHaveLength(all);
      expect(distinct(signed.map((row) => row[column]))).toBe(all);
    },
  );

  test.each(['deviceSerial', 'hwid', 'spkiSha256', 'fingerprint'] as const)(
    'have no %s twice at the service',
    (column) => {
      const { known } = readBooks(dir);
      expect(known).toHaveLength(all);
      expect(distinct(known.map((row) => row[column]))).toBe(all);
    },
  );

  test('say the same on both sides, of the keys that the boards themselves hold', () => {
    const { signed, known } = readBooks(dir);
    const plain = signed.map(({ certificateSerialNumber: _, ...row }) => ({ ...row, state: 'registered' }));
    expect(known).toEqual(plain);
    expect(heldKeys()).toEqual(signed.map(({ hwid, spkiSha256 }) => `${hwid} ${spkiSha256}`).sort());
  });

  test('made = registered + waiting + refused', () => {
    const { sync, known } = readBooks(dir);
    expect(sync.made).toBe(sync.registered + sync.waiting + sync.refused);
    expect(sync).toMatchObject({ made: all, registered: known.length });
  });

  test('signed = live + void + in work', () => {
    const { certificates } = readBooks(dir);
    expect(certificates).toEqual({ signed: all, live: all, void: 0, inWork: 0 });
  });
});

function heldKeys(): string[] {
  const devices = join(dir, 'devices');
  return readdirSync(devices, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => DeviceRecord.parse(JSON.parse(readFileSync(join(devices, name), 'utf8'))))
    .map(({ hwid, key }) => `${hwid} ${sha256(Buffer.from(key?.spki ?? '', 'base64'))}`)
    .sort();
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
