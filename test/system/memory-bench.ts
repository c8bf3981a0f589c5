// A station in this process with virtual boards on ports in memory: where a test must decide the very moment of a cut, a
// lie or a coincidence. Boards come with the lot's firmware unless the test gives them another.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeylineError } from '../../domain/errors.ts';
import type { Recipe } from '../../domain/recipe.ts';
import type { StationEvent } from '../../domain/station-event.ts';
import { DeviceLine } from '../../simulator/device-line.ts';
import type { StoredImage } from '../../simulator/device-record.ts';
import { type DeviceHooks, DeviceState } from '../../simulator/device-state.ts';
import { MemoryDeviceStore } from '../../simulator/device-store.ts';
import { VirtualDevice } from '../../simulator/virtual-device.ts';
import { systemClock } from '../../station/clock.ts';
import { readRecipe } from '../../station/line/lot-intake.ts';
import type { BytePort, PortSource, PortSpot } from '../../station/port/byte-port.ts';
import { openStation, RECIPE, type StationOptions } from './world.ts';

export interface BoardOptions {
  readonly hwid?: string;
  readonly model?: string;
  readonly hooks?: DeviceHooks;
  readonly image?: StoredImage;
}

/** Firmware of the board's maker, without the identity group. */
export const BARE: StoredImage = { version: '0.1.0', imageHash: 'ba'.repeat(32), fileSha256: null, identity: false };

/** USB needs longer than this to find a device again. */
const REPLUG_MS = 50;

interface Seat {
  line: DeviceLine;
  /** What the system calls the port now. */
  readonly path: string;
  readonly gone: PromiseWithResolvers<void>;
  hear: (bytes: Uint8Array) => void;
}

/** Positions in memory; a board that is taken out closes its port. */
class MemoryPorts implements PortSource {
  readonly #seats = new Map<string, Seat>();
  readonly #watchers = new Set<() => void>();
  #made = 0;

  insert(position: string, line: DeviceLine): void {
    const path = `port-${this.#made++}`;
    const seat: Seat = { line, path, gone: Promise.withResolvers(), hear: () => {} };
    this.#seats.set(position, seat);
    line.plug((bytes) => this.#seats.get(position)?.hear(bytes));
    this.#changed();
  }

  /** Another board on the port that stays open, as on a fixture's adapter. */
  swap(position: string, line: DeviceLine): void {
    const seat = this.#seats.get(position);
    if (!seat) return;
    seat.line.unplug();
    seat.line = line;
    line.plug((bytes) => this.#seats.get(position)?.hear(bytes));
  }

  eject(position: string): void {
    const seat = this.#seats.get(position);
    this.#seats.delete(position);
    seat?.line.unplug();
    seat?.gone.resolve();
    this.#changed();
  }

  /** A board whose port goes away in a restart: the system finds it again, under another name. */
  renumber(position: string): void {
    const seat = this.#seats.get(position);
    if (!seat) return;
    this.#seats.delete(position);
    seat.gone.resolve();
    this.#changed();
    systemClock.after(REPLUG_MS, () => {
      const again: Seat = { ...seat, path: `port-${this.#made++}`, gone: Promise.withResolvers() };
      this.#seats.set(position, again);
      this.#changed();
    });
  }

  #changed(): void {
    for (const tell of this.#watchers) tell();
  }

  list(): Promise<readonly PortSpot[]> {
    return Promise.resolve([...this.#seats].map(([position, { path }]) => ({ position, path })));
  }

  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  open(spot: PortSpot): Promise<BytePort> {
    const seat = this.#seats.get(spot.position);
    if (seat?.path !== spot.path) return Promise.reject(new KeylineError('PULLED_OUT', 'no such port'));
    const gone = () => this.#seats.get(spot.position) !== seat;
    const closed = Promise.withResolvers<void>();
    void seat.gone.promise.then(closed.resolve);
    return Promise.resolve({
      path: spot.path,
      write: (bytes) => {
        if (gone()) return Promise.reject(new KeylineError('PULLED_OUT'));
        seat.line.receive(bytes);
        return Promise.resolve();
      },
      onData: (listener) => {
        seat.hear = listener;
      },
      closed: closed.promise,
      close: () => Promise.resolve(closed.resolve()),
    });
  }
}

export type MemoryBench = Awaited<ReturnType<typeof openBench>>;

/** The line runs; no board is in a slot yet. */
export async function openBench(
  options: Pick<StationOptions, 'full' | 'hasSpace' | 'limit' | 'otherCas'> & {
    slots?: number;
    quantity?: number;
    spare?: number;
  } = {},
) {
  const { slots = 2, quantity = 5, spare = 5 } = options;
  const dir = mkdtempSync(join(tmpdir(), 'keyline-bench-'));
  const ports = new MemoryPorts();
  const bugs: unknown[] = [];
  const events: StationEvent[] = [];
  const watchers = new Set<() => void>();
  const look = () => {
    for (const watcher of watchers) watcher();
  };
  const onBug = (bug: unknown) => {
    bugs.push(bug);
    look();
  };
  const opened = await openStation(join(dir, 'station'), { ...options, source: ports, onBug });
  let { station } = opened;
  const watch = () =>
    station.watch((event) => {
      events.push(event);
      look();
    });
  watch();
  const { recipe } = readRecipe(RECIPE);
  const lot = (lotId: string, prefix: string, release: boolean) => {
    const size = { quantity, spare, serialRange: `${prefix}-0001..${prefix}-0999`, stopAfter: 0 };
    return station.lots.create('tester', {
      ...{ ...size, lotId, orderId: 'W1', practice: true, release, recipePath: RECIPE },
    });
  };
  await lot('L1', 'T', true);
  const start = (lotId: string) => station.startLine('tester', { lotId, bench: { ports: 'memory', slots } });
  await start('L1');
  return {
    ...{ ports, events, bugs, store: opened.store, lot, start, database: join(dir, 'station', 'station.db') },
    get station() {
      return station;
    },
    board: (order: BoardOptions = {}) => virtualBoard(recipe, order),
    /** The process ends and another one takes over: nothing of its memory is left. */
    async restart(lotId = 'L1') {
      await station.close();
      station = opened.makeStation();
      watch();
      await start(lotId);
    },
    /** Settles when `fits`, or a bug came: what it was is in `bugs`. */
    until(fits: (events: readonly StationEvent[]) => boolean): Promise<void> {
      return new Promise((resolve) => {
        const check = () => {
          if (bugs.length === 0 && !fits(events)) return;
          watchers.delete(check);
          resolve();
        };
        watchers.add(check);
        check();
      });
    },
    async close() {
      await station.close();
      opened.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function virtualBoard(
  recipe: Recipe,
  { hwid = 'a1b2c3d4e5f60718', model = recipe.model, hooks = {}, image }: BoardOptions,
): DeviceLine {
  const { version, imageHash } = recipe.firmware;
  const usual = { version, imageHash, fileSha256: null, identity: true };
  const description = { hwid, model, hardwareRevision: 'C', image: image ?? usual };
  const state = new DeviceState(description, new MemoryDeviceStore(), {}, hooks);
  return new DeviceLine(new VirtualDevice(state), systemClock, 0);
}

export function lastWords(events: readonly StationEvent[]): (string | null)[] {
  return events.filter((event) => event.type === 'job-ended').map(({ code, outcome }) => code ?? outcome);
}
