// What can happen to the records of a world, in the worlds that draw it: a copy is made; later the disk is lost, or an older
// file is put back; the station is restored from the copy with a new epoch, and boards made since come to the line again,
// whose lots are abandoned. The station of before may go on beside it. By the product's own copy and restore.
import { copyFileSync, cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { restoreStation } from '../../../cli/restore-station.ts';
import { marksFolder, readMark } from '../../../db/chain-mark.ts';
import { dataFolderAt } from '../../../db/data-folder.ts';
import { SeededRandom } from '../../../simulator/seeded-random.ts';
import type { MadeCopy } from '../../../station/copies/copy-maker.ts';
import type { Station } from '../../../station/station.ts';
import type { Witness } from '../checker/witness.ts';
import type { Chance } from './chance.ts';
import { goOn } from './clone.ts';
import { decideConflicts } from './deciding.ts';
import type { Fault, FaultLanes } from './fault-lanes.ts';
import type { StationLife } from './station-life.ts';
import type { WorldBoard } from './world-board.ts';
import type { WorldClock } from './world-clock.ts';
import { type Factory, STATION_ID } from './world-factory.ts';
import type { WorldService } from './world-service.ts';
import { type Computer, surroundings } from './world-station.ts';

/** Worlds of a hundred that draw one. */
const OFTEN = 32;
const TRY_AGAIN_MS = 500;
/** Of serials that no lot of the first life had. */
const FRESH = { named: 'S-501..S-599', read: 'S-301..S-399' } as const;
export const FIRST_LOT = 'L-1';
const SECOND_LOT = 'L-2';

export interface SecondLifeParts {
  readonly seed: number;
  readonly factory: Factory;
  readonly clock: WorldClock;
  readonly lanes: FaultLanes;
  readonly service: WorldService;
  readonly witness: Witness;
  readonly life: StationLife;
  readonly boards: readonly WorldBoard[];
  /** The station's computer: its folder is made anew where it is lost. */
  readonly computer: Computer;
  /** What lies elsewhere: copies, and the computer of before. */
  readonly dir: string;
  say(line: string): void;
  violation(rule: string, ids: string): void;
  outside<T>(work: () => Promise<T>): Promise<T>;
  pause(ms: number): Promise<void>;
  /** Looks at the books as they lie now. */
  judge(): void;
  createLot(station: Station, lotId: string, serialRange: string): Promise<unknown>;
}

/** The folder of a station's computer, as a command finds it. What a full disk is given back is no part of the world. */
export function layFolder({ folder, state }: Computer): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  mkdirSync(state, { recursive: true });
  writeFileSync(dataFolderAt(folder).ballast, '');
}

export class SecondLife {
  /** The lot that the hands work on; null while there is none. */
  lotId: string | null = FIRST_LOT;
  /** Records of the lives before, as they ended. */
  readonly earlier: string[] = [];
  readonly #parts: SecondLifeParts;
  readonly #chance: Chance;
  readonly #drawn: boolean;
  #begun = false;
  #copy: MadeCopy | null = null;
  #stagesLeft = 0;
  #down: Fault | null = null;
  #open = 0;

  constructor(chance: Chance, parts: SecondLifeParts) {
    this.#chance = chance;
    this.#parts = parts;
    this.#drawn = chance.percent(OFTEN);
    this.#stagesLeft = chance.between(1, 16);
  }

