// One place of the world's bench: a port that a board may sit at, its cable, and what faults do to frames on it.
import { KeylineError } from '../../../domain/errors.ts';
import type { Clock } from '../../../domain/seams.ts';
import type { BytePort, PortSpot } from '../../../station/port/byte-port.ts';
import { type Channel, openChannel } from '../../../station/port/channel.ts';
import type { Chance } from './chance.ts';
import { Crash } from './crash.ts';
import type { Fault, FaultLanes } from './fault-lanes.ts';
import type { Sightings } from './sightings.ts';
import type { WorldBoard } from './world-board.ts';

/** A frame on a short cable at a usual rate. */
const FRAME_MS = 1;
/** Longer than any time limit of one try but that of an erase. */
const LATE_MS = 12_000;
/** A frame that nothing overtakes arrives all the same. */
const OVERTAKEN_MS = 2_500;
const FIRST_OF_FRAME = 0x06;

export interface SlotWorld {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly lanes: FaultLanes;
  readonly sightings: Sightings;
  /** The station dies. */
  crash(fault: Fault): void;
  /** Somebody pulled the board out of this slot. */
  pulledOut(board: WorldBoard, slot: number): void;
}

type Direction = 'out' | 'in';
/** `arrived` is called where it does. */
type Deliver = (bytes: Uint8Array, afterMs: number, arrived?: () => void) => void;

export class WorldSlot {
  readonly number: number;
  readonly position: string;
  board: WorldBoard | null = null;
  /** Carries nothing, until the board is taken out. */
  #mute: 'no' | 'takes' | 'stuck' = 'no';
  readonly #world: SlotWorld;
  #channel: Channel | null = null;
  /** Sequence numbers that the station waits for, with the time it asked. */
  readonly #asked = new Map<number, number>();
  readonly #held: Record<Direction, { deliver: () => void; fault: Fault } | null> = { out: null, in: null };
  /** Changes when port or board change: what was on the cable then is lost. */
  #generation = 0;

  constructor(number: number, world: SlotWorld) {
    this.number = number;
    this.position = `bench-${number}`;
    this.#world = world;
  }

  get spot(): PortSpot {
    return { position: this.position, path: `${this.position}/port` };
  }

