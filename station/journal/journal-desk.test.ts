// The journal over real records: what people find in it, and that it shows a changed entry instead of stumbling.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openAuthority, type ServiceAuthority } from '../../cloud/service-authority.ts';
import { spkiOf } from '../../db/audit-check.ts';
import { dataFolderAt } from '../../db/data-folder.ts';
import { checkJournalFile } from '../../db/journal-file-check.ts';
import { journalReader } from '../../db/journal-reading.ts';
import { digest, sampleLot, samplePassed } from '../../db/station-sample.ts';
import { type OpenStationStore, openStationStore } from '../../db/station-store.ts';
import { systemClock } from '../clock.ts';
import { systemRandom } from '../random.ts';
import { Checkpoints } from '../records/checkpoints.ts';
import { Recorder } from '../records/recorder.ts';
import { JournalDesk } from './journal-desk.ts';

/** A thread of its own starts in a second, on a machine that does much else in several. */
const THREADS_MS = 60_000;

const ANN = { personId: '00112233aabbccdd', name: 'Ann Lee' };
const STATION = { stationId: 'B3', practice: false, epoch: 1, createdMs: 1 };

let dir = '';
let open: OpenStationStore;
let recorder: Recorder;
let desk: JournalDesk;
/** Keys with a certificate: of this station, and of another one. */
let keys: readonly ServiceAuthority[];
let sign: (text: string) => string;
let pem: string;
let keyDir: string;

