// One run of the station's program in a world, from its start to its end or death: the product's own core over the
// world's seams. Each seam asks first whether the program still lives, and lets faults in.
import { type OpenFolder, openFolder } from '../../../cli/open-folder.ts';
import { copyMaker } from '../../../db/backup-folder.ts';
import { dataFolderAt } from '../../../db/data-folder.ts';
import type { StationStore } from '../../../db/station-store.ts';
import type { SignedCheckpoint } from '../../../domain/checkpoint.ts';
import { KeylineError } from '../../../domain/errors.ts';
import { PRACTICE_SECRET } from '../../../domain/practice-secret.ts';
import type { StationEvent } from '../../../domain/station-event.ts';
import { SeededRandom } from '../../../simulator/seeded-random.ts';
import type { CopyMaker } from '../../../station/copies/copy-maker.ts';
import { spkiOf } from '../../../station/identity/file-signer.ts';
import { sealNewKey } from '../../../station/identity/injection/seal-key.ts';
import type { Issuer } from '../../../station/identity/issuer.ts';
import { localIssuer } from '../../../station/identity/local-issuer.ts';
import type { LotFiles } from '../../../station/line/lot-files.ts';
import { connectorOver } from '../../../station/outbox/connectors/security-service.ts';
import type { ServiceHttp } from '../../../station/outbox/connectors/service-http.ts';
import type { PortSource } from '../../../station/port/byte-port.ts';
import { Checkpoints } from '../../../station/records/checkpoints.ts';
import { Station } from '../../../station/station.ts';
import type { Chance } from './chance.ts';
import { Crash, PlannedBug } from './crash.ts';
import type { Fault } from './fault-lanes.ts';
import type { ClockView } from './world-clock.ts';
import { FACTORY_SECRET, type Factory, STATION_ID, steadySignature } from './world-factory.ts';

export interface ProgramWorld {
  readonly factory: Factory;
  readonly chance: Chance;
  readonly files: LotFiles;
  /** Outlives every program, like a folder. */
  readonly copies: SignedCheckpoint[];
  ports(program: Program): PortSource;
  http(program: Program): ServiceHttp;
  commitFault(): Fault | null;
  effectFault(): Fault | null;
  crash(fault: Fault): void;
  stall(fault: Fault): void;
  /** A fault of our own is planted: seen when the station is started again. */
  bugged(fault: Fault): void;
  /** The store said that it is full: seen when the station says so. */
  full(fault: Fault): void;
  heard(event: StationEvent): void;
  /** About to be signed with the issuing CA's key. */
  signing(message: Uint8Array): void;
  bug(program: Program, bug: unknown): void;
  /** Something that takes real time: the world's own stands still until it is done. */
  outside<T>(work: () => Promise<T>): Promise<T>;
  /** A copy of the records is whole. */
  copied(): void;
}

/** A computer with a station on it. */
export interface Computer {
  /** Its data folder. */
  readonly folder: string;
  /** Where the ends of audit chains are kept. */
  readonly state: string;
}

export interface ProgramOrder {
  readonly computer: Computer;
  readonly clock: ClockView;
  /** Sets this run's random bytes apart. */
  readonly name: string;
}

export class Program {
  readonly station: Station;
  readonly clock: ClockView;
  readonly #world: ProgramWorld;
  readonly #open: OpenFolder;
  #alive = true;

  /** Throws what opening a folder and a station's start throw. */
  constructor({ computer, clock, name }: ProgramOrder, world: ProgramWorld) {
    this.clock = clock;
    this.#world = world;
    const random = new SeededRandom(name, 'station');
    const around = surroundings(computer, () => this.#alive);
    this.#open = openFolder({ folder: dataFolderAt(computer.folder), around, clock, random }, null);
    const { store, station: row } = this.#open;
    const books = this.#guarded(store);
    const { factory } = world;
    const signer = {
      spki: spkiOf(factory.caKey),
      sign: async (message: Uint8Array) => {
        world.signing(message);
        return steadySignature(factory.caKey, message);
      },
    };
    const sign = (text: string) =>
      Buffer.from(steadySignature(factory.stationKey, Buffer.from(text, 'utf8'))).toString('base64');
    const connect = () => connectorOver(world.http(this), row.epoch);
    const asked = async <T>(act: () => Promise<T>): Promise<T> => await this.#effect(act);
    const copyOut = (signed: SignedCheckpoint) => this.#effect(() => void world.copies.push(signed));
    this.station = this.#opened(
      () =>
        new Station({
          ...{ clock, random, files: world.files, lockedKeys: null },
          stores: {
            records: books,
            outbox: books,
            enrolments: books,
            people: books,
            settings: books,
            lotPages: books,
            files: world.files,
          },
          ports: () => world.ports(this),
          keys: {
            issuers: [askedIssuer(localIssuer(factory.ca, signer, random), asked)],
            factorySecrets: new Map([[FACTORY_SECRET, PRACTICE_SECRET]]),
            ...{ connect, books: connect },
            checkpoints: (recorder) => new Checkpoints(recorder, sign, copyOut),
          },
          shelf: { whole: [factory.ca], requested: [] },
          holdsFactorySecret: (secret) => secret === FACTORY_SECRET,
          seal: (order) => asked(() => world.outside(() => sealNewKey(order))),
          copies: this.#copies(),
          reconcile: books,
          hasSpace: () => true,
          boardsFit: () => 1_000,
          log: { info() {}, warn() {}, error() {} },
          onBug: (bug) => this.#alive && world.bug(this, bug),
        }),
    );
    this.station.watch((event) => {
      if (!this.#alive) return;
      // As the station's host does: after each board.
      if (event.type === 'job-ended') this.#open.mark();
      world.heard(event);
    });
  }

  /** Made in real time, by the station's own copy of its open records. */
  #copies(): CopyMaker {
    const { folder, store, copyTo } = this.#open;
    const maker = copyMaker(folder, STATION_ID, { store, copyTo });
    return {
      uncopied: maker.uncopied,
      make: async (dir) => {
        this.breathe();
        const copy = await this.#world.outside(() => maker.make(dir));
        this.#world.copied();
        return copy;
      },
    };
  }

