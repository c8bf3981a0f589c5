// What a scan does on the Line (UX.md section 7): slot label, then command, so that gloves stay on. Pure: the view, the
// slot that is open and the scan give one act, or why there is none.
import type { Scan, ScanCommand } from '../../domain/scan.ts';
import type { SlotCommand, SlotView } from '../../domain/station-event.ts';
import { isLineStop, queueOf } from './queue.ts';
import type { StationView } from './station-view.ts';

export type LineRefusal =
  | 'noSlot'
  | 'lotOpen'
  | 'noCard'
  | 'noCardHere'
  | 'noNext'
  | 'noPause'
  | 'heldForReason'
  | 'noLabel';

export type LineAct =
  | { readonly act: 'select'; readonly slot: string; readonly by: 'slot' | 'next' }
  | { readonly act: 'command'; readonly slot: string; readonly command: SlotCommand; readonly sinceMs: number }
  | { readonly act: 'look-again' }
  | { readonly act: 'pause'; readonly lotId: string; readonly command: 'hold' | 'release' }
  | { readonly act: 'start'; readonly orderId: string }
  /** A label was read; `slot`: of the board that it must belong to, null where none was chosen. */
  | { readonly act: 'label'; readonly deviceSerial: string; readonly keyTail: string; readonly slot: string | null }
  | { readonly act: 'print'; readonly deviceSerial: string }
  | { readonly act: 'print-waiting' }
  | { readonly act: 'refuse'; readonly why: LineRefusal };

/** What each command may tell a slot; the first that its card offers counts. */
const COMMANDS = {
  'TRY-AGAIN': ['try-again', 'look-again'],
  'IN-THE-BIN': ['in-bin'],
} as const satisfies Partial<Record<ScanCommand, readonly SlotCommand[]>>;

/** Null for a scan that is not the Line's. `selected`: the slot whose detail is open. */
export function lineScan(view: StationView, selected: string | null, scan: Scan): LineAct | null {
  switch (scan.kind) {
    case 'slot':
      return selectOf(findSlot(view, scan.slot), 'slot') ?? refuse('noSlot');
    case 'board': {
      const { deviceSerial, keyTail } = scan;
      const slot = passedIn(view, selected);
      return { act: 'label', deviceSerial, keyTail, slot: slot?.slot ?? null };
    }
    case 'command':
      return commandOf(view, selected, scan.command);
    case 'work-order':
      return view.lot !== null && view.lineRunning ? refuse('lotOpen') : { act: 'start', orderId: scan.orderId };
    case 'badge':
    case 'unknown':
      return null;
  }
}

function commandOf(view: StationView, selected: string | null, said: ScanCommand): LineAct {
  switch (said) {
    case 'TRY-AGAIN':
    case 'IN-THE-BIN':
      return answerOf(view, selected, said);
    case 'NEXT':
      return selectOf(nextCall(view, selected), 'next') ?? refuse('noNext');
    case 'PAUSE':
      return pauseOf(view);
    case 'PRINT-AGAIN':
      return printOf(view, selected);
  }
}

/** The slot that was chosen, and no other; without one the topmost card that offers it. */
function answerOf(view: StationView, selected: string | null, said: keyof typeof COMMANDS): LineAct {
  if (selected !== null) return offerOf(findSlot(view, selected), said) ?? refuse('noCardHere');
  for (const { slot, look } of queueOf(view)) {
    if (isLineStop({ slot, look }) && said === 'TRY-AGAIN') return { act: 'look-again' };
    const offer = slot === null ? null : offerOf(findSlot(view, slot), said);
    if (offer !== null) return offer;
  }
  return refuse('noCard');
}

function offerOf(slot: SlotView | undefined, said: keyof typeof COMMANDS): LineAct | null {
  const command = COMMANDS[said].find((one) => slot?.actions.includes(one));
  if (slot === undefined || command === undefined) return null;
  return { act: 'command', slot: slot.slot, command, sinceMs: slot.sinceMs };
}

function pauseOf({ lot }: StationView): LineAct {
  if (lot?.state === 'released') return { act: 'pause', lotId: lot.lotId, command: 'hold' };
  // A label that somebody stuck on a board must not answer why the lot was stopped: that takes a hand on the screen.
  if (lot?.state === 'held' && lot.heldBecause !== null) return refuse('heldForReason');
  if (lot?.state === 'held') return { act: 'pause', lotId: lot.lotId, command: 'release' };
  return refuse('noPause');
}

function nextCall(view: StationView, selected: string | null): SlotView | undefined {
  const calls = queueOf(view).flatMap(({ slot }) => slot ?? []);
  const next = calls[(calls.indexOf(selected ?? '') + 1) % Math.max(1, calls.length)];
  return next === undefined ? undefined : findSlot(view, next);
}

/** The chosen slot's board, or the only one's, when it passed: its label is out, or due. */
function passedIn(view: StationView, selected: string | null): SlotView | undefined {
  const [only] = view.slots.length === 1 ? view.slots : [];
  const slot = selected === null ? only : findSlot(view, selected);
  return slot?.state === 'passed' && slot.deviceSerial !== null ? slot : undefined;
}

/** The chosen board's label; without one, of the board whose label did not read back, or all that wait. */
export function printOf(view: StationView, selected: string | null): LineAct {
  const { mismatch, waiting } = view.labels;
  const deviceSerial = passedIn(view, selected)?.deviceSerial ?? (selected === null ? mismatch?.expected : undefined);
  if (deviceSerial) return { act: 'print', deviceSerial };
  return selected === null && waiting > 0 ? { act: 'print-waiting' } : refuse('noLabel');
}

/** Our codes hold capitals only; names of slots may not. */
function findSlot(view: StationView, name: string): SlotView | undefined {
  const capitals = name.toUpperCase();
  return view.slots.find(({ slot }) => slot === name) ?? view.slots.find(({ slot }) => slot.toUpperCase() === capitals);
}

function selectOf(slot: SlotView | undefined, by: 'slot' | 'next'): LineAct | null {
  return slot === undefined ? null : { act: 'select', slot: slot.slot, by };
}

function refuse(why: LineRefusal): LineAct {
  return { act: 'refuse', why };
}
