// Who may be admitted, what may be signed, and what a job's end does to serials and certificates: rules of station/line
// and station/records over the real database.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStationStore } from '../db/station-store.ts';
import { BUILD_TIME_MS } from '../domain/build-time.ts';
import type { ErrorCode } from '../domain/error-table.ts';
import type { Outcome } from '../domain/job.ts';
import { Recipe } from '../domain/recipe.ts';
import type { IdentityBoard } from '../station/drivers/driver.ts';
import type { CertificateIntent } from '../station/identity/issuer.ts';
import { Admission } from '../station/line/admission.ts';
import { ClockWatch } from '../station/line/clock-watch.ts';
import { JobsInWork } from '../station/line/jobs-in-work.ts';
import type { JobFact } from '../station/records/job-fact.ts';
import { JobRecords } from '../station/records/job-records.ts';
import { LotRecords, type NewLot } from '../station/records/lot-records.ts';
import { Recorder } from '../station/records/recorder.ts';

const hex = (number: number, length = 64) => number.toString(16).padStart(length, '0');
const RECIPE = Recipe.parse({
  ...{ keyline: 1, name: 'aq-200', version: '1.0.0', model: 'AQ-200', hardwareRevisions: ['C'], keyMode: 'on-chip' },
  firmware: { version: '1.4.2', file: 'image.bin', sha256: hex(1), imageHash: hex(2) },
  certificate: { organization: 'Example', hardwareType: '1.3.6.1.4.1.32473.1', notAfter: 'never' },
  lock: { debug: true, allowGroups: [] },
});
const LOT: NewLot = {
  ...{ lotId: 'L1', orderId: 'W1', practice: true, quantity: 2, spare: 1, serialRange: 'A-1..A-3', stopAfter: 2 },
  ...{ recipe: '{}', recipeName: 'aq-200', recipeVersion: '1.0.0', recipeSha256: hex(1), firmwareSha256: hex(1) },
};
const DAY_MS = 86_400_000;
const START_MS = BUILD_TIME_MS + 10 * DAY_MS;

let dir: string;
let nowMs: number;
let opened: ReturnType<typeof openStationStore>;
let jobs: JobRecords;
let lots: LotRecords;
let inWork: JobsInWork;
let admission: Admission;
let recorder: Recorder;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-authority-'));
  nowMs = START_MS;
  opened = openStationStore(join(dir, 'station.db'));
  const clock = { nowMs: () => nowMs, monotonicMs: () => 0, after: () => () => {} };
  recorder = new Recorder(opened.store, clock);
  jobs = new JobRecords(recorder);
  lots = new LotRecords(recorder);
  lots.create('tester', LOT);
  lots.command('tester', 'L1', 'release', null);
  const chain = {
    root: new Uint8Array(),
    intermediates: [],
    issuerId: hex(9),
    notBeforeMs: START_MS - DAY_MS,
    practice: true,
  };
  inWork = new JobsInWork();
  const clockWatch = new ClockWatch(clock);
  admission = new Admission({ lotId: 'L1', recipe: RECIPE, chain, recorder, records: jobs, inWork, clockWatch });
});
afterEach(() => {
  opened.close();
  rmSync(dir, { recursive: true, force: true });
});

function board(number: number, change: Partial<IdentityBoard> = {}): IdentityBoard {
  return {
    ...{ kind: 'identity', hwid: hex(number, 16), model: 'AQ-200', revision: 'C', firmwareVersion: '1.4.2' },
    firmware: { activeHash: hex(2), confirmed: true },
    ...{
      life: 'blank',
      locking: false,
      canGenerate: true,
      canInject: false,
      takesPsk: false,
      canAttest: false,
      debugOpen: true,
    },
    ...{ deviceSerial: null, spkiSha256: null, leafSha256: null, simulated: true },
    ...change,
  };
}

function openJob(): number {
  const jobId = jobs.open({ lotId: 'L1', slot: '1', device: null, state: '{}' });
  inWork.claim(jobId);
  return jobId;
}
const admit = (of: IdentityBoard, jobId = openJob()) => ({ jobId, ...admission.admit(jobId, of) });

const NOW = { state: '{}', attempt: 1, stages: '[]' };

