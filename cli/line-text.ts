// What people read of a line in a terminal, in the words of the screen (UX.md sections 5 and 6). Pure.
import { errorRow, isErrorCode } from '../domain/errors.ts';
import type { LotView, SlotView, SyncView } from '../domain/station-event.ts';

/** One slot: its word, how far it is, who sits in it, and what to do when it needs someone. */
export function slotText(view: SlotView): string {
  const who = view.deviceSerial ?? view.hwid ?? '';
  return [`Slot ${view.slot.padStart(2)}`, slotWord(view), who, sentence(view)]
    .filter((part) => part !== '')
    .join('  ');
}

/** The word on the slot's tile, with the share of a long step. */
function slotWord(view: SlotView): string {
  switch (view.state) {
    case 'empty':
      return 'Insert board';
    case 'looking':
      return 'Looking';
    case 'working': {
      const share = view.share === null ? '' : ` ${Math.floor(view.share * 100)} %`;
      const again = view.attempt !== null && view.attempt > 1 ? `, try ${view.attempt}` : '';
      return `${stageWord(view)}${share}${again}`;
    }
    case 'locking':
      return 'Locking. Do not remove';
    case 'passed':
      return 'Passed. Take out';
    case 'failed':
    case 'needs-you':
      return view.code === null ? 'Needs you' : errorRow(view.code).tile;
    case 'held':
      return 'Held';
    case 'off':
      return 'Switched off';
  }
}

function stageWord({ stage }: SlotView): string {
  return stage === null ? 'Working' : stage.slice(0, 1).toUpperCase() + stage.slice(1);
}

function sentence({ state, code }: SlotView): string {
  if (code === null || !(state === 'failed' || state === 'needs-you' || state === 'held')) return '';
  const { happened, todo } = errorRow(code);
  return `${happened} ${todo}`;
}

/** One line about a lot. */
export function lotText(lot: LotView): string {
  const others = [
    [lot.failed, 'failed'],
    [lot.errored, 'errored'],
    [lot.aborted, 'aborted'],
    [lot.running, 'in work'],
  ] as const;
  const rest = others.filter(([count]) => count > 0).map(([count, word]) => `, ${count} ${word}`);
  const held = lot.heldBecause === null ? '' : ` (${heldText(lot.heldBecause)})`;
  return `Lot ${lot.lotId} ${lot.state}${held}: ${lot.passed} of ${lot.quantity} passed${rest.join('')}.`;
}

/** A lot that a rule held names a code first, such as `NO_ANSWER 3 times in a row`. */
function heldText(because: string): string {
  const [first = '', ...rest] = because.split(' ');
  return isErrorCode(first) ? [errorRow(first).tile, ...rest].join(' ') : because;
}

export function syncText(sync: SyncView): string {
  const { made, registered, waiting, refused, notCopied, drainMs, online } = sync;
  const where = online === null ? '' : online ? ' Online.' : ' Offline. All saved on this station.';
  const left = drainMs === null ? '' : ` ${leftText(drainMs)} left.`;
  const alone = notCopied === 0 ? '' : ` ${notCopied} only on this disk.`;
  return `${made} made = ${registered} registered + ${waiting} waiting + ${refused} refused.${where}${left}${alone}`;
}

function leftText(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  if (minutes <= 1) return 'A minute';
  return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

/** Why the line admits no board. */
export function stopText(code: string): string {
  if (!isErrorCode(code)) return `The line stopped: ${code}.`;
  const { happened, todo } = errorRow(code);
  return `The line stopped. ${happened} ${todo}`;
}
