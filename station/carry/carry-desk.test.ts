// What a station writes to carry out, and which receipts it believes.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openAuthority, type ServiceAuthority } from '../../cloud/service-authority.ts';
import { bundleFile } from '../../db/bundle-file.ts';
import { digest, sampleLot, samplePassed } from '../../db/station-sample.ts';
import { type OpenStationStore, openStationStore, type StationStore } from '../../db/station-store.ts';
import { carriedText, readCarried } from '../../domain/carried-file.ts';
import type { KeylineError } from '../../domain/errors.ts';
import { systemClock } from '../clock.ts';
import { systemRandom } from '../random.ts';
import { Recorder, sha256Text } from '../records/recorder.ts';
import { CarryDesk } from './carry-desk.ts';

const ANN = '00112233aabbccdd';

let cloudDir: string;
let service: ServiceAuthority;
beforeAll(async () => {
  cloudDir = mkdtempSync(join(tmpdir(), 'keyline-carry-'));
  service = await openAuthority(cloudDir, true, { clock: systemClock, random: systemRandom });
});
afterAll(() => rmSync(cloudDir, { recursive: true, force: true }));

let dir: string;
let open: OpenStationStore;
let store: StationStore;
let desk: CarryDesk;
let caPem: string;
/** What ended this station's work for good. */
let ended: KeylineError[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-carry-'));
  mkdirSync(join(dir, 'data'));
  open = openStationStore(join(dir, 'data', 'station.db'));
  store = open.store;
  const recorder = new Recorder(store, systemClock);
  recorder.commit('station', (append) => {
    store.insertStation({ stationId: 'KL-1', practice: true, epoch: 1, createdMs: 1 });
    append('station-created', {});
    store.insertLot(sampleLot());
    for (let number = 1; number <= 5; number++) samplePassed(store, number);
  });
  caPem = service.caPem;
  ended = [];
  desk = new CarryDesk({
    ...{ recorder, store, claims: async () => [], sign: () => () => 'AAAA', changed() {} },
    forked: (error) => ended.push(error),
    keep: bundleFile(join(dir, 'data')),
    enrolment: () => ({ serviceUrl: 'https://localhost', serviceCaPem: caPem, stationCertificatePem: 'S' }),
  });
});
afterEach(() => {
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

const file = (name: string) => join(dir, name);

/** Receipt for these entries; `sign` by the service unless somebody else does. */
function receipt(ids: readonly number[], change: object = {}, sign = service.sign): string {
  const lines = ids.map((id) => ({
    ...{ id, payloadSha256: sha256Text(store.outboxEntry(id)?.payload ?? 'another'), refused: null },
  }));
  const head = { stationId: 'KL-1', practice: true, bundleSha256: '0'.repeat(64), writtenMs: 5, ...change };
  const text = carriedText('receipt', { keyline: 'receipt-1', ...head }, lines, { sha256: sha256Text, sign });
  writeFileSync(file('in'), text);
  return file('in');
}

/** Seal of a bundle that is written now, as the service's receipt names it. */
async function writtenSeal(): Promise<string> {
  await desk.write(ANN, file('out'), 0);
  const read = readCarried('bundle', readFileSync(file('out'), 'utf8'), sha256Text, () => true);
  return read.ok ? read.sha256 : read.reason;
}

function refusal(path: string): string {
  try {
    desk.receive(path);
    return 'nothing was refused';
  } catch (error) {
    return String(error);
  }
}

test('a bundle holds the very bytes that wait, and a second one what waits after it', async () => {
  const first = await desk.write(ANN, file('out'), 0);
  expect(first).toMatchObject({ entries: 5, lastId: 5, more: false });
  const read = readCarried('bundle', readFileSync(file('out'), 'utf8'), sha256Text, () => true);
  const payloads = read.ok ? read.lines.flatMap((line) => ('id' in line ? [line.payload] : [])) : [];
  expect(payloads).toEqual(store.waiting(10).map(({ payload }) => payload));
  expect(await desk.write(ANN, file('out'), 3)).toMatchObject({ entries: 2, lastId: 5 });
  expect(store.waiting(10)).toHaveLength(5);
});

test('a folder that takes no file is told, and nothing lies there', async () => {
  await expect(desk.write(ANN, join(dir, 'nowhere', 'out'), 0)).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
});

test('who wrote a bundle is on record', async () => {
  await desk.write(ANN, file('out'), 0);
  const sha256 = sha256Text(readFileSync(file('out'), 'utf8'));
  const [event] = store.eventsBefore(1_000, 1);
  expect(event).toMatchObject({ type: 'bundle-written', actorId: ANN });
  expect(JSON.parse(event?.body ?? '')).toMatchObject({ entries: 5, lastId: 5, sha256 });
});

test('a bundle never takes the place of the records', async () => {
  const before = readFileSync(join(dir, 'data', 'station.db'));
  const written = desk.write(ANN, join(dir, 'data', 'station.db'), 0);
  await expect(written).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
  expect(readFileSync(join(dir, 'data', 'station.db'))).toEqual(before);
});

test('a receipt marks its entries once', () => {
  expect(desk.receive(receipt([1, 2]))).toEqual({ accepted: 2, refused: 0, known: 0 });
  expect(desk.receive(receipt([1, 2, 3]))).toEqual({ accepted: 1, refused: 0, known: 2 });
  expect(store.waiting(10).map(({ id }) => id)).toEqual([4, 5]);
});

test('a receipt that is read again says nothing of an entry that was sent again since; the next bundle’s does', async () => {
  const old = receipt([1, 2], { bundleSha256: await writtenSeal() });
  expect(desk.receive(old)).toMatchObject({ accepted: 2 });
  new Recorder(store, systemClock).commit(ANN, (append) => {
    const { certificateId } = store.certificateByFingerprint(digest(1_000_001)) ?? { certificateId: 0 };
    expect(store.sendAgain(certificateId, 'register')).toBe(true);
    append('registration-resent', { certificateId, kind: 'register' });
  });
  expect(desk.receive(old)).toEqual({ accepted: 0, refused: 0, known: 2 });
  expect(store.waiting(10).map(({ id }) => id)).toEqual([1, 3, 4, 5]);
  // Nor does one of a bundle that is not on record.
  expect(desk.receive(receipt([1, 3]))).toEqual({ accepted: 1, refused: 0, known: 1 });
  expect(desk.receive(receipt([1, 2], { bundleSha256: await writtenSeal() }))).toMatchObject({ accepted: 1, known: 1 });
  expect(store.waiting(10).map(({ id }) => id)).toEqual([4, 5]);
});

// A pipe would hold the test itself for ever: a device and a folder are known by the same look.
test.runIf(process.platform !== 'win32')('what is no file is refused before it is read', () => {
  expect(refusal('/dev/null')).toMatch(/cannot be read.*it is no file/);
  expect(refusal(dir)).toMatch(/cannot be read.*it is no file/);
  expect(refusal('package.json')).toMatch(/cannot be read.*begins at the top of the disk/);
});

test('a receipt of another service, for another station, or for bytes that were never written is refused whole', async () => {
  const otherDir = mkdtempSync(join(tmpdir(), 'keyline-carry-'));
  const other = await openAuthority(otherDir, true, { clock: systemClock, random: systemRandom });
  rmSync(otherDir, { recursive: true, force: true });
  expect(refusal(receipt([1], {}, other.sign))).toMatch(/its seal is of somebody else/);
  expect(refusal(receipt([1], { stationId: 'KL-2' }))).toMatch(/it is for station KL-2/);
  expect(refusal(receipt([1, 99]))).toMatch(/an entry 99 that this station never wrote/);
  expect(refusal(file('nothing'))).toMatch(/cannot be read/);
  expect(store.waiting(10)).toHaveLength(5);
});

describe('checkpoints', () => {
  /** More than one bundle holds. */
  const MADE = 10_003;
  const pinnedAt = (seq: number) => ({ epoch: 1, seq, head: digest(seq) });

  beforeEach(() => {
    store.transaction(() => {
      for (let seq = 1; seq <= MADE; seq++) {
        const prev = { prevSeq: seq - 1, prevHead: digest(seq - 1) };
        store.insertCheckpoint({
          checkpoint: { stationId: 'KL-1', ...pinnedAt(seq), ...prev, timeMs: 1 },
          signature: 'AA==',
        });
      }
    });
  });

  /** First and last checkpoint of the next bundle. */
  async function carried(): Promise<(number | undefined)[]> {
    await desk.write(ANN, file('out'), 0);
    const read = readCarried('bundle', readFileSync(file('out'), 'utf8'), sha256Text, () => true);
    const seqs = read.ok
      ? read.lines.flatMap((line) => ('checkpoint' in line ? [line.checkpoint.checkpoint.seq] : []))
      : [];
    return [seqs.at(0), seqs.at(-1)];
  }

  test('of a long life leave too: the next bundle goes on where the service says that it stands', async () => {
    expect(await carried()).toEqual([1, 10_000]);
    desk.receive(receipt([1], { pinned: pinnedAt(10_000) }));
    expect(await carried()).toEqual([10_000, MADE]);
    // An older receipt that is read again leads nowhere back.
    desk.receive(receipt([1], { pinned: pinnedAt(5_000) }));
    expect(await carried()).toEqual([10_000, MADE]);
  });

  test('go from the first again to a service that is another one', async () => {
    desk.receive(receipt([1], { pinned: pinnedAt(10_000) }));
    caPem = `${service.caPem}another`;
    expect(await carried()).toEqual([1, 10_000]);
  });

  test('of which is kept what no receipt left are of another hand, and no bug', async () => {
    store.saveSetting('carriedCheckpoint', '{}');
    const damaged = expect.objectContaining({ code: 'RECORDS_DAMAGED' });
    expect(() => desk.receive(receipt([1], { pinned: pinnedAt(7) }))).toThrow(damaged);
    await expect(desk.write(ANN, file('out'), 0)).rejects.toEqual(damaged);
  });

  test('that are not in these records mean that two stations work under one name: nothing of that receipt is marked, and all ends', () => {
    desk.receive(receipt([], { pinned: pinnedAt(7) }));
    expect(refusal(receipt([1], { stationId: 'KL-2', pinned: { ...pinnedAt(7), head: digest(8) } }))).toMatch(/KL-2/);
    expect(ended).toEqual([]);
    expect(refusal(receipt([1], { pinned: { ...pinnedAt(7), head: digest(8) } }))).toMatch(/not in these records/);
    expect(refusal(receipt([1], { pinned: { ...pinnedAt(7), epoch: 2 } }))).toMatch(/not in these records/);
    expect(ended.map(({ code }) => code)).toEqual(['STATION_FORKED', 'STATION_FORKED']);
    expect(store.waiting(10)).toHaveLength(5);
  });
});