function intent(number: number): CertificateIntent {
  const ids = { certificateSerialNumber: hex(number, 32), notBeforeMs: START_MS, spkiSha256: hex(1000 + number) };
  return { ...ids, tbs: Uint8Array.of(0x30, number), spki: Uint8Array.of(number) };
}

/** Spends a signature for an admitted board. */
function spend(jobId: number, number: number) {
  jobs.advance(jobId, NOW, [{ type: 'key-made', spki: Uint8Array.of(number), spkiSha256: hex(1000 + number) }]);
  return admission.intend(jobId, intent(number));
}

function end(jobId: number, outcome: Outcome, code: ErrorCode | null = null) {
  jobs.advance(jobId, NOW, [{ type: 'job-ended', outcome, code, detail: '' }]);
}

function pass(jobId: number, number: number) {
  const spent = spend(jobId, number);
  if ('refused' in spent) throw new Error(spent.refused);
  const { certificateId } = spent;
  const certificate = Uint8Array.of(0x30, 0x30, number);
  jobs.advance(jobId, NOW, [
    { type: 'certificate-signed', certificateId, certificate, fingerprint: hex(2000 + number) },
    { type: 'certificate-installed', certificateId },
  ]);
  end(jobId, 'passed');
}

test.each<[string, Partial<IdentityBoard>, ErrorCode]>([
  ['another model', { model: 'TS-40' }, 'WRONG_MODEL'],
  ['another revision', { revision: 'B' }, 'WRONG_REVISION'],
  ['a real board in a practice lot', { simulated: false }, 'REAL_DEVICE_IN_PRACTICE'],
])('%s is refused without a serial', (_, change, refused) => {
  expect(admit(board(1, change))).toMatchObject({ refused });
  expect(opened.store.lot('L1')).toMatchObject({ serialsTaken: 0 });
});

test('boards get the serials of the range in order, each board its own', () => {
  expect(admit(board(1))).toMatchObject({ deviceSerial: 'A-1' });
  expect(admit(board(2))).toMatchObject({ deviceSerial: 'A-2' });
});

test('as many boards as the quantity may be in work, since all of them may pass', () => {
  admit(board(1));
  admit(board(2));
  expect(admit(board(3))).toMatchObject({ refused: 'QUOTA_REACHED' });
});

test('a serial is free again when its job ends before a to-be-signed exists, and stays for ever after one', () => {
  end(admit(board(1)).jobId, 'aborted', 'CSR_INVALID');
  expect(admit(board(2))).toMatchObject({ deviceSerial: 'A-1' });
  const { jobId } = admit(board(3));
  spend(jobId, 3);
  end(jobId, 'failed', 'PROOF_FAILED');
  expect(admit(board(4))).toMatchObject({ deviceSerial: 'A-3' });
});

test('a second board with the hardware id of one in work is refused', () => {
  admit(board(1));
  expect(admit(board(1))).toMatchObject({ refused: 'DUPLICATE_HWID' });
});

test('a board that comes back without its firmware takes the place of its own open job', () => {
  const { jobId } = admit(board(1));
  inWork.release(jobId);
  expect(admit(board(1))).toMatchObject({ deviceSerial: 'A-1' });
  expect(opened.store.job(jobId)).toMatchObject({ outcome: 'aborted', code: 'PULLED_OUT' });
});

test('a bare board that names itself late meets the plug-in table: a void board gets no second certificate', () => {
  const { jobId } = admit(board(1));
  spend(jobId, 1);
  end(jobId, 'failed', 'PROOF_FAILED');
  expect(admit(board(1))).toMatchObject({ refused: 'BOARD_VOID' });
});

test('a bare board that says late that it is a passed one, and open, is a copy: the certificate stands', () => {
  const first = admit(board(1));
  pass(first.jobId, 1);
  inWork.release(first.jobId);
  const late = admit(board(1, { life: 'enrolled', spkiSha256: hex(1001), leafSha256: hex(2001) }));
  expect(late).toMatchObject({ refused: 'DUPLICATE_HWID' });
  end(late.jobId, 'aborted', 'DUPLICATE_HWID');
  expect(opened.store.certificateByFingerprint(hex(2001))).toMatchObject({ state: 'live' });
});

