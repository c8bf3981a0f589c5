// What a PIN pad holds: digits, from its keys, a keyboard or the clipboard (WCAG 3.3.8), never more than a PIN may have.
import { Pin } from '../../../domain/person.ts';

/** The length of domain/person.ts. */
const DIGITS = /^[0-9]{0,12}$/;

export type PinKey =
  | { readonly kind: 'digit'; readonly digit: string }
  | { readonly kind: 'erase' }
  | { readonly kind: 'clear' }
  /** All of it at once, as a field has it after a key or a paste. */
  | { readonly kind: 'write'; readonly text: string };

/** The PIN after this key. What is no digits leaves it as it is; spaces are left out. */
export function pinAfter(pin: string, key: PinKey): string {
  switch (key.kind) {
    case 'digit':
      return pinAfter(pin, { kind: 'write', text: pin + key.digit });
    case 'erase':
      return pin.slice(0, -1);
    case 'clear':
      return '';
    case 'write': {
      const text = key.text.replaceAll(/\s/g, '');
      return DIGITS.test(text) ? text : pin;
    }
  }
}

/** It is long enough to be asked about. */
export function isWhole(pin: string): boolean {
  return Pin.safeParse(pin).success;
}
