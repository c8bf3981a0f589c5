// A taught map over a real store: what it takes, what it refuses, and that it stays.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TaughtSlots } from '../../contract/slot-map-api.ts';
import { type OpenStationStore, openStationStore } from '../../db/station-store.ts';
import { KeylineError } from '../../domain/errors.ts';
import { FakeClock } from '../../simulator/fake-clock.ts';
import { SlotMap } from '../line/slot-map.ts';
import { Settings } from '../lots/settings.ts';
import { Recorder } from '../records/recorder.ts';
import { SlotMapDesk } from './slot-map-desk.ts';

const STRIP = [{ rows: 1, columns: 3 }];
const ORDER: TaughtSlots = { ports: '/dev', fixtures: STRIP, positions: ['usb-7', null, 'usb-2'] };

let folder = '';
let open: OpenStationStore;
let running: string | null;
let present: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-slots-'));
  open = openStationStore(join(folder, 'station.db'));
  running = null;
  present = [];
});
afterEach(() => {
  open.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As a process that starts on these records has it. */
function desk(): SlotMapDesk {
  const settings = new Settings(open.store);
  return new SlotMapDesk({
    ...{ settings, recorder: new Recorder(open.store, new FakeClock()), changed: () => {}, runningLot: () => running },
    ports(text) {
      if (text === 'nowhere') throw new KeylineError('PORTS_INVALID', text);
      const list = async () => present.map((position) => ({ position, path: position }));
      return { list, watch: () => () => {}, open: () => Promise.reject(new Error('nobody opens a port')) };
    },
  });
}

async function refusal(order: TaughtSlots): Promise<string> {
  const error = await desk()
    .teach('officer', order)
    .catch((cause: unknown) => cause);
  return error instanceof KeylineError ? error.code : 'nothing was refused';
}

test('a taught map is the bench from then on, also after a restart, and names ports that are no slot', async () => {
  present = ['usb-2', 'usb-9'];
  await desk().teach('officer', ORDER);
  expect(await desk().read()).toEqual({
    fixtures: STRIP,
    slots: [
      { name: 'A1', position: 'usb-7' },
      { name: 'A2', position: null },
      { name: 'A3', position: 'usb-2' },
    ],
    unknown: ['usb-9'],
    present,
  });
  const line = new SlotMap(open.store, 3, new Settings(open.store).fixturesOf({ ports: '/dev', slots: 3 }));
  expect(['usb-2', 'usb-7', 'usb-9'].map((port) => line.slotOf(port, new Set()))).toEqual(['A3', 'A1', null]);
});

test.each<[string, Partial<TaughtSlots>, string]>([
  ['fewer ports than slots', { positions: ['usb-7'] }, 'SLOTS_UNFIT'],
  ['one port for two slots', { positions: ['usb-7', 'usb-7', null] }, 'SLOTS_UNFIT'],
  ['no port at all', { positions: [null, null, null] }, 'SLOTS_UNFIT'],
  ['ports that are none', { ports: 'nowhere' }, 'PORTS_INVALID'],
])('%s change nothing', async (_what, change, code) => {
  await desk().teach('officer', ORDER);
  const before = await desk().read();
  expect(await refusal({ ...ORDER, positions: ['a', 'b', 'c'], ...change })).toBe(code);
  expect(await desk().read()).toEqual(before);
});

test('a lot that is on the line keeps the map that it was started with', async () => {
  running = 'WO-1';
  expect(await refusal(ORDER)).toBe('LINE_RUNNING');
  expect(open.store.slotBindings()).toEqual([]);
});

test('a slot that was switched off stays off at the port that it was', async () => {
  await desk().teach('officer', ORDER);
  open.store.transaction(() => {
    open.store.insertSlotOff({ slot: 1, reason: 'worn-pin', sinceMs: 5 });
    open.store.insertSlotOff({ slot: 3, reason: 'bad-contact', sinceMs: 6 });
  });
  await desk().teach('officer', { ...ORDER, positions: ['usb-1', 'usb-7', null] });
  expect(open.store.slotsOff()).toEqual([{ slot: 2, reason: 'worn-pin', sinceMs: 5 }]);
});

test('a bench with other ports or another number of slots is not the one that was taught', async () => {
  await desk().teach('officer', ORDER);
  const settings = new Settings(open.store);
  expect(settings.fixturesOf({ ports: '/dev', slots: 4 })).toBeNull();
  expect(settings.fixturesOf({ ports: '/other', slots: 3 })).toBeNull();
});