  /** It is to come, or under way. */
  get busy(): boolean {
    return (this.#begun && this.#down === null) || this.#open > 0;
  }

  begin(): void {
    if (!this.#drawn) return;
    this.#begun = true;
    this.#parts.clock.after(this.#chance.between(200, 12_000), () => void this.#makeCopy());
  }

  async #makeCopy(): Promise<void> {
    await this.#do(async (station) => {
      this.#copy = await station.backups.make('hands', this.#backup);
    });
    this.#parts.say(`copy at ${this.#copy?.seq}`);
  }

  get #backup(): string {
    return join(this.#parts.dir, 'backup');
  }

  get #database(): string {
    return dataFolderAt(this.#parts.computer.folder).stationDatabase;
  }

  /** A job entered another stage. */
  stage(): void {
    if (this.#copy !== null && --this.#stagesLeft === 0) this.#parts.clock.after(0, () => this.strike());
  }

  /** The disk is lost, or an older file lies on it; once, and not before there is a copy. */
  strike(): void {
    const { lanes, life, clock, computer, judge } = this.#parts;
    const copy = this.#copy;
    if (copy === null || this.#down !== null) return;
    const back = this.#chance.percent(75) && this.#isBehind(copy);
    const fault = lanes.fire(back ? 'rolled-back' : 'restore');
    this.#down = fault;
    this.#open += 1;
    this.lotId = null;
    life.halt();
    judge();
    const before = this.#putAside(back);
    this.#comeAgain();
    if (back) {
      const { stationDatabase } = dataFolderAt(computer.folder);
      // Another file of the same name: the witness still looks at the one before.
      for (const end of ['', '-wal', '-shm']) rmSync(`${stationDatabase}${end}`, { force: true });
      copyFileSync(copy.file, stationDatabase);
    }
    clock.after(this.#chance.between(300, 3_000), () =>
      back ? this.#openOld(before) : void this.#restore(before, fault),
    );
  }

  /** The mark that is kept elsewhere stands further than the copy. */
  #isBehind({ epoch, seq }: MadeCopy): boolean {
    const mark = readMark(marksFolder(surroundings(this.#parts.computer, () => true)), STATION_ID);
    return mark !== null && mark.epoch === epoch && mark.seq > seq;
  }

  /** The computer of before, with its last records. */
  #putAside(back: boolean): Computer {
    const { computer, dir } = this.#parts;
    const before = { folder: join(dir, 'before'), state: join(dir, 'before-state') };
    if (back) cpSync(computer.folder, before.folder, { recursive: true });
    else renameSync(computer.folder, before.folder);
    // Another computer, or the same with a new disk for its data.
    if (back || this.#chance.percent(50)) cpSync(computer.state, before.state, { recursive: true });
    else renameSync(computer.state, before.state);
    layFolder(computer);
    this.earlier.push(dataFolderAt(before.folder).stationDatabase);
    return before;
  }

  /** Whatever holds a certificate is plugged in again. */
  #comeAgain(): void {
    const { boards, clock } = this.#parts;
    for (const board of boards) {
      board.insertions = 0;
      if (board.state.record.items.leaf === null || !['done', 'bin'].includes(board.whereabouts)) continue;
      board.whereabouts = 'tray';
      board.backMs = clock.monotonicMs + this.#chance.between(1_000, 30_000);
      board.backTo = null;
    }
  }

  /** Somebody starts the station on what was put back: it must refuse. */
  #openOld(before: Computer): void {
    const { life, violation, clock, lanes, say } = this.#parts;
    const refusal = life.open();
    if (refusal !== 'ROLLED_BACK')
      return violation('rolledBackIsRefused', `event ${this.#copy?.seq}: ${refusal ?? 'a station works on it'}`);
    say('rolled back');
    this.#down?.observed();
    clock.after(this.#chance.between(300, 3_000), () => void this.#restore(before, lanes.fire('restore')));
  }

  async #restore(before: Computer, fault: Fault): Promise<void> {
    const { seed, clock, witness, life, computer, outside, violation, judge, say } = this.#parts;
    const freshRange = this.#chance.percent(50) ? FRESH.named : null;
    const use = {
      ...{ folder: dataFolderAt(computer.folder), around: surroundings(computer, () => true), clock: clock.view() },
      random: new SeededRandom(seed, 'restore'),
      passphrase: () => {
        throw new Error('no key of the world stands under a passphrase');
      },
      askPerson: () => Promise.reject(new Error('no people are on record in the world')),
    };
    try {
      const order = { from: this.#backup, freshRange, offline: freshRange !== null };
      const { epoch } = await outside(() => restoreStation(use, order));
      say(`restored ${epoch}`);
      witness.restored(this.#database);
      judge();
      life.start();
      if (this.#chance.percent(60)) void this.#cloned(before, epoch);
      await this.#settle(freshRange, epoch, fault);
    } catch (error) {
      violation('restoreWorks', error instanceof Error ? `${error.message} ${error.stack}` : String(error));
    } finally {
      this.#open -= 1;
    }
  }

  async #cloned(before: Computer, epoch: number): Promise<void> {
    const { lanes, life, pause } = this.#parts;
    this.#open += 1;
    await pause(this.#chance.between(0, 5_000));
    const { files } = life;
    await goOn(before, epoch, lanes.fire('clone'), { ...this.#parts, chance: this.#chance, files });
    this.#open -= 1;
  }

  /** What a person does then: asks the service, finishes what the abandoned lot began, closes it, and makes another. */
  async #settle(freshRange: string | null, epoch: number, fault: Fault): Promise<void> {
    const { service, pause, createLot } = this.#parts;
    if (freshRange === null) await this.#do((station) => station.sync());
    this.lotId = FIRST_LOT;
    await pause(this.#chance.between(5_000, 15_000));
    this.lotId = null;
    await this.#do(async (station) => {
      await station.stopLine();
      const [first] = station.lots.list().filter(({ lotId }) => lotId === FIRST_LOT);
      if (first?.state !== 'closed') {
        await decideConflicts(station);
        station.commandLot('hands', { lotId: FIRST_LOT, command: 'close', because: null, writeOff: true });
      }
    });
    await this.#do(async (station) => {
      if (station.lots.list().some(({ lotId }) => lotId === SECOND_LOT)) return;
      await createLot(station, SECOND_LOT, freshRange ?? FRESH.read);
    });
    this.lotId = SECOND_LOT;
    while ((service.epoch ?? 0) < epoch) await pause(TRY_AGAIN_MS);
    fault.observed();
  }

  /** As often as it takes: the station may die of it. */
  async #do(act: (station: Station) => Promise<unknown>): Promise<void> {
    const { life, pause } = this.#parts;
    for (;;) {
      const { station } = life;
      let end: 'done' | 'failed' | null = null;
      if (station)
        act(station).then(
          () => {
            end = 'done';
          },
          (error: unknown) => {
            end = 'failed';
            life.answered(error);
          },
        );
      while (station && end === null && life.station === station) await pause(TRY_AGAIN_MS);
      if (end === 'done') return;
      await pause(TRY_AGAIN_MS);
    }
  }
}
