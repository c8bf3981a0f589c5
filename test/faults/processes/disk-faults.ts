// The disk of a station: full and nearly full on a small tmpfs of its own, read-only when it starts (mounted so) and while it
// runs, and slow (both by shim/bad-disk.c). What was recorded stays, the station says what it lacks, and goes on afterwards.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statfsSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { errorRow } from '../../../domain/errors.ts';
import { SeededRandom } from '../../../simulator/seeded-random.ts';
import { delay, endOf } from '../programs.ts';
import { buildShim } from '../shim/shim.ts';
import { LiveLot } from './live-lot.ts';
import type { Plant } from './plant.ts';
import type { PlantStation, StationRun } from './plant-station.ts';
import { count, type DiskFault, type Tally } from './tally.ts';

const MB = 1024 * 1024;
/** What must be free for a board to start (256), the ballast (64), and room for the records of these lots. */
const DISK_BYTES = 352 * MB;
const LOW_BYTES = 200 * MB;
const BOARDS = 6;
/** From the fault to the word about it. */
const LIMIT_MS = 60_000;
const LOOK_MS = 20;
/** Faults that need a file system of their own. */
const MOUNTED: ReadonlySet<DiskFault> = new Set(['low', 'full', 'read-only-at-start']);
/** Codes that tell of it. */
const TELLING = ['DISK_FULL', 'DISK_LOW', 'DATA_FOLDER_UNUSABLE'] as const;

export class DiskFaults {
  readonly #plant: Plant;
  readonly #tally: Tally;
  readonly #random: SeededRandom;
  readonly #mount: string;
  readonly #filler: string;

  constructor(plant: Plant, tally: Tally) {
    this.#plant = plant;
    this.#tally = tally;
    this.#random = new SeededRandom(tally.seed, 'disk');
    this.#mount = join(plant.dir, 'disk');
    this.#filler = join(this.#mount, 'filler');
  }

