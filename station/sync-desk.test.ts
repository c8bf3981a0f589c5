// What whoever watches hears of the sending while the network breaks, boards pass, and it comes back.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digest, sampleIntended, sampleLot } from '../db/station-sample.ts';
import { openStationStore, type StationStore } from '../db/station-store.ts';
import { KeylineError } from '../domain/errors.ts';
import type { StationEvent } from '../domain/station-event.ts';
import type { CloudConnector } from './outbox/connectors/cloud-connector.ts';
import { Recorder } from './records/recorder.ts';
import { SyncDesk } from './sync-desk.ts';

const QUIET = { info() {}, warn() {}, error() {} };
const ENROLMENT = { serviceUrl: 'https://localhost', serviceCaPem: 'CA', stationCertificatePem: 'S' };

/** Time passes when the test says so. */
class HandClock {
  #timers: { readonly atMs: number; readonly act: () => void }[] = [];
  #nowMs = 0;
  nowMs = () => this.#nowMs;
  monotonicMs = () => this.#nowMs;
  after(delayMs: number, act: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, act };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }
  /** Promises settle between the timers: turns of the event loop, more than any of them takes. */
  async pass(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    for (;;) {
      await settled();
      const [next] = this.#timers.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs);
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#nowMs = next.atMs;
      next.act();
    }
    this.#nowMs = endMs;
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

let dir: string;
let records: { store: StationStore; close(): void };
let clock: HandClock;
let desk: SyncDesk;
let start: () => SyncDesk;
/** The disk does not give the waiting entries. */
let unread: boolean;
let online: boolean;
let told: string[];
let made: number;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-sync-'));
  records = openStationStore(join(dir, 'station.db'));
  const { store } = records;
  store.transaction(() => {
    store.insertStation({ stationId: 'KL-1', practice: true, epoch: 1, createdMs: 1 });
    store.insertLot(sampleLot());
  });
  store.saveEnrolment(ENROLMENT);
  [clock, online, told, made] = [new HandClock(), true, [], 0];
  const random = { bytes: (length: number) => new Uint8Array(length) };
  const onBug = (bug: unknown) => {
    throw bug;
  };
  unread = false;
  const waiting: StationStore['waiting'] = (limit) => {
    if (unread) throw new KeylineError('DATA_FOLDER_UNUSABLE', 'SQLITE_IOERR_READ');
    return store.waiting(limit);
  };
  const outbox = { ...store, waiting };
  start = () =>
    new SyncDesk({
      parts: { clock, random, log: QUIET, onBug, stores: { outbox, enrolments: store, settings: store } },
      claims: { waiting: async () => [], registered() {} },
      recorder: new Recorder(store, clock),
      tell,
      notCopied: () => 0,
    });
  desk = start();
  desk.begin({ issuers: [], connect: () => service, checkpoints: null, factorySecrets: new Map() });
});
afterEach(async () => {
  await desk.close();
  records.close();
  rmSync(dir, { recursive: true, force: true });
});

function tell(event: StationEvent): void {
  if (event.type !== 'sync-changed') return;
  const { made, registered, waiting, online: is } = event.sync;
  told.push(`${made} = ${registered} + ${waiting}, ${is ? 'online' : 'offline'}`);
}

function reached(): void {
  if (!online) throw new KeylineError('SERVICE_UNREACHABLE', 'ECONNREFUSED');
}

const service: CloudConnector = {
  async registerIssuer() {},
  async sendBatch(payloads) {
    reached();
    return payloads.map(() => ({ result: 'created' }));
  },
  async sendCheckpoint() {},
  async counts() {
    reached();
    return { registered: 0, void: 0, unclaimed: 0, conflicts: 0, checkpoint: null };
  },
  async close() {},
};

/** A board passes: its record, then the end of its job. */
function pass(): void {
  const { store } = records;
  made += 1;
  store.transaction(() => {
    const { jobId, certificateId, deviceSerial } = sampleIntended(store, made);
    store.setCertificateSigned(certificateId, new Uint8Array([0x30, made]), digest(1000 + made));
    store.setCertificateState(certificateId, 'installed', null);
    store.setCertificateState(certificateId, 'live', null);
    const device = { deviceSerial, hwid: 'aabbccddeeff', hardwareType: '1.2.3', model: 'aq', lotId: 'LOT-1' };
    const certificate = { certificate: 'AAAA', issuerId: digest(9), simulated: true };
    store.insertOutbox({
      kind: 'register',
      payload: JSON.stringify({ kind: 'register', ...device, ...certificate }),
      certificateId,
    });
    store.endJob(jobId, 'passed', null, 3000 + made);
  });
  desk.changed();
}

test('a network that breaks is heard of with the first board that cannot be sent, and what waits rises with each', async () => {
  await clock.pass(1_000);
  online = false;
  pass();
  await clock.pass(1_000);
  pass();
  await clock.pass(1_000);
  expect(told).toEqual(['0 = 0 + 0, online', '1 = 0 + 1, offline', '2 = 0 + 2, offline']);
});

test('boards that pass together are told as one change, and a failed attempt that changes nothing as none', async () => {
  await clock.pass(1_000);
  online = false;
  for (let board = 0; board < 16; board++) pass();
  await clock.pass(60_000);
  expect(told).toEqual(['0 = 0 + 0, online', '16 = 0 + 16, offline']);
});

test('a sync that is asked for when the network is back is heard at once, and the next boards are sent within seconds', async () => {
  online = false;
  pass();
  await clock.pass(3_600_000);
  online = true;
  const { waiting } = await desk.once();
  expect({ waiting, last: told.at(-1) }).toEqual({ waiting: 0, last: '1 = 1 + 0, online' });
  pass();
  await clock.pass(2_000);
  expect(told.at(-1)).toBe('2 = 2 + 0, online');
});

test('a fork that a carried receipt proves stops the station, after a restart too, until a restore takes a new epoch', async () => {
  expect(desk.stoppedBy).toBeNull();
  desk.forked(new KeylineError('STATION_FORKED', 'a receipt says so'));
  const fork = { code: 'STATION_FORKED', detail: 'a receipt says so' };
  expect(desk.stoppedBy).toEqual(fork);
  await desk.close();
  desk = start();
  expect(desk.stoppedBy).toEqual(fork);
  records.store.transaction(() => records.store.setEpoch(2));
  expect(desk.stoppedBy).toBeNull();
});

test('records that could not be read once are no fork: what is made afterwards leaves', async () => {
  await clock.pass(1_000);
  unread = true;
  await clock.pass(1_000);
  unread = false;
  pass();
  await clock.pass(60_000);
  expect(told.at(-1)).toBe('1 = 1 + 0, online');
  expect(desk.stoppedBy).toBeNull();
  await desk.close();
  desk = start();
  expect(desk.stoppedBy).toBeNull();
});

test('a fork whose mark was written by another hand is no word that all is well', () => {
  records.store.transaction(() => records.store.saveSetting('fork', '{"epoch":"1"}'));
  expect(() => desk.stoppedBy).toThrow(expect.objectContaining({ code: 'RECORDS_DAMAGED' }));
});

test('nothing is told of a desk that is closed', async () => {
  pass();
  await desk.close();
  await clock.pass(10_000);
  expect(told).toEqual([]);
});
