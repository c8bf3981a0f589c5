// Copies of the records: made while the line writes, read back, named last, and refused when they are not the records.
import {
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KeylineError } from '../domain/errors.ts';
import { systemClock } from '../station/clock.ts';
import { Recorder } from '../station/records/recorder.ts';
import { copyMaker } from './backup-folder.ts';
import { checkCopy } from './copy-check.ts';
import { openDataFolder } from './data-folder.ts';
import { openQueries } from './queries.ts';
import { copiesIn, copyRecords } from './records-copy.ts';
import { openStationDatabase } from './station-database.ts';
import { digest, sampleLot, samplePassed } from './station-sample.ts';
import { type OpenStationStore, openStationStore } from './station-store.ts';

let dir = '';
let open: OpenStationStore;
let recorder: Recorder;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-copy-'));
  const folder = openDataFolder(join(dir, 'station'), process.platform);
  open = openStationStore(folder.stationDatabase);
  recorder = new Recorder(open.store, systemClock);
  recorder.commit('station', (append) => {
    open.store.insertStation({ stationId: 'KL-1', practice: true, epoch: 1, createdMs: 1 });
    open.store.insertLot(sampleLot());
    append('station-created', { stationId: 'KL-1' });
  });
});
afterEach(() => {
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

function pass(number: number): void {
  recorder.commit('station', (append) => {
    samplePassed(open.store, number);
    append('job-passed', { number });
  });
}

function copyInto(to: string) {
  mkdirSync(to, { recursive: true });
  return open.copyTo(to);
}

test('a copy made while boards pass is whole, and ends at an event of the records', async () => {
  for (let number = 1; number <= 200; number++) pass(number);
  const copying = copyInto(join(dir, 'to'));
  for (let number = 201; number <= 220; number++) {
    pass(number);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const copy = await copying;
  const copied = openQueries(copy.file);
  const events = [...copied.auditEvents()];
  expect(events.at(-1)).toMatchObject({ seq: copy.seq, hash: copy.head });
  expect(copied.syncCounts().made).toBe(events.length - 1);
  expect(copy.seq).toBeGreaterThanOrEqual(201);
  copied.close();
  expect(readdirSync(join(dir, 'to')).filter((name) => !name.endsWith('.db'))).toEqual([]);
});

test('a copy that holds other records than these is refused and gets no name', async () => {
  const [own, other] = [join(dir, 'own.db'), join(dir, 'other.db')].map((path) => openStationDatabase(path));
  if (!own || !other) throw new Error('two databases were opened');
  for (const [index, database] of [own, other].entries())
    database.exec(`INSERT INTO station VALUES (1, 'KL-1', 0, 1, 5);
      INSERT INTO audit_event VALUES (1, 5, 'ann', 'station-created', '{}', '${'0'.repeat(64)}', '${digest(index)}')`);
  mkdirSync(join(dir, 'to'));
  // As if another hand had put another file in its place.
  await expect(copyRecords(own, other.name, join(dir, 'to'))).rejects.toMatchObject({ code: 'RECORDS_DAMAGED' });
  expect(readdirSync(join(dir, 'to'))).toEqual([]);
  own.close();
  other.close();
});

test('the last three copies are kept, the newest first', async () => {
  for (let number = 1; number <= 5; number++) {
    pass(number);
    await copyInto(join(dir, 'to'));
  }
  const kept = copiesIn(join(dir, 'to'));
  expect(kept.map((file) => Number(file.split('-').at(-2)))).toEqual([6, 5, 4]);
});

test('a copy of which one page is damaged is refused', async () => {
  for (let number = 1; number <= 50; number++) pass(number);
  const { file } = await copyInto(join(dir, 'to'));
  writeSync(openSync(file, 'r+'), Buffer.alloc(4096, 7), 0, 4096, 8 * 4096);
  await expect(checkCopy(file)).rejects.toMatchObject({ code: 'RECORDS_DAMAGED' });
});

test('a copy that was cut short is refused', async () => {
  pass(1);
  const { file } = await copyInto(join(dir, 'to'));
  writeFileSync(file, readFileSync(file).subarray(0, -4096));
  await expect(checkCopy(file)).rejects.toMatchObject({ code: 'RECORDS_DAMAGED' });
});

test('a folder that cannot be written is told, and leaves nothing behind', async () => {
  writeFileSync(join(dir, 'file'), '');
  const folder = openDataFolder(join(dir, 'station'), process.platform);
  const maker = copyMaker(folder, 'KL-1', open);
  const told = await maker.make(join(dir, 'file')).catch((error: unknown) => error);
  expect(told).toBeInstanceOf(KeylineError);
  expect(told).toMatchObject({ code: 'BACKUP_FAILED' });
});

test('what is left of a copy and cannot be taken away is told as a copy that failed', async () => {
  mkdirSync(join(dir, 'to', 'records.partial'), { recursive: true });
  await expect(copyInto(join(dir, 'to'))).rejects.toMatchObject({ code: 'BACKUP_FAILED' });
});

test('a disk that goes when its copy is made is told as a copy that failed', async () => {
  const folder = openDataFolder(join(dir, 'station'), process.platform);
  const copyTo = async (to: string) => {
    const copy = await open.copyTo(to);
    rmSync(to, { recursive: true });
    return copy;
  };
  const maker = copyMaker(folder, 'KL-1', { store: open.store, copyTo });
  await expect(maker.make(join(dir, 'to'))).rejects.toMatchObject({ code: 'BACKUP_FAILED' });
});

test('a copy that cannot be read shows no damage', async () => {
  await expect(checkCopy(join(dir, 'gone', 'records.db'))).rejects.toMatchObject({ code: 'BACKUP_FAILED' });
  await expect(checkCopy(join(dir, 'station'))).rejects.toMatchObject({ code: 'BACKUP_FAILED' });
});

test('keys are copied as their passphrase seals them, and one in clear or of a root is not', async () => {
  const folder = openDataFolder(join(dir, 'station'), process.platform);
  const pem = (label: string) => `-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`;
  mkdirSync(join(folder.keys, 'ca'));
  writeFileSync(join(folder.keys, 'station.key.pem'), pem('ENCRYPTED PRIVATE KEY'));
  writeFileSync(join(folder.keys, 'ca', 'root.key.pem'), pem('ENCRYPTED PRIVATE KEY'));
  writeFileSync(join(folder.keys, 'ca', 'root.pem'), pem('CERTIFICATE'));
  writeFileSync(join(folder.keys, 'ca', 'clear.pem'), pem('PRIVATE KEY'));
  writeFileSync(join(folder.keys, 'ca', 'mixed.pem'), pem('CERTIFICATE') + pem('EC PRIVATE KEY'));
  writeFileSync(join(folder.keys, 'pin'), '1234');
  const { file, otherDisk } = await copyMaker(folder, 'KL-1', open).make(join(dir, 'to'));
  const names = readdirSync(join(dir, 'to', 'KL-1', 'keys'), { recursive: true })
    .map(String)
    .sort();
  expect(names).toEqual(['ca', join('ca', 'root.pem'), 'station.key.pem']);
  expect({ otherDisk, mode: statSync(file).isFile() }).toEqual({ otherDisk: false, mode: true });
});
