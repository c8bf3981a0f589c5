// The practice bench by hand and by robot, with the real boards, service and station of a folder of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SlotView, StationEvent } from '../../domain/station-event.ts';
import { type HostedStation, hostStation } from '../host-station.ts';
import { stationEvents } from '../station-client.ts';
import { systemWorld, useOf } from '../surroundings.ts';
import type { BenchControl } from './bench-control.ts';
import { TAKE_OUT_MS } from './endless-robot.ts';
import { openPracticeBench, type PracticeBench } from './practice-bench.ts';

/** A new folder gets a service, keys and a CA; a board takes seconds; two cores are shared. */
const LONG_MS = 60_000;
const LOT_BOARDS = 3;

let dir: string;
let bench: PracticeBench;
let control: BenchControl;
let station: HostedStation;
let watched: { readonly events: readonly StationEvent[]; until(fits: () => boolean): Promise<void>; end(): void };

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-bench-'));
  const use = useOf({ ...systemWorld, around: { ...systemWorld.around, homeDir: dir } }, { data: join(dir, 'data') });
  bench = await openPracticeBench(use, {
    ...{ slots: 2, lotName: (number) => `Practice-${number}`, lotBoards: LOT_BOARDS, automatic: false, real: null },
    onBug(bug) {
      throw bug;
    },
  });
  control = bench.control;
  station = await hostStation(use, { practice: true, unlock: true });
  watched = watch();
  void bench.attend(station.client.api);
}, LONG_MS);

afterAll(async () => {
  watched?.end();
  await station?.close();
  await bench?.close();
  rmSync(dir, { recursive: true, force: true });
}, LONG_MS);

function watch(): typeof watched {
  const events: StationEvent[] = [];
  const looks = new Set<() => void>();
  const leaving = new AbortController();
  const read = async () => {
    for await (const event of stationEvents(station.client.api, leaving.signal)) {
      events.push(event);
      for (const look of looks) look();
    }
  };
  void read();
  return {
    events,
    until: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          if (!fits()) return;
          looks.delete(look);
          resolve();
        };
        looks.add(look);
        look();
      }),
    end: () => leaving.abort(),
  };
}

/** The slot as the station told it last. */
function slot(number: number): SlotView | undefined {
  const told = watched.events.filter((event) => event.type === 'slot-changed');
  return told.findLast((event) => event.slot.slot === String(number))?.slot;
}

const shows = (number: number, seen: Partial<SlotView>) =>
  watched.until(() => Object.entries(seen).every(([name, value]) => slot(number)?.[name as keyof SlotView] === value));