beforeAll(async () => {
  keyDir = mkdtempSync(join(tmpdir(), 'keyline-keys-'));
  const make = (name: string) => {
    mkdirSync(join(keyDir, name));
    return openAuthority(join(keyDir, name), true, { clock: systemClock, random: systemRandom });
  };
  keys = [await make('b3'), await make('b4')];
  sign = (text) => keys[0]?.sign(text) ?? '';
  pem = keys[0]?.caPem ?? '';
});
afterAll(() => rmSync(keyDir, { recursive: true, force: true }));

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-journal-'));
  open = openStationStore(join(dir, 'station.db'));
  recorder = new Recorder(open.store, { nowMs: () => 5_000, monotonicMs: () => 0, after: () => () => {} });
  const { store } = open;
  recorder.commit('operator', (append) => {
    store.insertStation(STATION);
    append('station-created', { stationId: 'B3' });
    store.insertLot(sampleLot('WO-1'));
    append('lot-created', { lotId: 'WO-1' });
  });
  for (const number of [1, 2])
    recorder.commit('station', (append) => {
      const { jobId, certificateId } = samplePassed(store, number, 'WO-1');
      append('job-started', { jobId, slot: '4', lotId: 'WO-1', hwid: null });
      append('certificate-live', { certificateId, fingerprint: digest(number) });
      append('job-passed', { jobId, code: null });
    });
  recorder.commit(ANN.personId, (append) => append('slot-switched-off', { slot: '4', reason: 'worn-pin' }));
  store.saveEnrolment({ serviceUrl: 'https://x', serviceCaPem: 'CA', stationCertificatePem: pem });
  desk = new JournalDesk({
    ...{ recorder, store, reader: journalReader(dataFolderAt(dir)), people: () => [ANN] },
    key: () => ({ sign, spki: spkiOf(pem) }),
  });
});
afterEach(() => {
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

/** As a person with the database file can. */
function rewrite(seq: number, body: string): void {
  const database = new Database(join(dir, 'station.db'));
  database.exec('DROP TRIGGER audit_event_never_changed');
  database.prepare('UPDATE audit_event SET body = ? WHERE seq = ?').run(body, seq);
  database.close();
}

const seqs = (search: string) => desk.list(null, search).entries.map(({ seq }) => seq);

describe('the list', () => {
  test('has the newest entry first, with its board, its lot, its slot and who caused it', () => {
    const { entries, next, head } = desk.list(null, '');
    expect(entries.map(({ seq }) => seq)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(entries[0]).toMatchObject({
      who: { kind: 'person', name: 'Ann Lee' },
      slot: '4',
      facts: { reason: 'worn-pin' },
    });
    expect(entries[1]).toMatchObject({
      type: 'job-passed',
      deviceSerial: 'WO-1-0002',
      lotId: 'WO-1',
      who: { kind: 'station' },
    });
    expect(entries[8]).toMatchObject({ who: { kind: 'operator', name: null } });
    expect([next, head.seq]).toEqual([null, 9]);
  });

  test('has older pages, up to the first entry', () => {
    recorder.commit('station', (append) => {
      for (let i = 0; i < 100; i++) append('device-seen', {});
    });
    const first = desk.list(null, '');
    const second = desk.list(first.next, '');
    const third = desk.list(second.next, '');
    expect([first.entries.length, second.entries.length, third.entries.length, third.next]).toEqual([50, 50, 9, null]);
  });

  test('is searched by a serial, a hardware id, a person and a lot', () => {
    expect(seqs('wo-1-0001')).toEqual([5, 4, 3]);
    expect(seqs('000000000002')).toEqual([8, 7, 6]);
    expect(seqs('ann')).toEqual([9]);
    expect(seqs('WO-1')).toEqual([8, 7, 6, 5, 4, 3, 2]);
    expect(seqs('nobody')).toEqual([]);
  });

  test('says how far back a search has looked', () => {
    recorder.commit('station', (append) => {
      for (let i = 0; i < 10_000; i++) append('device-seen', {});
    });
    const near = desk.list(null, 'ann');
    expect([near.entries, near.next, near.lookedBackMs]).toEqual([[], 10, 5_000]);
    expect(desk.list(near.next, 'ann').entries.map(({ seq }) => seq)).toEqual([9]);
  });

  test('shows an entry of a kind that there is not', () => {
    const database = new Database(join(dir, 'station.db'));
    database.exec("DROP TRIGGER audit_event_never_changed; UPDATE audit_event SET type = 'made-up' WHERE seq = 9");
    database.close();
    expect(desk.list(null, '').entries[0]).toMatchObject({ seq: 9, type: 'made-up' });
  });
});

describe('the check', () => {
  test(
    'walks the whole chain, and names the first entry that is not what it was',
    async () => {
      expect(await desk.verify()).toMatchObject({ ok: true, events: 9, seal: open.store.chainHead().hash });
      rewrite(4, '{"certificateId":2}');
      expect(await desk.verify()).toMatchObject({ ok: false, events: 3, firstBad: 4, seal: null });
    },
    THREADS_MS,
  );
});

describe('the export', () => {
  const file = () => join(dir, 'exports', 'b3.journal');
  beforeEach(() => void mkdirSync(join(dir, 'exports')));

  test(
    'is a file that is verified without its station, and says on record that it was made',
    async () => {
      new Checkpoints(recorder, sign, () => {}).make(true);
      const { events, seal } = await desk.export(ANN.personId, file());
      const found = checkJournalFile(file(), pem);
      expect(found).toMatchObject({ sealed: true, verdict: { ok: true, events }, head: { stationId: 'B3' } });
      expect('head' in found.verdict && found.verdict.head?.hash).toBe(seal);
      expect(desk.list(null, '').entries[0]).toMatchObject({ type: 'journal-exported', who: { name: 'Ann Lee' } });
    },
    THREADS_MS,
  );

  test.each([
    ['a changed event', (text: string) => text.replace('worn-pin', 'low-power'), { sealed: false, ok: false }],
    ['a changed head', (text: string) => text.replace('"epoch":1', '"epoch":2'), { sealed: false, ok: true }],
  ])(
    'with %s is refused',
    async (_, change, expected) => {
      await desk.export(ANN.personId, file());
      writeFileSync(file(), change(readFileSync(file(), 'utf8')));
      const { sealed, verdict } = checkJournalFile(file(), pem);
      expect({ sealed, ok: verdict.ok }).toEqual(expected);
    },
    THREADS_MS,
  );

  test(
    'under the certificate of another station is not its own',
    async () => {
      await desk.export(ANN.personId, file());
      expect(checkJournalFile(file(), keys[1]?.caPem ?? '').sealed).toBe(false);
    },
    THREADS_MS,
  );

  test(
    'goes to a whole path and nowhere else',
    async () => {
      await expect(desk.export(ANN.personId, join(dir, 'station.db'))).rejects.toMatchObject({
        code: 'FILE_UNWRITABLE',
      });
      await expect(desk.export(ANN.personId, 'b3.journal')).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
      await expect(desk.export(ANN.personId, join(dir, 'none', 'x'))).rejects.toMatchObject({
        code: 'FILE_UNWRITABLE',
      });
    },
    THREADS_MS,
  );
});
