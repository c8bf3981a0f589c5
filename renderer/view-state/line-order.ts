// What an order of the whole line is about: each kind is on its way, and refused, by itself, and a label's copy by its
// board. What was refused of one board is never read under another one.
import type { LabelsView } from '../../domain/labels-view.ts';
import type { LineButton } from './card-choices.ts';

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