  /** Throws PULLED_OUT, PORT_BUSY. `clock` is the station's. */
  open(clock: Clock): BytePort {
    if (!this.board) throw new KeylineError('PULLED_OUT', 'nothing is there');
    if (this.#channel) throw new KeylineError('PORT_BUSY', '');
    const channel = openChannel(
      this.spot.path,
      { write: (bytes, done) => this.#written(bytes, done), close: () => this.#closed() },
      clock,
    );
    this.#channel = channel;
    this.#asked.clear();
    return channel.port;
  }

  insert(board: WorldBoard): void {
    this.board = board;
    this.#mute = 'no';
    this.#generation += 1;
    board.whereabouts = 'slot';
    board.insertions += 1;
    board.swappedIn = false;
    board.line.plug((bytes) => this.#said(bytes));
  }

  /** Board and port go. */
  remove(): WorldBoard | null {
    const { board } = this;
    board?.line.unplug();
    this.board = null;
    this.#closed();
    return board;
  }

  /** Another board on the port that stays open. */
  swap(other: WorldBoard): WorldBoard | null {
    const { board } = this;
    board?.line.unplug();
    this.insert(other);
    other.swappedIn = true;
    return board;
  }

  /** The program that held the port is gone. */
  drop(): void {
    this.#channel = null;
    this.#generation += 1;
    this.#asked.clear();
  }

  restartBoard(): void {
    const { board } = this;
    board?.line.unplug();
    board?.line.plug((bytes) => this.#said(bytes));
  }

  #closed(): void {
    const channel = this.#channel;
    this.#channel = null;
    this.#generation += 1;
    this.#held.in = null;
    this.#held.out = null;
    channel?.ended();
    this.#world.sightings.note({ type: 'port-closed', slot: this.number });
  }

  #written(bytes: Uint8Array, done: (error: Error | null) => void): void {
    if (this.#mute === 'stuck') return;
    if (bytes[0] === FIRST_OF_FRAME) this.#ask(bytes);
    try {
      this.#carry('out', bytes, (arriving) => this.board?.line.receive(arriving));
    } catch (error) {
      // The station died in its write: nobody hears of it.
      if (error instanceof Crash) return;
      throw error;
    }
    done(null);
  }

  #ask(bytes: Uint8Array): void {
    const nowMs = this.#world.clock.monotonicMs();
    for (const askedMs of this.#asked.values()) {
      if (nowMs - askedMs < 50) continue;
      this.#world.sightings.note({ type: 'asked-again', slot: this.number });
      break;
    }
    this.#asked.set(sequenceOf(bytes), nowMs);
  }

  #said(bytes: Uint8Array): void {
    this.#carry('in', bytes, (arriving) => {
      if (arriving[0] === FIRST_OF_FRAME) this.#asked.delete(sequenceOf(arriving));
      this.#channel?.received(arriving);
    });
  }

  #carry(way: Direction, bytes: Uint8Array, arrive: (bytes: Uint8Array) => void): void {
    if (this.#mute !== 'no') return;
    const generation = this.#generation;
    const deliver: Deliver = (arriving, afterMs, arrived) =>
      void this.#world.clock.after(afterMs, () => {
        if (generation !== this.#generation || arriving.length === 0) return;
        arrive(arriving);
        arrived?.();
      });
    const fault = bytes[0] === FIRST_OF_FRAME && this.#channel ? this.#world.lanes.at('frame') : null;
    if (fault) this.#strike(fault, way, bytes, deliver);
    else deliver(bytes, FRAME_MS);
    if (fault?.kind === 'reorder') return;
    const held = this.#held[way];
    if (held === null || bytes[0] !== FIRST_OF_FRAME) return;
    this.#held[way] = null;
    held.fault.observed();
    held.deliver();
  }

  #strike(fault: Fault, way: Direction, bytes: Uint8Array, deliver: Deliver): void {
    const { chance, clock } = this.#world;
    const at = fault.share === null ? chance.between(0, bytes.length) : Math.round(fault.share * bytes.length);
    const unanswered = () =>
      this.#world.sightings.expect(fault, (note) => note.type === 'asked-again' && note.slot === this.number);
    switch (fault.kind) {
      case 'cut':
        deliver(bytes.subarray(0, Math.min(at, bytes.length - 2)), FRAME_MS);
        return unanswered();
      case 'corrupt': {
        const wrong = Uint8Array.from(bytes);
        const place = chance.between(2, bytes.length - 2);
        wrong[place] = (wrong[place] ?? 0) ^ (chance.percent(50) ? 0x01 : 0x15);
        deliver(wrong, FRAME_MS);
        return unanswered();
      }
      case 'delay':
        deliver(bytes, chance.between(200, LATE_MS));
        return unanswered();
      case 'repeat':
        deliver(bytes, FRAME_MS);
        return deliver(bytes, chance.between(FRAME_MS, 400), () => fault.observed());
      case 'reorder': {
        let arrived = false;
        const late = () => {
          if (!arrived) deliver(bytes, FRAME_MS);
          arrived = true;
        };
        this.#held[way] = { deliver: late, fault };
        clock.after(OVERTAKEN_MS, late);
        return;
      }
      case 'half-open':
        this.#mute = chance.percent(50) ? 'takes' : 'stuck';
        return this.#world.sightings.expect(fault, (note) => 'slot' in note && note.slot === this.number);
      case 'restart-at-byte':
        if (way === 'out') this.board?.line.receive(bytes.subarray(0, at));
        else deliver(bytes.subarray(0, at), 0);
        // Not in the middle of the board's own answer: power goes between two of its instructions.
        clock.after(0, () => this.restartBoard());
        return unanswered();
      case 'unplug-at-byte':
        if (way === 'out') this.board?.line.receive(bytes.subarray(0, at));
        else this.#channel?.received(bytes.subarray(0, at));
        clock.after(0, () => {
          const board = this.remove();
          if (board) this.#world.pulledOut(board, this.number);
        });
        return this.#world.sightings.expect(fault, (note) => note.type === 'port-closed' && note.slot === this.number);
      case 'crash-at-byte':
        if (way === 'out') this.board?.line.receive(bytes.subarray(0, at));
        else this.#channel?.received(bytes.subarray(0, at));
        this.#world.crash(fault);
        if (way === 'out') throw new Crash();
        return;
      default:
        throw new Error(`${fault.kind} is no fault of a cable`);
    }
  }
}

/** Of the SMP header in a frame's first line: two bytes of length, then eight of header, the seventh the sequence. */
function sequenceOf(bytes: Uint8Array): number {
  const head = Buffer.from(Buffer.from(bytes.subarray(2, 18)).toString('latin1'), 'base64');
  return head[8] ?? 0;
}
