// Labels of a station over real records: printed on a pass and never before, numbered, waiting while the printer is away,
// read back from the right board. The printer is handed in.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openQueries } from '../../db/queries.ts';
import { sampleIntended, sampleLot } from '../../db/station-sample.ts';
import { type OpenStationStore, openStationStore } from '../../db/station-store.ts';
import type { ErrorCode } from '../../domain/error-table.ts';
import { assert, KeylineError } from '../../domain/errors.ts';
import type { SlotView } from '../../domain/station-event.ts';
import { slotView } from '../../test/samples/station-views.ts';
import { eventOf } from '../device-view.ts';
import { JobRecords } from '../records/job-records.ts';
import { LotRecords } from '../records/lot-records.ts';
import { Recorder } from '../records/recorder.ts';
import { LabelDesk } from './label-desk.ts';
import type { PrintJob } from './label-printers.ts';

let dir: string;
let open: OpenStationStore;
let recorder: Recorder;
let desk: LabelDesk;
let slots: SlotView[];
let printed: string[];
/** How the next print ends. */
let fails: { readonly code: ErrorCode; readonly sent: boolean } | null;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-labels-'));
  start();
  recorder.commit('station', (append) => {
    open.store.insertStation({ stationId: 'KL-1', practice: false, epoch: 1, createdMs: 1 });
    open.store.insertLot(sampleLot('LOT-1'));
    open.store.insertLot(sampleLot('BARE'));
    new LotRecords(recorder).chooseLabel(append, 'LOT-1', '50x25');
    new LotRecords(recorder).chooseLabel(append, 'BARE', 'none');
  });
  [slots, printed, fails] = [[], [], null];
});
afterEach(async () => {
  await desk.close();
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

/** As a station does when it starts. */
function start(practice = false): void {
  open = openStationStore(join(dir, 'station.db'));
  recorder = new Recorder(open.store, { nowMs: () => 5_000, monotonicMs: () => 0, after: () => () => {} });
  desk = new LabelDesk({
    ...{ recorder, settings: open.store, practice, nameOf: (id) => (id === 'p1' ? 'Linh Trần' : null), changed() {} },
    slots: () => slots,
    printers: { network: async (_address, job) => print(job), system: null },
    onBug(bug) {
      throw bug;
    },
  });
}

async function print(job: PrintJob | null): Promise<void> {
  if (fails && !fails.sent) throw new KeylineError(fails.code);
  if (job === null) return;
  const { intend, zpl } = job;
  intend();
  printed.push(zpl);
  if (fails) throw new KeylineError(fails.code);
}

function setPrinter(): void {
  desk.set('p1', { size: '50x25', printer: { kind: 'network', host: 'printer', port: 9100 } });
}

/** A board that has everything but its pass. */
function board(number: number, lotId = 'LOT-1') {
  return recorder.commit('station', () => {
    const made = sampleIntended(open.store, number, lotId);
    const digest = String(number).padStart(64, 'f');
    open.store.setCertificateSigned(made.certificateId, new Uint8Array([0x30, number]), digest);
    open.store.setCertificateState(made.certificateId, 'installed', null);
    return made;
  });
}

function end(jobId: number, outcome: 'passed' | 'failed'): void {
  const code = outcome === 'passed' ? null : 'PROOF_FAILED';
  new JobRecords(recorder).advance(jobId, { state: '{}', attempt: 1, stages: '[]' }, [
    { type: 'job-ended', outcome, code, detail: '' },
  ]);
  desk.due();
}

function pass(number: number, lotId = 'LOT-1'): string {
  const { jobId, deviceSerial } = board(number, lotId);
  end(jobId, 'passed');
  return deviceSerial;
}

/** Whatever prints in the background is over. */
const settled = () => desk.printWaiting('p1').catch(() => null);

function events(): string[] {
  const queries = openQueries(join(dir, 'station.db'));
  try {
    const labels = [...queries.auditEvents()].filter(({ type }) => type.startsWith('label-'));
    return labels.map(({ actorId, type }) => `${actorId} ${type}`);
  } finally {
    queries.close();
  }
}

/** What the record of a device tells of its label: copy, or what was read on its board. */
function history(deviceSerial: string): string[] {
  const device = open.store.devices.deviceBySerial(deviceSerial);
  assert(device, 'the board is on record');
  return open.store.devices
    .eventsOfDevice(device)
    .map((event) => eventOf(event, () => null))
    .filter(({ type }) => type.startsWith('label-'))
    .map(({ type, copy, read }) => [type, copy ?? read].filter(Boolean).join(' '));
}

describe('the printer is looked at', () => {
  test('by a question that prints nothing, and says what waits for it', async () => {
    expect(await desk.look()).toBeNull();
    setPrinter();
    expect(await desk.look()).toEqual({ code: null, waiting: 0 });
    fails = { code: 'LABELS_EMPTY', sent: false };
    pass(1);
    await settled();
    expect(await desk.look()).toEqual({ code: 'LABELS_EMPTY', waiting: 1 });
    expect([printed, events()]).toEqual([[], []]);
  });

  test('by what it said last while a label is on its way', async () => {
    setPrinter();
    const serial = pass(1);
    await settled();
    const printing = desk.print('p1', serial);
    fails = { code: 'PRINTER_AWAY', sent: false };
    expect(await desk.look()).toEqual({ code: null, waiting: 0 });
    await printing.catch(() => null);
  });

  test('and one of a computer without a window is told as none', async () => {
    desk.set('p1', { size: '50x25', printer: { kind: 'system', name: 'desk' } });
    expect(await desk.look()).toEqual({ code: 'PRINTER_NONE', waiting: 0 });
  });
});

describe('a label is printed', () => {
  test('when its board passes and not before, with its copy recorded before and after', async () => {
    setPrinter();
    const { jobId, deviceSerial } = board(1);
    desk.due();
    await settled();
    expect([printed.length, desk.view().waiting, desk.of(deviceSerial)]).toEqual([0, 0, null]);
    end(jobId, 'passed');
    await settled();
    expect(printed).toHaveLength(1);
    expect(printed[0]).toContain('^FDLOT-1-0001^FS');
    expect(desk.of(deviceSerial)).toMatchObject({ copies: 1, printedMs: 5_000, printedBy: null, scannedMs: null });
    expect(events()).toEqual(['station label-intended', 'station label-printed']);
  });

  test('never for a board that failed, nor in a lot without labels', async () => {
    setPrinter();
    end(board(1).jobId, 'failed');
    pass(2, 'BARE');
    await settled();
    expect([printed, desk.view().waiting]).toEqual([[], 0]);
  });

  test('again by whoever asks, numbered and under their name', async () => {
    setPrinter();
    const serial = pass(1);
    await settled();
    expect(await desk.print('p1', serial)).toMatchObject({ copies: 2, printedBy: 'Linh Trần' });
    expect(printed[1]).toContain('copy 2');
    expect(events().at(-1)).toBe('p1 label-printed');
    expect(history(serial)).toEqual(['label-printed 1', 'label-printed 2']);
    expect(open.store.labelCounts('LOT-1')).toEqual({ due: 1, printed: 1, scannedBack: 0, again: 1 });
  });

  test('for a board of a lot without labels, when it is asked for', async () => {
    setPrinter();
    const serial = pass(1, 'BARE');
    expect(await desk.print('p1', serial)).toMatchObject({ copies: 1, size: '50x25' });
  });

  test('for no board that did not pass', async () => {
    setPrinter();
    const { deviceSerial } = board(1);
    await expect(desk.print('p1', deviceSerial)).rejects.toMatchObject({ code: 'LABEL_NONE' });
    expect(printed).toEqual([]);
  });
});

describe('while the printer is away', () => {
  test('boards pass, labels wait in their order, and all of them come out afterwards, once', async () => {
    setPrinter();
    fails = { code: 'LABELS_EMPTY', sent: false };
    pass(1);
    pass(2);
    await settled();
    expect(desk.view()).toMatchObject({ waiting: 2, trouble: { code: 'LABELS_EMPTY' } });
    await expect(desk.printWaiting('p1')).rejects.toMatchObject({ code: 'LABELS_EMPTY' });
    fails = null;
    expect(await desk.printWaiting('p1')).toMatchObject({ waiting: 0, trouble: null, last: { said: 'printed' } });
    expect(printed.map((zpl) => /LOT-1-\d+/.exec(zpl)?.[0])).toEqual(['LOT-1-0001', 'LOT-1-0002']);
    expect(printed.join('')).not.toContain('copy');
  });

  test('a label that was sent and not confirmed comes again as copy 2', async () => {
    setPrinter();
    fails = { code: 'PRINTER_AWAY', sent: true };
    const serial = pass(1);
    await settled();
    const sent = printed.length;
    fails = null;
    await desk.printWaiting('p1');
    expect(printed.at(-1)).toContain(`copy ${sent + 1}`);
    expect(desk.of(serial)).toMatchObject({ copies: sent + 1 });
    expect(events()).toContain('station label-unsure');
  });

  test('no printer at all: labels wait, and whoever prints is told so', async () => {
    const serial = pass(1);
    expect(desk.view()).toMatchObject({ waiting: 1, trouble: null });
    await expect(desk.print('p1', serial)).rejects.toMatchObject({ code: 'PRINTER_NONE' });
    setPrinter();
    await settled();
    expect([printed.length, desk.view().waiting]).toEqual([1, 0]);
  });
});

test('a power cut between a print and its record leaves a numbered copy, and the label waits', async () => {
  setPrinter();
  const serial = pass(1);
  await settled();
  // What a cut leaves: the intent of copy 2 stands, its outcome does not.
  recorder.commit('station', () =>
    open.store.insertCopy({
      ...{ certificateId: open.store.labelOfSerial(serial)?.certificateId ?? 0, copy: 2, actorId: 'p1', intendedMs: 1 },
    }),
  );
  await desk.close();
  open.close();
  start();
  expect(events().at(-1)).toBe('station label-unsure');
  expect(await desk.print('p1', serial)).toMatchObject({ copies: 3 });
  expect(printed.at(-1)).toContain('copy 3');
});

test('what practice prints says TEST, and so does a test label', async () => {
  setPrinter();
  await desk.test('p1');
  expect(printed[0]).toContain('^FDTEST^FS');
  expect(events()).toEqual(['p1 label-tested']);
  await desk.close();
  open.close();
  start(true);
  pass(1);
  await settled();
  expect(printed[1]).toContain('^FDTEST^FS');
});

describe('a label that is read back', () => {
  const tail = (number: number) => number.toString(16).toUpperCase().padStart(8, '0');

  beforeEach(() => {
    pass(1);
    pass(2);
    slots = [
      slotView({ slot: '1', deviceSerial: 'LOT-1-0001', state: 'passed' }),
      slotView({ slot: '2', deviceSerial: 'LOT-1-0002', state: 'passed' }),
    ];
  });

  test('from its board closes the loop', () => {
    const scan = { deviceSerial: 'LOT-1-0001', keyTail: tail(1) };
    expect(desk.scan('p1', { ...scan, slot: '1' })).toMatchObject({ fits: true, slot: '1' });
    expect(desk.scan('p1', { ...scan, slot: null })).toMatchObject({ fits: true, slot: '1' });
    expect(desk.of('LOT-1-0001')?.scannedMs).toBe(5_000);
    expect(open.store.labelCounts('LOT-1')).toMatchObject({ due: 2, scannedBack: 1 });
    expect(events()).toEqual(['p1 label-scanned', 'p1 label-scanned']);
  });

  test.each([
    ['of another board', 'LOT-1-0002', tail(2), 'SERIAL_USED'],
    ['with another key', 'LOT-1-0001', tail(2), 'LABEL_UNREAD'],
    ['of no board here', 'LOT-9-0009', tail(9), 'LABEL_UNREAD'],
  ])('%s is caught, on record, and told until the right one is read', (_title, deviceSerial, keyTail, code) => {
    expect(desk.scan('p1', { deviceSerial, keyTail, slot: '1' })).toMatchObject({
      fits: false,
      labels: { mismatch: { slot: '1', expected: 'LOT-1-0001', read: deviceSerial, code } },
    });
    expect(events()).toEqual(['p1 label-mismatched']);
    expect(history('LOT-1-0001')).toEqual([`label-mismatched ${deviceSerial}`]);
    expect(history('LOT-1-0002')).toEqual([]);
    expect(desk.of('LOT-1-0001')?.scannedMs).toBeNull();
    expect(desk.of('LOT-1-0002')?.scannedMs).toBeNull();
    desk.scan('p1', { deviceSerial: 'LOT-1-0002', keyTail: tail(2), slot: '2' });
    expect(desk.view().mismatch).not.toBeNull();
    desk.scan('p1', { deviceSerial: 'LOT-1-0001', keyTail: tail(1), slot: '1' });
    expect(desk.view().mismatch).toBeNull();
  });

  test('without a slot is caught by its key, and one that nobody awaited raises no card', () => {
    const wrong = { deviceSerial: 'LOT-1-0001', keyTail: tail(2), slot: null };
    expect(desk.scan('p1', wrong).labels.mismatch).toMatchObject({
      slot: '1',
      expected: 'LOT-1-0001',
      code: 'LABEL_UNREAD',
    });
    desk.scan('p1', { ...wrong, keyTail: tail(1) });
    const stranger = { deviceSerial: 'LOT-9-0009', keyTail: tail(9), slot: null };
    expect(desk.scan('p1', stranger)).toMatchObject({ fits: false, slot: null, labels: { mismatch: null } });
    expect(events()).toEqual(['p1 label-mismatched', 'p1 label-scanned', 'p1 label-mismatched']);
  });

  test('wrongly is forgotten when its board gets a new one', async () => {
    setPrinter();
    desk.scan('p1', { deviceSerial: 'LOT-1-0002', keyTail: tail(2), slot: '1' });
    await desk.print('p1', 'LOT-1-0001');
    expect(desk.view().mismatch).toBeNull();
  });
});