test('a board that has not said who it is holds no place of the lot, and the next one in its slot ends its job', () => {
  const nameless = openJob();
  expect(admit(board(1))).toMatchObject({ deviceSerial: 'A-1' });
  expect(opened.store.job(nameless)).toMatchObject({ outcome: 'aborted', code: 'PULLED_OUT' });
});

test('boards in work hold a signature each until they spent it', () => {
  for (const number of [1, 2]) {
    const { jobId } = admit(board(number));
    spend(jobId, number);
    end(jobId, 'failed', number === 2 ? 'LOCK_FAILED' : 'PROOF_FAILED');
  }
  expect(admit(board(3))).toMatchObject({ deviceSerial: 'A-3' });
  expect(admit(board(4))).toMatchObject({ refused: 'QUOTA_REACHED' });
});

test('a lot knows who holds it and since when; the station itself is nobody, and a release ends it', () => {
  nowMs += 1_000;
  lots.command('linh', 'L1', 'hold', null);
  expect(opened.store.lot('L1')).toMatchObject({ heldBy: 'linh', heldBecause: null, stateMs: nowMs });
  nowMs += 1_000;
  lots.command('maria', 'L1', 'release', null);
  expect(opened.store.lot('L1')).toMatchObject({ state: 'released', heldBy: null, stateMs: nowMs });
  nowMs += 1_000;
  for (const number of [1, 2]) end(admit(board(number)).jobId, 'failed', 'KEY_NOT_MADE');
  expect(opened.store.lot('L1')).toMatchObject({ state: 'held', heldBy: null, stateMs: nowMs });
});

test('a board that came nameless and failed before is not let in, and its refusal is none that is tried again', () => {
  end(admit(board(1)).jobId, 'failed', 'KEY_NOT_MADE');
  const nameless = jobs.open({ lotId: 'L1', slot: '2', device: null, state: '{}' });
  expect(admission.admit(nameless, board(1))).toMatchObject({ refused: 'ATTEMPTS_USED' });
});

test('a held lot admits nobody and spends no signature', () => {
  const { jobId } = admit(board(1));
  lots.command('tester', 'L1', 'hold', 'shift');
  expect(admit(board(2))).toMatchObject({ refused: 'LOT_HELD' });
  expect(spend(jobId, 1)).toMatchObject({ refused: 'LOT_HELD', detail: 'shift' });
  expect(opened.store.lotTally('L1')).toMatchObject({ signatures: 0 });
});

test('no date is signed while the clock is unsure', () => {
  const { jobId } = admit(board(1));
  nowMs += 3 * DAY_MS;
  expect(spend(jobId, 1)).toMatchObject({ refused: 'CLOCK_UNSURE' });
});

test('signatures never exceed quantity and spare, whatever became of the boards', () => {
  for (const number of [1, 2, 3]) {
    const { jobId } = admit(board(number));
    expect(spend(jobId, number)).toMatchObject({ certificateId: number });
    end(jobId, 'failed', number === 2 ? 'LOCK_FAILED' : 'PROOF_FAILED');
  }
  expect(admit(board(4))).toMatchObject({ refused: 'QUOTA_REACHED' });
  expect(opened.store.lotTally('L1')).toMatchObject({ signatures: 3, failed: 3 });
});

test('a signature is refused to a job that was admitted while there was one, and that another job spent', () => {
  const first = admit(board(1)).jobId;
  const second = admit(board(2)).jobId;
  for (const number of [1, 3, 4]) {
    opened.store.transaction(() => {
      const ids = {
        ...intent(10 + number),
        deviceId: 1,
        jobId: first,
        lotId: 'L1',
        deviceSerial: 'A-1',
        issuerId: hex(9),
      };
      const { certificateSerialNumber, spki, spkiSha256, tbs, deviceId, jobId, lotId, deviceSerial, issuerId } = ids;
      opened.store.insertKey({ spkiSha256, spki, deviceId, jobId });
      const row = { certificateSerialNumber, spkiSha256, tbs, deviceId, jobId, lotId, deviceSerial, issuerId };
      const certificateId = opened.store.insertCertificate({ ...row, state: 'intended' });
      opened.store.setCertificateState(certificateId, 'void', 'PROOF_FAILED');
    });
  }
  expect(spend(second, 2)).toMatchObject({ refused: 'SIGNER_LIMIT' });
});

