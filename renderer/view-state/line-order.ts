// What an order of the whole line is about: each kind is on its way, and refused, by itself, and a label's copy by its
// board. What was refused of one board is never read under another one, nor what was refused at one card under a later one.
import type { LabelsView } from '../../domain/labels-view.ts';
import type { LineButton } from './card-choices.ts';
import type { StationView } from './station-view.ts';

/** `labels` are all that wait for the printer. */
export type LineOrder = 'look-again' | 'copy' | 'keys' | 'labels' | `label ${string}`;

export function labelOrder(deviceSerial: string): LineOrder {
  return `label ${deviceSerial}`;
}

/** What the button of a card gives, or stands for. */
export function lineOrder(button: LineButton, { mismatch }: Pick<LabelsView, 'mismatch'>): LineOrder {
  switch (button) {
    case 'test-again':
      return 'look-again';
    case 'copy':
      return 'copy';
    case 'print-waiting':
      return 'labels';
    case 'print-again':
      return mismatch === null ? 'labels' : labelOrder(mismatch.expected);
    case 'unlock':
    case 'pin':
    case 'signing':
      return 'keys';
  }
}

/** Why the line stands, or what a signing key waits for, and which time that is. */
export interface LineStop {
  readonly why: string;
  readonly turn: number;
}

/** The station tells no moment of it: each change makes another one. */
export function lineStop(
  before: LineStop | null,
  { stoppedBy, facts }: Pick<StationView, 'stoppedBy' | 'facts'>,
): LineStop {
  const why = `${stoppedBy} ${facts.signing} ${facts.keysLocked}`;
  return before?.why === why ? before : { why, turn: (before?.turn ?? 0) + 1 };
}

/** What makes an order of this kind another one: the moment of its card, or the turn of the stop. */
export function lineMoment(order: LineOrder, { trouble, mismatch }: LabelsView, { turn }: LineStop): number {
  if (order === 'look-again' || order === 'copy' || order === 'keys') return turn;
  if (order === 'labels') return trouble?.sinceMs ?? 0;
  return mismatch !== null && order === labelOrder(mismatch.expected) ? mismatch.sinceMs : 0;
}