  /** The station that they strike: on a disk of its own where one of them needs that, and null where none can be mounted. */
  async station(faults: readonly DiskFault[], usual: PlantStation): Promise<PlantStation | null> {
    if (!faults.some((fault) => MOUNTED.has(fault))) return usual;
    mkdirSync(this.#mount);
    try {
      mount('-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'keyline-test', this.#mount);
    } catch {
      this.#tally.notRun.push(`disk: ${faults.join(', ')} (no tmpfs can be mounted here)`);
      return null;
    }
    process.once('exit', () => this.close());
    return this.#plant.newStation('D', join(this.#mount, 'station'));
  }

  async run(faults: readonly DiskFault[], station: PlantStation): Promise<void> {
    for (const fault of faults) await this.#strike(fault, station);
  }

  /** After the last look at the books. */
  close(): void {
    try {
      execFileSync('umount', [this.#mount], { stdio: 'ignore' });
    } catch {
      // It was not mounted.
    }
  }

  async #strike(fault: DiskFault, station: PlantStation): Promise<void> {
    const seed = this.#tally.seed * 10_000 + 6_000 + this.#random.between(0, 999);
    const lot = await LiveLot.make(this.#plant, station, { boards: BOARDS, seed });
    const events = this.#random.between(1, 10 * BOARDS);
    const seen = await this.#how(fault, lot, events);
    if (seen === null) count(this.#tally.diskFaults, fault);
    else this.#tally.violations.push({ rule: 'diskFaultIsTold', ids: `${fault}: ${seen}` });
    await lot.finish(this.#tally);
  }

  /** Null where its effect was seen; else what was seen. The lot's station is started again and runs when it settles. */
  async #how(fault: DiskFault, lot: LiveLot, events: number): Promise<string | null> {
    switch (fault) {
      case 'full':
        return this.#full(lot, events);
      case 'low':
        return this.#low(lot);
      case 'read-only-at-start':
        return this.#readOnlyAtStart(lot);
      case 'read-only':
      case 'slow':
        return this.#bad(fault, lot, events);
    }
  }

  /** To the last byte, and again when the station makes room. */
  async #full(lot: LiveLot, events: number): Promise<string | null> {
    const run = lot.startStation();
    await lot.events(events, lot.station.lastSeq());
    const told = await this.#until(run, () => {
      this.#fill(0);
      return tells(run);
    });
    await leave(lot, run);
    rmSync(this.#filler, { force: true });
    lot.startStation();
    return told ? null : lastWords(run);
  }

  async #low(lot: LiveLot): Promise<string | null> {
    this.#fill(LOW_BYTES);
    const run = lot.startStation();
    const told = await this.#until(run, () => tells(run));
    await leave(lot, run);
    rmSync(this.#filler, { force: true });
    lot.startStation();
    return told ? null : lastWords(run);
  }

  async #readOnlyAtStart(lot: LiveLot): Promise<string | null> {
    mount('-o', 'remount,ro', this.#mount);
    const run = lot.startStation();
    const code = await endOf(run.child);
    const refused = run.refused();
    mount('-o', 'remount,rw', this.#mount);
    lot.startStation();
    return code === 2 && refused !== null && refused !== 'FAULT' ? null : `${code} ${refused} ${lastWords(run)}`;
  }

  async #bad(fault: 'read-only' | 'slow', lot: LiveLot, events: number): Promise<string | null> {
    const state = join(this.#plant.dir, `disk-${fault}`);
    const set = (letter: string) => writeFileSync(state, letter, { flag: 'r+' });
    writeFileSync(state, '  ');
    const env = {
      ...{ LD_PRELOAD: buildShim('bad-disk', this.#plant.dir), KEYLINE_DISK_FOLDER: lot.station.data },
      KEYLINE_DISK_FILE: state,
    };
    const since = lot.station.lastSeq();
    const run = lot.startStation(env);
    await lot.events(events, since);
    set(fault === 'slow' ? 's' : 'r');
    const obeyed = () => readFileSync(state, 'latin1')[1] === 'y';
    if (fault === 'slow') {
      const at = lot.station.lastSeq();
      const wentOn = await this.#until(run, () => obeyed() && lot.station.lastSeq() > at + 3);
      set(' ');
      return wentOn ? null : lastWords(run);
    }
    const told = await this.#until(run, () => obeyed() && tells(run));
    set(' ');
    await leave(lot, run);
    lot.startStation();
    return told ? null : lastWords(run);
  }

  /** Leaves so many bytes free; never less than there are. */
  #fill(freeBytes: number): void {
    const block = Buffer.alloc(MB);
    const file = openSync(this.#filler, 'a');
    try {
      for (;;) {
        const { bavail, bsize } = statfsSync(this.#mount);
        const left = bavail * bsize - freeBytes;
        if (left <= 0) return;
        writeSync(file, block, 0, Math.min(block.length, left));
      }
    } catch {
      // It is full.
    } finally {
      closeSync(file);
    }
  }

  async #until(run: StationRun, is: () => boolean): Promise<boolean> {
    for (let waitedMs = 0; waitedMs < LIMIT_MS; waitedMs += LOOK_MS) {
      if (is()) return true;
      if (run.child.exitCode !== null) return is();
      await delay(LOOK_MS);
    }
    return false;
  }
}

async function leave(lot: LiveLot, run: StationRun): Promise<void> {
  if (!lot.ended) await lot.station.leave(run);
}

/** While it runs, or as its last word. */
function tells(run: StationRun): boolean {
  const refused = run.child.exitCode === null ? null : run.refused();
  const words = TELLING.map((code) => errorRow(code).happened);
  return TELLING.some((code) => code === refused) || run.said.some((line) => words.some((each) => line.includes(each)));
}

function lastWords(run: StationRun): string {
  return `ended ${run.child.exitCode}: ${run.said.slice(-3).join(' | ')}`;
}

function mount(...args: string[]): void {
  execFileSync('mount', args, { stdio: 'ignore' });
}