test('a pass makes the certificate live and its registration due; any other end makes it void, and says so once', () => {
  pass(admit(board(1)).jobId, 1);
  expect(opened.store.certificate(1)).toMatchObject({ state: 'live' });
  const { jobId } = admit(board(2));
  const spent = spend(jobId, 2);
  const certificate = { certificate: Uint8Array.of(0x30, 2), fingerprint: hex(2002) };
  jobs.advance(jobId, NOW, [
    { type: 'certificate-signed', certificateId: 'refused' in spent ? 0 : spent.certificateId, ...certificate },
  ]);
  end(jobId, 'failed', 'CERTIFICATE_REFUSED');
  expect(opened.store.certificate(2)).toMatchObject({ state: 'void', reason: 'CERTIFICATE_REFUSED' });
  expect(opened.store.waiting(9).map(({ kind }) => kind)).toEqual(['register', 'void']);
});

test('a job in work at two crashes is set aside before a resume, at one it is not', () => {
  const { jobId } = admit(board(1));
  jobs.countCrash(jobId);
  jobs.quarantine();
  expect(opened.store.job(jobId)).toMatchObject({ outcome: null, crashes: 1 });
  jobs.countCrash(jobId);
  jobs.quarantine();
  expect(opened.store.job(jobId)).toMatchObject({ outcome: 'errored', code: 'JOB_QUARANTINED' });
});

test('a code that stops the line holds the lot at once', () => {
  end(admit(board(1)).jobId, 'errored', 'KEY_MISMATCH');
  expect(opened.store.lot('L1')).toMatchObject({ state: 'held' });
});

test('the same failure twice in a row holds the lot of that rule; a pass between them does not', () => {
  end(admit(board(1)).jobId, 'failed', 'KEY_NOT_MADE');
  pass(admit(board(2)).jobId, 2);
  end(admit(board(3)).jobId, 'failed', 'KEY_NOT_MADE');
  expect(opened.store.lot('L1')).toMatchObject({ state: 'released' });
  end(admit(board(4)).jobId, 'failed', 'KEY_NOT_MADE');
  expect(opened.store.lot('L1')).toMatchObject({ state: 'held', heldBecause: 'KEY_NOT_MADE 2 times in a row' });
});

test('a pause between two failures does not begin their count anew; a release after the hold does', () => {
  end(admit(board(1)).jobId, 'failed', 'KEY_NOT_MADE');
  lots.command('tester', 'L1', 'hold', null);
  lots.command('tester', 'L1', 'release', null);
  end(admit(board(2)).jobId, 'failed', 'KEY_NOT_MADE');
  expect(opened.store.lot('L1')).toMatchObject({ state: 'held', heldBecause: 'KEY_NOT_MADE 2 times in a row' });
  lots.command('tester', 'L1', 'release', null);
  end(admit(board(3)).jobId, 'failed', 'KEY_NOT_MADE');
  expect(opened.store.lot('L1')).toMatchObject({ state: 'released', failureRun: 1 });
});

test('boards that fail while their lot is paused hold it: who paused it is no longer who may let it go on', () => {
  const [first, second] = [admit(board(1)), admit(board(2))];
  lots.command('tester', 'L1', 'hold', null);
  expect(opened.store.lot('L1')).toMatchObject({ state: 'held', heldBy: 'tester', heldBecause: null });
  end(first.jobId, 'failed', 'KEY_NOT_MADE');
  end(second.jobId, 'failed', 'KEY_NOT_MADE');
  const held = { state: 'held', heldBy: null, heldBecause: 'KEY_NOT_MADE 2 times in a row' };
  expect(opened.store.lot('L1')).toMatchObject(held);
});

test.each<[string, Partial<NewLot>, ErrorCode]>([
  ['a second lot of the same name', {}, 'LOT_EXISTS'],
  ['a range that shares a serial', { lotId: 'L2', serialRange: 'A-3..A-9' }, 'RANGE_USED'],
  ['a range smaller than quantity and spare', { lotId: 'L2', serialRange: 'B-1..B-2' }, 'RANGE_TOO_SMALL'],
  ['a range that is none', { lotId: 'L2', serialRange: 'B-9..B-1' }, 'RANGE_INVALID'],
])('%s is refused', (_, change, code) => {
  expect(() => lots.create('tester', { ...LOT, ...change })).toThrow(expect.objectContaining({ code }));
  expect(opened.store.lot('L2')).toBeNull();
});

