// A whole station in this process on a temporary data folder, with a simulated bench in a process of its own: what the
// system tests of the line have in common. No security service: those tests start the real programs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchRobot } from '../../cli/practice/bench-robot.ts';
import { PRACTICE_RECIPES, type PracticeKeyMode } from '../../cli/practice/practice-plan.ts';
import { openDataFolder } from '../../db/data-folder.ts';
import { exportFile } from '../../db/export-file.ts';
import { lotFiles } from '../../db/lot-files.ts';
import { reportFiles } from '../../db/report-files.ts';
import { openStationStore } from '../../db/station-store.ts';
import { KeylineError } from '../../domain/errors.ts';
import { PRACTICE_SECRET, PRACTICE_SECRET_NAME } from '../../domain/practice-secret.ts';
import type { StationEvent } from '../../domain/station-event.ts';
import type { ControlEvent } from '../../simulator/control-messages.ts';
import { startSimulatorProcess } from '../../simulator/simulator-process.ts';
import { systemClock } from '../../station/clock.ts';
import { loadCas, PRACTICE_PASSPHRASE, unlockCa } from '../../station/identity/ca-folder.ts';
import { createCa } from '../../station/identity/ca-making.ts';
import { type Seal, sealInChild } from '../../station/identity/injection/seal-in-child.ts';
import { localIssuer } from '../../station/identity/local-issuer.ts';
import { Secret } from '../../station/identity/secret.ts';
import type { Print } from '../../station/lots/report-desk.ts';
import type { PortSource } from '../../station/port/byte-port.ts';
import { portSourceFrom } from '../../station/port/port-source.ts';
import { systemRandom } from '../../station/random.ts';
import type { RecordStore } from '../../station/records/record-store.ts';
import { Station } from '../../station/station.ts';
import type { OpenKeys } from '../../station/station-parts.ts';

export const RECIPE = new URL('../../examples/aq-200/recipe.json', import.meta.url).pathname;

