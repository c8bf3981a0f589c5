// `npm run long:backlog -- --devices 100000 --kills 20 --json`: many devices made without a network, then synced while the
// service is killed and takes 100 registrations a second, then freely. All are registered once, memory stays flat, and
// the free rate is at least half of what the service takes alone in the same run.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchCa } from '../../bench/bench-ca.ts';
import { freshToken } from '../../cli/practice/service-process.ts';
import { sampleLot } from '../../db/station-sample.ts';
import { openStationStore } from '../../db/station-store.ts';
import { pause } from '../../domain/seams.ts';
import { buildCsr } from '../../pki/csr.ts';
import { OID } from '../../pki/oids.ts';
import { systemClock } from '../../station/clock.ts';
import { newKey, signWith, spkiOf } from '../../station/identity/file-signer.ts';
import type { Issuer } from '../../station/identity/issuer.ts';
import { localIssuer } from '../../station/identity/local-issuer.ts';
import { connectSecurityService, enrolStation } from '../../station/outbox/connectors/security-service.ts';
import { makeOutbox } from '../../station/outbox/outbox.ts';
import { systemRandom } from '../../station/random.ts';
import { recordAnswers } from '../../station/records/outbox-records.ts';
import { Recorder } from '../../station/records/recorder.ts';
import { KilledService, throttled } from './killed-service.ts';
import { LOT, makeDevices } from './made-devices.ts';

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '100000' },
    kills: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
});
const [devices, kills] = [Number(values.devices), Number(values.kills)];
/** Parts of the free drain. Before each, the service takes some entries alone: both rates meet the same machine. */
const PARTS = 8;
/** What is sent alone before each part. */
const ALONE = 1_000;
const BATCH = 200;
const BETWEEN_KILLS_MS = 2_000;
const MEMORY_EVERY_MS = 100;
const MB = 1024 * 1024;

const dir = mkdtempSync(join(tmpdir(), 'keyline-backlog-'));
const service = new KilledService(join(dir, 'cloud'));

/** A station of its own at the service, with its CA known. */
async function enrol(stationId: string, issuer: Issuer) {
  const key = newKey();
  const spki = spkiOf(key);
  const request = buildCsr({ type: OID.commonName, value: stationId }, spki, (message) => signWith(key, message));
  const token = await freshToken(join(dir, 'cloud'));
  const address = { serviceUrl: service.url, serviceCaPem: service.caPem };
  const enrolment = await enrolStation({ ...address, token, stationId, practice: true, request, spki });
  const connect = () => connectSecurityService(enrolment, key.export({ type: 'pkcs8', format: 'pem' }).toString());
  const cloud = connect();
  await cloud.registerIssuer({ ...issuer.chain, proof: await issuer.claim(stationId) });
  await cloud.close();
  return { enrolment, connect };
}

function station(name: string, devicesToCome: number) {
  mkdirSync(join(dir, name));
  const { store, close } = openStationStore(join(dir, name, 'station.db'));
  const recorder = new Recorder(store, systemClock);
  const range = `B-000000..B-999999`;
  recorder.commit('station', (append) => {
    store.insertStation({ stationId: name, practice: true, epoch: 1, createdMs: 1 });
    store.insertLot(sampleLot(LOT, { quantity: devicesToCome, spare: 0, serialRange: range, state: 'released' }));
    append('station-created', { stationId: name });
  });
  return { store, recorder, close };
}

interface Pace {
  entries: number;
  ms: number;
}

const perSecond = ({ entries, ms }: Pace) => Math.round(entries / (ms / 1000));

