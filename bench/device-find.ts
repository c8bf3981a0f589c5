// How long a person waits for a find among 10,000 and 1,000,000 devices: every way to look for one, as the screen asks for
// it, in records that the bench makes itself with the station's own schema.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceQuery } from '../contract/devices-api.ts';
import { LOT_SIZE, manyDevices } from '../db/many-devices.ts';
import { type OpenStationStore, openStationStore } from '../db/station-store.ts';
import type { Figure } from './figure.ts';

/** Issue: find within 50 ms at the 95th percentile. */
const LIMIT_MS = 50;
const FINDS = 400;
/** Rows of the screen's page. */
const PAGE = 60;
const DAY_MS = 86_400_000;

export async function measureDeviceFind(): Promise<Figure[]> {
  return [...measure(10_000), ...measure(1_000_000)];
}

function measure(devices: number): Figure[] {
  const dir = mkdtempSync(join(tmpdir(), 'keyline-find-'));
  try {
    const path = join(dir, 'station.db');
    manyDevices(path, devices);
    const open = openStationStore(path);
    try {
      return figuresOf(open, devices);
    } finally {
      open.close();
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function figuresOf({ store }: OpenStationStore, devices: number): Figure[] {
  const { devices: books } = store;
  const size = devices.toLocaleString('en-US');
  const asked = Array.from({ length: FINDS }, (_, number) => queryOf(number, devices));
  const finds = asked.map((query) => time(() => books.find(query)));
  const figure = { each: 'run', judged: 'worst', limit: { bound: 'at most', value: LIMIT_MS } } as const;
  return [
    {
      ...{ ...figure, name: `Find among ${size} devices, 95th percentile`, unit: 'ms' },
      values: [percentile(finds)],
      means: `${FINDS} finds by serial, its beginning, hardware id, lot, lot and beginning, day, and none of them; ${PAGE} rows a page, the first and a later one.`,
    },
  ];
}

/** Each way in turn, at places all over the records. */
function queryOf(number: number, devices: number): DeviceQuery {
  const at = (number * 104_729) % devices;
  const lot = Math.floor(at / LOT_SIZE);
  const serial = `L${lot}-${String(at % LOT_SIZE).padStart(6, '0')}`;
  const hwid = at.toString(16).padStart(12, '0');
  const none = { text: '', lotId: null, seen: null, after: null, limit: PAGE };
  const ways: DeviceQuery[] = [
    { ...none, text: serial },
    { ...none, text: serial.slice(0, -2) },
    { ...none, text: 'L' },
    { ...none, text: hwid },
    { ...none, text: hwid.slice(0, 6) },
    { ...none, lotId: `L${lot}` },
    { ...none, lotId: `L${lot}`, text: serial.slice(0, -2) },
    { ...none, seen: { fromMs: at * 1000, toMs: at * 1000 + DAY_MS } },
    { ...none, seen: { fromMs: at * 1000, toMs: at * 1000 + DAY_MS }, lotId: `L${lot}` },
    none,
    { ...none, after: `all  ${1 + at}` },
    { ...none, text: 'L', after: `serial ${serial} 0` },
  ];
  return ways[number % ways.length] ?? none;
}

function time(work: () => unknown): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}

function percentile(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}
