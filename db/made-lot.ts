// A whole lot on record for tests and measurements: of 100 boards 94 pass at once, 4 at their second try, 2 do not; and a
// board in 40 never says who it is at first. On 16 slots, in four hours.
import { Stage } from '../domain/job.ts';
import { digest, sampleCertificate, sampleDevice, sampleJob, sampleLot } from './station-sample.ts';
import type { StationStore } from './station-store.ts';

/** Devices a transaction. */
const AT_ONCE = 1_000;
/** Numbers of two lots' devices lie so far apart. */
const APART = 100_000;
const FOUR_HOURS_MS = 14_400_000;
const SLOTS = 16;
const TRY_MS = 20_000;

interface Board {
  readonly lotId: string;
  /** Of all boards on record; `n` of those of its lot, from 1. */
  readonly number: number;
  readonly n: number;
  readonly endedMs: number;
}

/** `number`: 0, 1, ... one a lot of the same database. The answer is the lot's name. */
export function makeLot(store: StationStore, number: number, devices: number, recipe = '{"keyline":1}'): string {
  const lotId = `LOT-${number + 1}`;
  const createdMs = number * FOUR_HOURS_MS;
  store.transaction(() => store.insertLot(sampleLot(lotId, { quantity: devices, recipe, createdMs })));
  for (let from = 1; from <= devices; from += AT_ONCE)
    store.transaction(() => {
      for (let n = from; n < from + AT_ONCE && n <= devices; n++)
        makeBoard(store, {
          ...{ lotId, number: number * APART + n, n },
          endedMs: createdMs + 2 * TRY_MS + Math.floor((FOUR_HOURS_MS / devices) * n),
        });
    });
  return lotId;
}

function makeBoard(store: StationStore, board: Board): void {
  const { lotId, number, n, endedMs } = board;
  if (n % 40 === 0) store.endJob(openJob(store, board, null), 'errored', 'NO_ANSWER', endedMs - TRY_MS);
  const deviceId = store.insertDevice(sampleDevice(number));
  if (n % 50 === 0) return store.endJob(openJob(store, board, deviceId), 'failed', 'PROOF_FAILED', endedMs);
  if (n % 25 === 1) store.endJob(openJob(store, board, deviceId), 'failed', 'FIRMWARE_DIFFERS', endedMs - TRY_MS);
  const jobId = openJob(store, board, deviceId);
  const deviceSerial = `${lotId}-${String(n).padStart(6, '0')}`;
  store.reserveSerial(lotId, deviceId, deviceSerial);
  const spki = new Uint8Array([number & 255, (number >> 8) & 255, (number >> 16) & 255]);
  store.insertKey({ spkiSha256: digest(number), spki, deviceId, jobId });
  const certificateId = store.insertCertificate(sampleCertificate(number, { deviceId, jobId, deviceSerial }, lotId));
  store.setCertificateSigned(certificateId, new Uint8Array([0x30, ...spki]), digest(10_000_000 + number));
  store.setCertificateState(certificateId, 'live', null);
  store.insertOutbox({ kind: 'register', payload: `{"n":${number}}`, certificateId });
  const stages = Stage.options.map((stage, index) => ({ stage, ms: 900 + 400 * index + (n % 7) * 10 }));
  store.setJobState(jobId, '{"at":"over"}', 1, JSON.stringify(stages));
  store.endJob(jobId, 'passed', null, endedMs);
}

function openJob(store: StationStore, { lotId, n, endedMs }: Board, deviceId: number | null): number {
  return store.insertJob({
    ...sampleJob(deviceId, lotId),
    ...{ slot: String(1 + (n % SLOTS)), startedMs: endedMs - 2 * TRY_MS },
  });
}
