// Where the boards of a lot stand, over books that are made by chance: counted once each, as SQL that this test writes by
// itself says, and as Devices says.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assert } from '../domain/errors.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { openStationDatabase } from './station-database.ts';
import { digest, sampleCertificate, sampleDevice, sampleJob, sampleLot } from './station-sample.ts';
import { type OpenStationStore, openStationStore } from './station-store.ts';

const MOST = { halfHours: 96, named: 5, copiedOutboxId: 0 };

let folder = '';
let opened: OpenStationStore;
let database: SqliteDatabase;
let made = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-lot-boards-'));
  opened = openStationStore(join(folder, 'station.db'));
  database = openStationDatabase(join(folder, 'station.db'));
});
afterAll(() => {
  database.close();
  opened.close();
  rmSync(folder, { recursive: true, force: true });
});

const LIVES = ['passed', 'failed', 'errored', 'aborted', 'running', 'rework', 'scrap', 'revoke', 'nameless'] as const;
const step = fc.record({ what: fc.constantFrom(...LIVES), inSecond: fc.boolean() });
/** What happens to one board after the other, in either of two lots. */
const books = fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 8 });

/** One board's life; what the records would refuse does not happen to it. */
function live(lots: readonly [string, string], steps: readonly { what: (typeof LIVES)[number]; inSecond: boolean }[]) {
  const { store } = opened;
  const number = ++made;
  let deviceId: number | null = null;
  let jobId: number | null = null;
  let certificateId: number | null = null;
  let over = false;
  for (const [at, { what, inSecond }] of steps.entries()) {
    const lotId = inSecond ? lots[1] : lots[0];
    if (what === 'nameless') {
      const nameless = store.insertJob(sampleJob(null, lotId));
      if (at % 2 === 0) store.endJob(nameless, 'errored', 'NO_ANSWER', 9);
      continue;
    }
    deviceId ??= store.insertDevice(sampleDevice(number));
    const runs = jobId !== null && store.runningJobOf(deviceId) !== null;
    if (what === 'rework') {
      if (jobId !== null && !runs && !over && certificateId === null && !store.inRework(deviceId))
        store.insertRework({ deviceId, reason: 'repaired', actorId: 'linh', nowMs: 10 });
    } else if (what === 'scrap') {
      if (jobId !== null && !runs && !store.scrapped(deviceId)) {
        store.insertScrap({ deviceId, reason: 'damaged', actorId: 'maria', nowMs: 11 });
        over = true;
      }
    } else if (what === 'revoke') {
      if (certificateId !== null && store.certificate(certificateId)?.state === 'live')
        store.setCertificateState(certificateId, 'void', 'REVOKED');
    } else if (!runs && !over && certificateId === null) {
      jobId = store.insertJob(sampleJob(deviceId, lotId));
      if (store.inRework(deviceId)) store.takeRework(deviceId, jobId);
      if (what === 'running') continue;
      if (what === 'passed') certificateId = sign(lotId, deviceId, jobId, number);
      store.endJob(jobId, what, what === 'passed' ? null : 'PROOF_FAILED', 3_000 + number);
    }
  }
}

function sign(lotId: string, deviceId: number, jobId: number, number: number): number {
  const { store } = opened;
  const deviceSerial = `S-${number}`;
  store.reserveSerial(lotId, deviceId, deviceSerial);
  const spki = new Uint8Array([number & 255, number >> 8]);
  store.insertKey({ spkiSha256: digest(number), spki, deviceId, jobId });
  const certificateId = store.insertCertificate(sampleCertificate(number, { deviceId, jobId, deviceSerial }, lotId));
  store.setCertificateSigned(certificateId, new Uint8Array([0x30, ...spki]), digest(1_000_000 + number));
  store.setCertificateState(certificateId, 'live', null);
  store.insertOutbox({ kind: 'register', payload: `{"n":${number}}`, certificateId });
  return certificateId;
}

/** Boards whose last job of all is in the lot, and those that went on from it to another one. */
const STAY = `SELECT device_id FROM (SELECT device_id, lot_id, row_number() OVER (PARTITION BY device_id ORDER BY job_id DESC)
  AS back FROM job WHERE device_id IS NOT NULL) WHERE back = 1 AND lot_id = :lot`;
const GONE = `SELECT device_id FROM job WHERE lot_id = :lot AND device_id IS NOT NULL EXCEPT ${STAY}`;
const SCRAPPED = 'SELECT device_id FROM scrap';
const WAITS = 'SELECT device_id FROM rework WHERE job_id IS NULL';
const LIVE = "SELECT device_id FROM certificate WHERE state = 'live'";
const DECIDED = `device_id NOT IN (${SCRAPPED}) AND device_id NOT IN (${WAITS})`;
const FREE = `device_id IN (${STAY}) AND ${DECIDED}`;

/** Outcome of the last job that each of these boards has in the lot. */
function lastWas(outcome: string): string {
  return `${outcome} AND NOT EXISTS (SELECT 1 FROM job AS later WHERE later.lot_id = :lot AND later.device_id = job.device_id
    AND later.job_id > job.job_id)`;
}