test('a release of a released lot is on record: a supervisor said that the clock is right', () => {
  const { seq } = opened.store.chainHead();
  nowMs += 40 * DAY_MS;
  lots.command('tester', 'L1', 'release', null);
  expect(opened.store.chainHead()).toMatchObject({ seq: seq + 1, timeMs: nowMs });
});

test('after a long silence neither a sign-in nor a pause says that the clock is right: a release does', () => {
  const doubt = () => new ClockWatch(recorder.clock).doubt(opened.store.recordTimes(), 0);
  nowMs += 40 * DAY_MS;
  recorder.commit('linh', (append) => append('person-signed-in', { personId: 'linh' }));
  lots.command('linh', 'L1', 'hold', null);
  expect(doubt()).toMatch(/30 days/);
  lots.command('tester', 'L1', 'release', null);
  expect(doubt()).toBeNull();
});

test('a sign-in by a clock that was set back does not make it right', () => {
  const doubt = () => new ClockWatch(recorder.clock).doubt(opened.store.recordTimes(), 0);
  nowMs -= 5 * DAY_MS;
  expect(doubt()).toMatch(/before the last record/);
  recorder.commit('linh', (append) => append('person-signed-in', { personId: 'linh' }));
  expect(doubt()).toMatch(/before the last record/);
});

test('one lot is released at a time, and a closed one stays closed', () => {
  lots.create('tester', { ...LOT, lotId: 'L2', serialRange: 'B-1..B-3' });
  expect(() => lots.command('tester', 'L2', 'release', null)).toThrow(
    expect.objectContaining({ code: 'OTHER_LOT_RELEASED' }),
  );
  admit(board(1));
  expect(() => lots.command('tester', 'L1', 'close', null)).toThrow(
    expect.objectContaining({ code: 'LOT_HAS_OPEN_JOBS' }),
  );
  jobs.writeOff(1);
  lots.command('tester', 'L1', 'close', null);
  expect(() => lots.command('tester', 'L1', 'release', null)).toThrow(expect.objectContaining({ code: 'LOT_STATE' }));
});

test('a sealed key is on record before it leaves, once for ever, and void when its job ends without a certificate for it', () => {
  const { jobId } = admit(board(1));
  const sealed = (number: number): JobFact => ({
    type: 'injection-intended',
    ...{ spki: Uint8Array.of(number), spkiSha256: hex(3000 + number), hwid: hex(1, 16) },
    ...{ nonce: hex(1, 32), deviceNonce: hex(2, 32), was: null, cableGuard: 'psk' },
  });
  const voids = () =>
    opened.store.unusedKeys(jobId).length === 0 && [7, 8, 9].map((n) => opened.store.keyOwner(hex(3000 + n)) !== null);
  jobs.advance(jobId, NOW, [sealed(7)]);
  // Neither this board nor another gets it again.
  expect(() => jobs.advance(jobId, NOW, [sealed(7)])).toThrow(/UNIQUE/);
  jobs.advance(jobId, NOW, [{ type: 'key-voided', spkiSha256: hex(3007), because: 'not on the board' }, sealed(8)]);
  jobs.advance(jobId, NOW, [{ type: 'key-injected', spkiSha256: hex(3008) }]);
  const spent = admission.intend(jobId, { ...intent(8), spkiSha256: hex(3008) });
  expect(spent).toHaveProperty('certificateId');
  jobs.advance(jobId, NOW, [sealed(9)]);
  end(jobId, 'failed', 'PROOF_FAILED');
  expect(voids()).toEqual([true, true, true]);
  const file = new Database(join(dir, 'station.db'), { readonly: true });
  const events = file.prepare("SELECT body FROM audit_event WHERE type = 'key-voided' ORDER BY seq").pluck().all();
  expect(events.map((body) => JSON.parse(String(body)).spkiSha256)).toEqual([hex(3007), hex(3009)]);
  file.close();
});
