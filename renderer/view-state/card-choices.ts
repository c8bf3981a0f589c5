// What a card offers (UX.md section 6): one button, and the rarer choices behind "…". A card whose row has no button
// waits for the board, so it gets none.
import { ERRORS, type ErrorCode, type ErrorRow } from '../../domain/error-table.ts';
import type { OffReason, SlotCommand, StationFacts } from '../../domain/station-event.ts';
import { actionsFor, allows } from './permission.ts';
import type { QueueCard } from './queue.ts';

export interface CardChoices {
  readonly main: SlotCommand | null;
  readonly rest: readonly SlotCommand[];
}

export function choicesOf({ code, actions }: Pick<QueueCard, 'code' | 'actions'>, facts: StationFacts): CardChoices {
  const allowed = actionsFor(facts, actions);
  const [first] = actions;
  const main = first !== undefined && allowed.includes(first) && isButton(first, code) ? first : null;
  return { main, rest: allowed.filter((command) => command !== main) };
}

/** A slot is switched off by one touch only where the card itself says why. */
function isButton(command: SlotCommand, code: ErrorCode | null): boolean {
  if (command === 'switch-off') return offReasonOf(code) !== null;
  if (code === null) return true;
  const { button }: ErrorRow = ERRORS[code];
  return button !== '';
}

/** Whose advice a card gives: its own, or, after the last try, to which bin. */
export function adviceOf(code: ErrorCode, actions: readonly SlotCommand[]): ErrorCode {
  const { button }: ErrorRow = ERRORS[code];
  return actions[0] === 'in-bin' && button === ERRORS.NO_ANSWER.button ? 'ATTEMPTS_USED' : code;
}

/** Commands that each card has its own word for. */
const OWN_WORD: readonly SlotCommand[] = ['got-it', 'look-again'];

/** Whether the button is named by its card, or by the command. */
export function hasOwnWord(command: SlotCommand, code: ErrorCode | null): code is ErrorCode {
  return code !== null && OWN_WORD.includes(command);
}

/** Why the card's own button switches its slot off, where the card says it; else the person is asked. */
export function offReasonOf(code: ErrorCode | null): OffReason | null {
  return code === 'POWER_LOW' ? 'low-power' : null;
}

/** `unlock` and `pin` ask for a secret in place; `signing` leads to Settings. */
export type LineButton = 'test-again' | 'unlock' | 'pin' | 'signing' | 'print-waiting' | 'print-again' | 'copy';

const LABEL_CARDS: readonly (ErrorCode | null)[] = ['LABELS_EMPTY', 'PRINTER_AWAY', 'LABEL_UNREAD', 'SERIAL_USED'];

/** Of labels: answered at the printer, whichever slot it names. */
export function isLabelCard(code: ErrorCode | null): boolean {
  return LABEL_CARDS.includes(code);
}

/** The button of a card of the whole line; null where only a person elsewhere can help. */
export function lineButton(code: ErrorCode | null, facts: StationFacts): LineButton | null {
  if (code === 'SIGNER_UNREACHABLE') return 'test-again';
  if (isLabelCard(code) && code !== 'SERIAL_USED' && allows(facts, 'technician'))
    return code === 'LABEL_UNREAD' ? 'print-again' : 'print-waiting';
  if (code === 'NOT_COPIED') return allows(facts, 'technician') ? 'copy' : null;
  if (!allows(facts, 'security-officer')) return null;
  if (code === 'SIGNER_LIMIT') return 'signing';
  if (code !== 'SIGNER_LOCKED') return null;
  // Both are asked for where a token signs, the passphrase first: it opens the station's own key.
  return facts.signing === 'pin-needed' && !facts.keysLocked ? 'pin' : 'unlock';
}