const OPEN = lastWas('outcome IS NULL');
const PASSED = lastWas("outcome = 'passed'");
const NEITHER = lastWas("outcome IN ('errored', 'aborted')");
const FAILED = lastWas("outcome = 'failed'");
const BY_SQL = {
  passed: `${PASSED} AND ((${FREE} AND device_id IN (${LIVE})) OR device_id IN (${GONE}))`,
  revoked: `${PASSED} AND ${FREE} AND device_id NOT IN (${LIVE})`,
  inWork: `(device_id IS NULL AND outcome IS NULL) OR (${OPEN} AND (${FREE} OR device_id IN (${GONE})))`,
  failed: `${FAILED} AND (${FREE} OR device_id IN (${GONE}))`,
  noVerdict: `device_id IS NOT NULL AND ${NEITHER} AND (${FREE} OR device_id IN (${GONE}))`,
  inRework: `device_id IN (${STAY}) AND device_id IN (${WAITS}) AND device_id NOT IN (${SCRAPPED})`,
  scrapped: `device_id IN (${STAY}) AND device_id IN (${SCRAPPED})`,
};

function bySql(lotId: string): Record<string, number> {
  return Object.fromEntries(
    Object.entries(BY_SQL).map(([place, where]) => {
      const sql = `SELECT count(DISTINCT coalesce('d' || device_id, 'j' || job_id)) FROM job WHERE lot_id = :lot AND (${where})`;
      return [place, number(sql, lotId)];
    }),
  );
}

function number(sql: string, lotId: string): number {
  const value: unknown = database.prepare(sql).pluck().get({ lot: lotId });
  assert(typeof value === 'number', 'a count');
  return value;
}

test('each board of a lot is counted once, where plain SQL and Devices say that it stands', () => {
  const seen = new Set<string>();
  const check = (boards: Parameters<typeof live>[1][]) => {
    const lots = [`A-${++made}`, `B-${made}`] as const;
    const { store } = opened;
    store.transaction(() => {
      for (const lotId of lots) store.insertLot(sampleLot(lotId));
      for (const steps of boards) live(lots, steps);
    });
    for (const lotId of lots) {
      const { places, inRework, notPassed } = store.lotPage(lotId, MOST);
      expect(places).toEqual(bySql(lotId));
      const total = Object.values(places).reduce((sum, each) => sum + each, 0);
      const boardsOf = `SELECT count(DISTINCT device_id) + count(*) FILTER (WHERE device_id IS NULL AND outcome IS NULL)
        FROM job WHERE lot_id = :lot`;
      expect(total).toBe(number(boardsOf, lotId));
      expect([inRework.length, notPassed.length]).toEqual(
        [places.inRework, places.failed + places.noVerdict].map((count) => Math.min(count, MOST.named)),
      );
      const reported = store.lotBoards(lotId);
      const named = database.prepare(
        `SELECT count(*) FROM job WHERE lot_id = :lot AND device_id IS NULL AND outcome IS NULL`,
      );
      for (const [place, count] of Object.entries(places)) {
        const nameless = place === 'inWork' ? Number(named.pluck().get({ lot: lotId })) : 0;
        expect(reported.filter((board) => board.place === place).length).toBe(count - nameless);
        if (count > 0) seen.add(place);
      }
      // Devices shows a board under each of its lots, with the one where it stands.
      const query = { text: '', lotId, seen: null, after: null, limit: 200 };
      const told = store.devices.find(query).devices.filter((device) => device.lotId === lotId);
      const gone = reported.length - told.length;
      expect(told.filter(({ state }) => state === 'scrapped').length).toBe(places.scrapped);
      expect(told.filter(({ state }) => state === 'in-rework').length).toBe(places.inRework);
      expect(told.filter(({ state }) => state === 'revoked').length).toBe(places.revoked);
      expect(gone).toBe(number(`SELECT count(*) FROM (${GONE})`, lotId));
    }
  };
  fc.assert(fc.property(books, check), { numRuns: 60 });
  // It looked at boards in every place.
  expect([...seen].toSorted()).toEqual(Object.keys(BY_SQL).toSorted());
});

test('a revoked board stands in the report with the certificate that it had, and one that is scrapped with its live one', () => {
  const { store } = opened;
  const lotId = `R-${++made}`;
  store.transaction(() => {
    store.insertLot(sampleLot(lotId));
    const steps = (...what: (typeof LIVES)[number][]) => what.map((each) => ({ what: each, inSecond: false }));
    live([lotId, lotId], steps('passed', 'revoke'));
    live([lotId, lotId], steps('passed', 'scrap'));
  });
  const boards = store.lotBoards(lotId);
  expect(boards.map(({ place }) => place)).toEqual(['revoked', 'scrapped']);
  expect(boards.map(({ fingerprint }) => fingerprint)).toEqual([
    digest(1_000_000 + made - 1),
    digest(1_000_000 + made),
  ]);
});
