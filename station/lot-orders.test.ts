// A close that writes off what did not come back: all of it with the lot's end, or nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digest, sampleIntended, sampleLot, samplePassed } from '../db/station-sample.ts';
import { type OpenStationStore, openStationStore, type StationStore } from '../db/station-store.ts';
import { LotOrders } from './lot-orders.ts';
import { certificateVoid } from './records/certificate-records.ts';
import { JobRecords } from './records/job-records.ts';
import { LotRecords } from './records/lot-records.ts';
import { recordAnswers } from './records/outbox-records.ts';
import { Recorder } from './records/recorder.ts';

let dir: string;
let open: OpenStationStore;
let store: StationStore;
let recorder: Recorder;
let orders: LotOrders;
let closed: number;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-orders-'));
  open = openStationStore(join(dir, 'station.db'));
  store = open.store;
  const clock = { nowMs: () => 9_000, monotonicMs: () => 0, after: () => () => {} };
  recorder = new Recorder(store, clock);
  closed = 0;
  orders = new LotOrders({
    ...{ recorder, jobs: new JobRecords(recorder), lots: new LotRecords(recorder) },
    sync: { checkpoint: () => {} },
    backups: { lotClosed: () => (closed += 1) },
    reports: { signAndPrint: async () => {} },
    running: () => null,
    notBeforeMs: () => 0,
  });
});
afterEach(() => {
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

/** A passed board that the service refused for another one, and one that was signed and did not come back. */
function conflictAndAway() {
  return recorder.commit('station', () => {
    store.insertLot(sampleLot('LOT-1', { state: 'released' }));
    const refused = samplePassed(store, 1);
    const away = sampleIntended(store, 2);
    store.setCertificateSigned(away.certificateId, new Uint8Array([0x30, 0x82, 2]), digest(1_000_002));
    return { refused, away };
  });
}
const close = () => orders.command('ann', { lotId: 'LOT-1', command: 'close', because: null, writeOff: true });

test('a close that is refused has written nothing off; one that is taken is whose word it is', () => {
  const { refused, away } = conflictAndAway();
  recordAnswers(recorder, [{ id: 1, state: 'refused', code: 'DEVICE_TAKEN' }]);
  expect(close).toThrow(expect.objectContaining({ code: 'LOT_HAS_CONFLICTS' }));
  expect(store.job(away.jobId)).toMatchObject({ outcome: null });
  expect(store.certificate(away.certificateId)).toMatchObject({ state: 'signed' });
  expect(closed).toBe(0);

  recorder.commit('officer', (append) => {
    const row = store.certificate(refused.certificateId);
    if (row) certificateVoid(store, append, row, 'WRITTEN_OFF');
  });
  close();
  expect(store.job(away.jobId)).toMatchObject({ outcome: 'aborted', code: 'WRITTEN_OFF' });
  expect(store.certificate(away.certificateId)).toMatchObject({ state: 'void', reason: 'WRITTEN_OFF' });
  expect(store.lot('LOT-1')).toMatchObject({ state: 'closed' });
  expect(closed).toBe(1);
  const ended = store.eventsBefore(1_000, 10).find(({ type }) => type === 'job-aborted');
  expect(ended).toMatchObject({ actorId: 'ann' });
});
