// What vouches for a device's last word: a checkpoint that meets the chain and that this station's key signed, nothing less.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newSampleKey } from '../cloud/service-sample.ts';
import { type OpenStationStore, openStationStore, type StationStore } from '../db/station-store.ts';
import { systemClock } from './clock.ts';
import { sealOf } from './device-seal.ts';
import { Checkpoints } from './records/checkpoints.ts';
import { Recorder } from './records/recorder.ts';

const OWN = newSampleKey();
const OTHER = newSampleKey();

let dir: string;
let open: OpenStationStore;
let store: StationStore;
let recorder: Recorder;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-seal-'));
  open = openStationStore(join(dir, 'station.db'));
  store = open.store;
  store.transaction(() => store.insertStation({ stationId: 'S', practice: false, epoch: 1, createdMs: 1 }));
  recorder = new Recorder(store, systemClock);
  happen(4);
});
afterEach(() => {
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

function happen(events: number): void {
  recorder.commit('station', (append) => {
    for (let index = 0; index < events; index++) append('line-started', { index });
  });
}

function checkpoint(key = OWN): void {
  const sign = (text: string) => Buffer.from(key.sign(new TextEncoder().encode(text))).toString('base64');
  new Checkpoints(recorder, sign, () => {}).make(true);
}

function seal(seq = 3, spki: Uint8Array | null = OWN.spki, hash = store.eventHash(seq) ?? '') {
  return sealOf({ books: store.devices, epoch: 1, spki }, { seq, hash });
}

test('a checkpoint of this station, met by the chain, makes it whole', () => {
  checkpoint();
  expect(seal()).toEqual({ seq: 3, before: 2, after: 4, state: 'whole' });
});

test('a checkpoint that another key signed breaks it, however well the chain fits', () => {
  checkpoint(OTHER);
  expect(seal().state).toBe('broken');
});

test('before the next checkpoint nothing vouches for it, and that is no alarm', () => {
  expect(seal().state).toBe('open');
  checkpoint();
  happen(2);
  expect(seal(6).state).toBe('open');
});

test('a checkpoint that is too far to be read up to vouches for nothing', () => {
  happen(1_200);
  checkpoint();
  expect(seal().state).toBe('open');
  expect(seal(900).state).toBe('whole');
});

test('where nobody can say which key is the station, no checkpoint vouches for it', () => {
  checkpoint();
  expect(seal(3, null).state).toBe('open');
});

test('a word that is not the one in the chain is broken, with a checkpoint and without', () => {
  expect(seal(3, OWN.spki, 'ab'.repeat(32)).state).toBe('broken');
  checkpoint();
  expect(seal(3, OWN.spki, 'ab'.repeat(32)).state).toBe('broken');
});
