// A device's evidence file is checked by nothing but itself: each event stands in a chain that ends in a checkpoint signed by
// the key in the file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { newSampleKey } from '../cloud/service-sample.ts';
import { sampleLot, samplePassed } from '../db/station-sample.ts';
import { type OpenStationStore, openStationStore, type StationStore } from '../db/station-store.ts';
import { AuditEvent } from '../domain/audit-event.ts';
import { isWholeSegment } from '../domain/chain-segment.ts';
import { SignedCheckpoint } from '../domain/checkpoint.ts';
import { deviceRecord } from '../test/samples/device-views.ts';
import { systemClock } from './clock.ts';
import { evidenceOf } from './device-evidence.ts';
import { isCheckpointOf } from './records/checkpoint-signature.ts';
import { Checkpoints } from './records/checkpoints.ts';
import { Recorder, sha256Text } from './records/recorder.ts';

const KEY = newSampleKey();
const File = z.object({
  stationKey: z.string(),
  stationCertificate: z.string().nullable(),
  events: z.array(AuditEvent),
  seals: z.array(z.object({ events: z.array(AuditEvent), checkpoint: SignedCheckpoint })),
});

let dir: string;
let open: OpenStationStore;
let store: StationStore;
let recorder: Recorder;
let of: { deviceId: number; jobId: number };
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-evidence-'));
  open = openStationStore(join(dir, 'station.db'));
  store = open.store;
  recorder = new Recorder(store, systemClock);
  store.transaction(() => {
    store.insertStation({ stationId: 'S', practice: false, epoch: 1, createdMs: 1 });
    store.insertLot(sampleLot());
    of = samplePassed(store, 1);
  });
  others(3);
});
afterEach(() => {
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

/** What happens to other boards. */
function others(events: number): void {
  recorder.commit('station', (append) => {
    for (let index = 0; index < events; index++) append('job-started', { jobId: 900 + index });
  });
}

function happens(type: 'job-started' | 'job-passed'): void {
  recorder.commit('station', (append) => append(type, { jobId: of.jobId }));
}

function checkpoint(): void {
  const sign = (text: string) => Buffer.from(KEY.sign(new TextEncoder().encode(text))).toString('base64');
  new Checkpoints(recorder, sign, () => {}).make(true);
}

function evidence(epoch = 1): z.infer<typeof File> {
  const device = store.device(of.deviceId);
  if (!device) throw new Error('there is no such device');
  const station = { stationId: 'S', practice: false, epoch, createdMs: 1 };
  const identity = { spki: KEY.spki, certificate: null };
  const shelf = { whole: [], requested: [] };
  const order = { books: store.devices, shelf, device, record: deviceRecord(), station, identity };
  return File.parse(JSON.parse(evidenceOf(order).text));
}

/** Numbers of its own events that the file itself proves: hashed anew up to a checkpoint that the key in it signed. */
function proved({ stationKey, events, seals }: z.infer<typeof File>): number[] {
  const spki = new Uint8Array(Buffer.from(stationKey, 'base64'));
  const held = seals.filter(({ events: stretch, checkpoint: signed }) => {
    const end = { seq: signed.checkpoint.seq, hash: signed.checkpoint.head };
    return isCheckpointOf(spki, signed) && isWholeSegment(stretch, end, sha256Text);
  });
  const hashes = new Set(held.flatMap(({ events: stretch }) => stretch.map(({ hash }) => hash)));
  return events.filter(({ hash }) => hashes.has(hash)).map(({ seq }) => seq);
}

test('each of its events is proved from the file alone, through what happened to other boards between', () => {
  happens('job-started');
  others(5);
  happens('job-passed');
  others(7);
  checkpoint();
  const file = evidence();
  expect(file.events.map(({ seq }) => seq)).toEqual([4, 10]);
  expect(proved(file)).toEqual([4, 10]);
  expect(file.seals.map(({ events }) => events.length)).toEqual([14]);
});

test('events of another day have a stretch of their own; what no checkpoint follows yet is in none', () => {
  happens('job-started');
  checkpoint();
  others(300);
  happens('job-passed');
  checkpoint();
  others(2);
  happens('job-passed');
  const file = evidence();
  expect(file.events).toHaveLength(3);
  expect(proved(file)).toEqual(file.events.slice(0, 2).map(({ seq }) => seq));
  expect(file.seals.map(({ events }) => events.length)).toEqual([1, 1]);
});

test('on a restored station the checkpoint of the epoch before still proves it', () => {
  happens('job-passed');
  others(1);
  checkpoint();
  const file = evidence(2);
  expect(proved(file)).toEqual(file.events.map(({ seq }) => seq));
  expect(file.seals[0]?.checkpoint.checkpoint.epoch).toBe(1);
});

test('one changed event anywhere in the stretch proves nothing', () => {
  happens('job-passed');
  others(2);
  checkpoint();
  const file = evidence();
  const [seal] = file.seals;
  if (!seal) throw new Error('there is no seal');
  const changed = seal.events.map((event, index) => (index === 1 ? { ...event, body: '{}' } : event));
  expect(proved({ ...file, seals: [{ ...seal, events: changed }] })).toEqual([]);
});

test('a stretch without end is not written: a checkpoint too far away, and the file stays small', () => {
  happens('job-passed');
  others(1_500);
  checkpoint();
  expect(evidence().seals).toEqual([]);
});