/** What the service takes from one connection that does nothing else: `send` sends another `ALONE` entries. */
async function aloneStation(): Promise<{ readonly pace: Pace; send(): Promise<void>; close(): Promise<void> }> {
  const ca = await benchCa(join(dir, 'alone-keys'));
  const { store, recorder, close } = station('KL-alone', PARTS * ALONE);
  // Serials of their own: the service knows one device a serial.
  await makeDevices(recorder, ca, 900_000, PARTS * ALONE);
  const { connect } = await enrol('KL-alone', localIssuer(ca.ca, ca.signer, systemRandom));
  const texts = store.waiting(PARTS * ALONE).map(({ payload }) => payload);
  const cloud = connect();
  const pace: Pace = { entries: 0, ms: 0 };
  return {
    pace,
    async send() {
      const beganMs = systemClock.monotonicMs();
      for (const end = pace.entries + ALONE; pace.entries < end; pace.entries += BATCH)
        await cloud.sendBatch(texts.slice(pace.entries, pace.entries + BATCH));
      pace.ms += systemClock.monotonicMs() - beganMs;
    },
    async close() {
      await cloud.close();
      close();
    },
  };
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Megabytes in use at the start and at the end of what was watched. */
function growth(samples: readonly number[]): { firstMb: number; lastMb: number } {
  const third = Math.max(1, Math.floor(samples.length / 3));
  const of = (part: readonly number[]) => Math.round(median([...part].sort((a, b) => a - b)) / MB);
  return { firstMb: of(samples.slice(0, third)), lastMb: of(samples.slice(-third)) };
}

try {
  await service.start();
  const alone = await aloneStation();
  const ca = await benchCa(join(dir, 'keys'));
  const { store, recorder, close } = station('KL-backlog', devices);
  await makeDevices(recorder, ca, 0, devices);
  const { enrolment, connect } = await enrol('KL-backlog', localIssuer(ca.ca, ca.signer, systemRandom));
  let limit: number | null = 100;
  const opened = () =>
    makeOutbox({
      ...{ clock: systemClock, random: systemRandom, claims: async () => [], registered() {}, attempted() {} },
      enrolments: { enrolment: () => enrolment, saveEnrolment() {} },
      store: { ...store, answered: (answers) => recordAnswers(recorder, answers) },
      connect: () => throttled(connect(), systemClock, () => limit),
    });
  const stop = new AbortController();
  const running = opened().run(stop.signal);
  for (let kill = 0; kill < kills; kill++) {
    await pause(systemClock, BETWEEN_KILLS_MS);
    await service.end('SIGKILL');
    await service.start();
  }
  stop.abort();
  await running;
  const limited = store.counts();
  limit = null;
  const samples: number[] = [];
  const free: Pace = { entries: 0, ms: 0 };
  for (let part = 1; part <= PARTS; part++) {
    await alone.send();
    const before = store.counts().waiting;
    const left = Math.floor((limited.waiting * (PARTS - part)) / PARTS);
    const over = new AbortController();
    const beganMs = systemClock.monotonicMs();
    const sending = opened().run(over.signal);
    while (store.counts().waiting > left) {
      samples.push(process.memoryUsage().rss);
      await pause(systemClock, MEMORY_EVERY_MS);
    }
    free.entries += before - store.counts().waiting;
    free.ms += systemClock.monotonicMs() - beganMs;
    over.abort();
    await sending;
  }
  await alone.close();
  const counts = store.counts();
  const cloud = connect();
  const held = await cloud.counts();
  await cloud.close();
  close();
  const memory = growth(samples);
  const figures = {
    ...{ devices, kills, made: counts.made, registered: counts.registered, refused: counts.refused },
    ...{ atService: held.registered, conflicts: held.conflicts, registeredWhileLimited: limited.registered },
    ...{ aloneRate: perSecond(alone.pace), freeRate: perSecond(free), ...memory },
  };
  const allOnce = counts.registered === devices && held.registered === devices && held.conflicts === 0;
  const flat = memory.lastMb <= memory.firstMb * 1.25;
  const ok = allOnce && flat && perSecond(free) >= perSecond(alone.pace) / 2;
  console.info(values.json ? JSON.stringify({ ok, ...figures }) : `${ok ? 'well' : 'BAD'} ${JSON.stringify(figures)}`);
  process.exitCode = ok ? 0 : 1;
} finally {
  await service.end('SIGTERM');
  rmSync(dir, { recursive: true, force: true });
}