  /** A start that fails ends the program. */
  #opened(start: () => Station): Station {
    try {
      return start();
    } catch (error) {
      this.die();
      this.bury();
      throw error;
    }
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Nothing that it still does has any effect. Its books are closed by `bury`, once its last call has returned. */
  die(): void {
    this.#alive = false;
    this.clock.stop();
  }

  bury(): void {
    this.#alive = false;
    this.#open.close();
  }

  /** Throws Crash in a program that is dead. */
  breathe(): void {
    if (!this.#alive) throw new Crash();
  }

  /** Something outside the database, before or after which the program may die. */
  #effect<T>(act: () => T): T {
    this.breathe();
    const fault = this.#world.effectFault();
    if (!fault) return act();
    // Done, and nobody is left to hear how it went.
    if (fault.share === null ? this.#world.chance.percent(50) : fault.share > 0.5)
      void Promise.resolve(act()).catch(() => {});
    this.#world.crash(fault);
    throw new Crash();
  }

  opening<T>(open: () => T): T {
    return this.#effect(open);
  }

  #guarded(store: StationStore): StationStore {
    let inside = false;
    const transaction = <T>(work: () => T): T => {
      inside = true;
      try {
        return this.#transaction(store, work);
      } finally {
        inside = false;
      }
    };
    return new Proxy(store, {
      get: (target, name, receiver) => {
        const member: unknown = Reflect.get(target, name, receiver);
        if (name === 'transaction') return transaction;
        if (typeof member !== 'function') return member;
        return (...values: unknown[]): unknown => {
          this.breathe();
          // These two write in a transaction of their own where none is open.
          if (!inside && (name === 'bindSlot' || name === 'saveEnrolment'))
            return transaction(() => Reflect.apply(member, target, values));
          return Reflect.apply(member, target, values);
        };
      },
    });
  }

  #transaction<T>(store: StationStore, work: () => T): T {
    this.breathe();
    const { chance } = this.#world;
    const fault = this.#world.commitFault();
    switch (fault?.kind) {
      case undefined:
        return store.transaction(work);
      case 'slow':
        this.#world.stall(fault);
        return store.transaction(work);
      case 'full':
        this.#world.full(fault);
        return store.transaction(() => {
          work();
          throw new KeylineError('DISK_FULL', 'SQLITE_FULL');
        });
      case 'bug':
        this.#world.bugged(fault);
        throw new PlannedBug();
      case 'crash-at-commit': {
        const when = fault.share === null ? chance.between(0, 2) : Math.round(2 * fault.share);
        if (when === 0) return this.#dieNow(fault);
        const done = store.transaction(() => {
          const result = work();
          if (when === 1) this.#dieNow(fault);
          return result;
        });
        if (when === 2) this.#dieNow(fault);
        return done;
      }
      default:
        throw new Error(`${fault?.kind} is no fault of a commit`);
    }
  }

  #dieNow(fault: Fault): never {
    this.#world.crash(fault);
    throw new Crash();
  }
}

function askedIssuer(issuer: Issuer, asked: <T>(act: () => Promise<T>) => Promise<T>): Issuer {
  return {
    ...issuer,
    intend: (order) => asked(() => issuer.intend(order)),
    sign: (tbs) => asked(() => issuer.sign(tbs)),
  };
}

/** A program that is dead keeps no mark any more: it finds no place for it. */
export function surroundings({ state }: Pick<Computer, 'state'>, alive: () => boolean) {
  return {
    platform: process.platform,
    get env() {
      return { XDG_STATE_HOME: alive() ? state : '/dev/null', LOCALAPPDATA: alive() ? state : 'nul:' };
    },
    get homeDir() {
      return alive() ? state : '/dev/null';
    },
  };
}