export interface WorldOptions {
  readonly devices: number;
  readonly slots: number;
  readonly faults?: readonly string[];
  /** False: a real station, with a real CA, on the same simulated bench. */
  readonly practice?: boolean;
  readonly quantity?: number;
  readonly stopAfter?: number;
  readonly hasSpace?: () => boolean;
  /** While true every transaction of the records fails as on a full disk. */
  readonly full?: (records: RecordStore) => boolean;
  /** How boards come by their keys. */
  readonly keyMode?: PracticeKeyMode;
  /** Instead of the sealing program. */
  readonly seal?: Seal;
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** The line runs; no board is in a slot yet. */
export async function openWorld(options: WorldOptions) {
  const {
    devices,
    slots,
    faults = [],
    practice = true,
    quantity = devices,
    stopAfter = 0,
    keyMode = 'on-chip',
  } = options;
  const dir = mkdtempSync(join(tmpdir(), 'keyline-world-'));
  const { store, station, close } = await openStation(join(dir, 'station'), options);
  const ports = join(dir, 'ports');
  const heard: ((event: ControlEvent) => void)[] = [];
  const simulator = await startSimulatorProcess(
    {
      ...{ slots, devices, dir: ports, stateDir: join(dir, 'devices'), baud: 0, seed: 1, faults: [...faults] },
      ...{ model: 'AQ-200', hardwareRevision: 'C', firmware: null, factorySecret: keyMode === 'injected-psk' },
    },
    (event) => {
      for (const tell of heard) tell(event);
    },
  );
  const events: StationEvent[] = [];
  const watchers = new Set<() => void>();
  station.watch((event) => {
    events.push(event);
    for (const look of watchers) look();
  });
  const order = { lotId: 'L1', orderId: 'W1', practice, quantity, spare: devices, stopAfter, release: true };
  await station.lots.create('tester', {
    ...order,
    serialRange: `T-0001..T-${1000 + devices * 2}`,
    recipePath: PRACTICE_RECIPES[keyMode],
  });
  await station.startLine('tester', { lotId: 'L1', bench: { ports, slots } });
  return {
    dir,
    station,
    store,
    simulator,
    events,
    heard,
    /** Settles when `fits` has held for the events so far; the test's own limit bounds it. */
    until(fits: (events: readonly StationEvent[]) => boolean): Promise<void> {
      return new Promise((resolve) => {
        const look = () => {
          if (!fits(events)) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      });
    },
    async close() {
      await station.close();
      await simulator.stop();
      close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const practiceSecrets = new Map([[PRACTICE_SECRET_NAME, PRACTICE_SECRET]]);

export interface StationOptions extends Pick<WorldOptions, 'practice' | 'hasSpace' | 'full' | 'seal'> {
  /** Most signatures of the CA `main`, the active one. */
  readonly limit?: number;
  /** Names of further CAs, all behind `main`. */
  readonly otherCas?: readonly string[];
  /** Instead of what the ports' text names. */
  readonly source?: PortSource;
  /** Thrown where none is given. */
  readonly onBug?: (bug: unknown) => void;
}

/** A station over a new data folder at `path`. */
export async function openStation(path: string, options: StationOptions) {
  const { practice = true, hasSpace = () => true, full = () => false, source, limit = null, otherCas = [] } = options;
  const folder = openDataFolder(path, process.platform);
  const { store, close } = openStationStore(folder.stationDatabase);
  const nowMs = systemClock.nowMs();
  store.transaction(() => store.insertStation({ stationId: 'KL-test', practice, epoch: 1, createdMs: nowMs }));
  const passphrase = Secret.fromText(PRACTICE_PASSPHRASE);
  const creation = { practice, organization: 'Example', passphrase, nowMs, random: systemRandom };
  await createCa(folder.keys, creation, { token: null, limit });
  for (const name of otherCas) await createCa(folder.keys, { ...creation, name });
  const shelf = await loadCas(folder.keys);
  const records: typeof store = {
    ...store,
    transaction(work) {
      if (full(store)) throw new KeylineError('DISK_FULL');
      return store.transaction(work);
    },
    bindSlot(position, slot) {
      if (full(store)) throw new KeylineError('DISK_FULL');
      store.bindSlot(position, slot);
    },
  };
  const issuers = await Promise.all(
    shelf.whole.map(async (ca) => localIssuer(ca, await unlockCa(ca, passphrase), systemRandom)),
  );
  const makeStation = (change: Partial<OpenKeys> = {}, print: Print | null = null) =>
    new Station({
      clock: systemClock,
      random: systemRandom,
      stores: {
        records,
        outbox: store,
        enrolments: store,
        people: store,
        settings: store,
        lotPages: store,
        files: lotFiles(folder),
        reports: reportFiles(folder),
      },
      ports: (text, count) => source ?? portSourceFrom(text, count, systemClock),
      shelf,
      devices: store.devices,
      keepFile: (fileName, text) => exportFile(folder.path, fileName, text),
      keys: { issuers, connect: null, checkpoints: null, factorySecrets: practiceSecrets, ...change },
      lockedKeys: null,
      ...(print && { print }),
      holdsFactorySecret: (name) => practiceSecrets.has(name),
      seal: options.seal ?? sealInChild(process.execPath, systemClock),
      hasSpace,
      boardsFit: () => 1000,
      log: { info() {}, warn() {}, error() {} },
      onBug:
        options.onBug ??
        ((bug) => {
          throw bug;
        }),
    });
  return { store, station: makeStation(), makeStation, close };
}

/** A robot puts in board after board until each has its last word. */
export async function runAll(world: World, slots: number): Promise<BenchRobot> {
  const ended = Promise.withResolvers<void>();
  const robot = new BenchRobot(world.simulator, await world.simulator.list(), slots, {
    result: () => robot.done && ended.resolve(),
    bug: ended.reject,
  });
  world.heard.push((event) => robot.simulated(event));
  world.station.watch((event) => robot.station(event));
  robot.start();
  await ended.promise;
  return robot;
}
