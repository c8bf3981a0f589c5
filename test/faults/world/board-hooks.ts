// Where faults reach into a board, and where the witness looks at what it is told: before a key, a leaf or a lock
// arrives, the records must hold its intent.
import { toHex } from '../../../domain/bytes.ts';
import { SMP_RC } from '../../../protocol/standard-groups.ts';
import type { DeviceRequest } from '../../../simulator/device-request.ts';
import type { DeviceHooks } from '../../../simulator/device-state.ts';
import { isItemWrite, isRead, isWrite } from '../../../simulator/faults/request.ts';
import { smpError } from '../../../simulator/reply.ts';
import { STORE_GROUPS } from '../../../simulator/store-groups.ts';
import { sha256 } from '../checker/books.ts';
import type { Witness } from '../checker/witness.ts';
import { flipped, type Lie, lieFor } from './board-lies.ts';
import type { Chance } from './chance.ts';
import { showsTrouble } from './event-words.ts';
import type { Fault, FaultLanes } from './fault-lanes.ts';
import type { Sightings } from './sightings.ts';
import type { WorldBoard } from './world-board.ts';

export interface BoardWorld {
  readonly chance: Chance;
  readonly lanes: FaultLanes;
  readonly sightings: Sightings;
  readonly witness: Witness;
  say(line: string): void;
  /** Every proof of a board that holds a certificate is wrong. */
  readonly signsWrongly: boolean;
  /** It holds its certificate now. */
  enrolled(board: WorldBoard): void;
  /** The slot that the board sits in, or null. */
  slotOf(board: WorldBoard): number | null;
}

/** Longer than the time limit of some requests, shorter than that of others. */
const SLOW_MS = [300, 15_000] as const;

export function boardHooks(world: BoardWorld, board: () => WorldBoard): DeviceHooks {
  const { chance, lanes, sightings } = world;
  let lie: Lie | null = null;
  let groupsClosed = false;
  let slowMs = 0;
  const silent = (fault: Fault) => {
    const slot = world.slotOf(board());
    sightings.expect(fault, (note) => note.type === 'asked-again' && note.slot === slot);
  };
  return {
    onRequest(request, state) {
      const { hwid } = state.record;
      look(world.witness, hwid, request);
      if (groupsClosed && STORE_GROUPS.includes(request.group)) return smpError(SMP_RC.NOT_SUPPORTED);
      const possible = lieFor(request, state);
      const fault = lanes.at(
        'board-answer',
        (kind) => kind !== 'lie' || (possible !== null && chance.percent(possible.often)),
      );
      if (fault?.kind === 'board-slow') {
        slowMs = chance.between(...SLOW_MS);
        silent(fault);
      }
      if (fault?.kind !== 'lie' || possible === null) return 'serve';
      world.say(`${board().name} ${possible.name}`);
      sightings.expectEvent(fault, (event) => showsTrouble(event, hwid));
      lie = possible;
      board().lied = true;
      groupsClosed ||= possible.closesGroups === true;
      return possible.instead ?? 'serve';
    },
    onReply(request, reply, { record }) {
      if (world.signsWrongly && record.life === 'enrolled' && isRead(request, 'prove')) return flipped(reply);
      const told = lie?.alter?.(reply) ?? reply;
      if (!lie?.atRestart) lie = null;
      return told;
    },
    delayMs() {
      const taken = slowMs;
      slowMs = 0;
      return taken;
    },
    onRestart(state) {
      const act = lie?.atRestart;
      lie = null;
      act?.(state);
    },
    cutsAfter(before, after) {
      if (before.life !== 'enrolled' && after.life === 'enrolled') world.enrolled(board());
      const fault = lanes.at('board-commit');
      if (fault) silent(fault);
      return fault !== null;
    },
  };
}

function look(witness: Witness, hwid: string, request: DeviceRequest): void {
  const { payload } = request;
  if (isWrite(request, 'keygen')) witness.keyOrdered(hwid, hexOf(payload.nonce));
  if (isWrite(request, 'inject') && payload.off === 0) witness.keySent(hexOf(payload.hwid), digestOf(payload.data));
  if (isItemWrite(request, 'leaf') && payload.sha) witness.leafSent(hwid, hexOf(payload.sha));
  if (isWrite(request, 'lock')) witness.lockOrdered(hwid, hexOf(payload.leaf));
}

function digestOf(value: unknown): string {
  return value instanceof Uint8Array ? sha256(value) : '';
}

function hexOf(value: unknown): string {
  return value instanceof Uint8Array ? toHex(value) : '';
}