describe('a bench in the hands of a person', { timeout: LONG_MS }, () => {
  test('passes a good board and leaves it in its slot', async () => {
    expect(await control.insert(1, 'good')).toMatchObject({ occupied: [1], automatic: false, online: true, slots: 2 });
    await shows(1, { state: 'passed' });
    expect(control.view().occupied).toEqual([1]);
  });

  test('refuses a taken slot, an empty one, one that is not there, and a board that never was', async () => {
    await expect(control.insert(1, 'good')).rejects.toMatchObject({ code: 'SLOT_OCCUPIED' });
    await expect(control.eject(2)).rejects.toMatchObject({ code: 'SLOT_EMPTY' });
    await expect(control.insert(3, 'good')).rejects.toMatchObject({ code: 'SLOT_UNKNOWN' });
    await expect(control.insert(2, 'same-again')).rejects.toMatchObject({ code: 'NO_BOARD_PASSED' });
  });

  test('shows the card of a board that passed before', async () => {
    expect(await control.eject(1)).toMatchObject({ occupied: [] });
    await shows(1, { state: 'empty' });
    await control.insert(2, 'same-again');
    await shows(2, { state: 'needs-you', code: 'DONE_TODAY' });
    await control.eject(2);
    await shows(2, { state: 'empty' });
  });

  test('shows the card of a board of another model, and takes it again', async () => {
    for (const _ of [1, 2]) {
      await control.insert(2, 'wrong-model');
      await shows(2, { state: 'needs-you', code: 'WRONG_MODEL' });
      await control.eject(2);
      await shows(2, { state: 'empty' });
    }
  });

  test('goes on with a board that was pulled out in mid-work when it is back', async () => {
    await control.insert(1, 'good');
    await watched.until(() => slot(1)?.state === 'working' && slot(1)?.deviceSerial !== null);
    const begun = slot(1)?.deviceSerial;
    await control.eject(1);
    await shows(1, { code: 'PULLED_OUT' });
    await control.insert(1, 'good');
    await shows(1, { state: 'passed', deviceSerial: begun ?? '' });
    await control.eject(1);
  });

  test('keeps what it makes while the network is away, and sends it when it is back', async () => {
    const sync = async () => (await station.client.api.status()).sync;
    await watched.until(() =>
      watched.events.some((event) => event.type === 'sync-changed' && event.sync.registered >= 2),
    );
    expect(await control.setNetwork(false)).toMatchObject({ online: false });
    await control.insert(2, 'good');
    await shows(2, { state: 'passed' });
    await control.eject(2);
    expect((await sync()).waiting).toBeGreaterThan(0);
    expect(await control.setNetwork(true)).toMatchObject({ online: true });
    expect(await sync()).toMatchObject({ waiting: 0, registered: 3 });
  });
});

describe('a bench in the hands of its robot', { timeout: LONG_MS }, () => {
  test('begins the next lot when one is full, and works in every slot', async () => {
    expect((await station.client.api.status()).lot).toMatchObject({ lotId: 'Practice-1', passed: LOT_BOARDS });
    control.setAutomatic(true);
    const passed = (event: StationEvent) => event.type === 'job-ended' && event.outcome === 'passed';
    const from = watched.events.length;
    const slots = () =>
      watched.events.slice(from).flatMap((event) => (event.type === 'job-ended' && passed(event) ? [event.slot] : []));
    await watched.until(() => new Set(slots()).size === 2);
    expect((await station.client.api.status()).lot).toMatchObject({ lotId: 'Practice-2' });
    expect(new Set(slots())).toEqual(new Set(['1', '2']));
  });

  test('fills a lot that a person made, and leaves it to be closed', async () => {
    const { api } = station.client;
    const { recipeSha256 = null } = (await api.lots.recipes())[0] ?? {};
    control.setAutomatic(false);
    await Promise.all(control.view().occupied.map((number) => control.eject(number)));
    await api.lot.command({ lotId: 'Practice-2', command: 'close', because: null, writeOff: true });
    // Its slots close their ports first.
    await expect.poll(async () => (await api.status()).lineRunning, { timeout: 30_000 }).toBe(false);
    await api.lots.release({
      ...{ orderId: 'WO-1', recipeSha256, quantity: 2, firstSerial: 'WB-01', lastSerial: 'WB-02', spare: 0 },
      stopAfter: 3,
    });
    control.setAutomatic(true);
    await api.line.start({ lotId: 'WO-1', bench: null });
    await watched.until(() => {
      const lot = watched.events.findLast((event) => event.type === 'lot-changed')?.lot;
      return lot?.lotId === 'WO-1' && lot.passed === 2 && control.view().occupied.length === 0;
    });
    // Past the look that the robot takes before it asks for a lot.
    await new Promise<void>((resolve) => systemWorld.clock.after(2 * TAKE_OUT_MS, resolve));
    expect((await api.status()).lot).toMatchObject({ lotId: 'WO-1', state: 'released', passed: 2 });
  });

  test('leaves a board where it is once it is switched off', async () => {
    control.setAutomatic(false);
    const { occupied } = control.view();
    await Promise.all(occupied.map((number) => shows(number, { state: 'passed' })));
    expect(control.view().occupied).toEqual(occupied);
  });
});
