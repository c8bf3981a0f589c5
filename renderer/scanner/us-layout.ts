// Physical keys as a US keyboard writes them: what a scanner means by a key, whatever layout the computer has.

/** Plain and shifted character of each key that is not a letter. */
const MARKS: Readonly<Record<string, readonly [string, string]>> = {
  Digit1: ['1', '!'],
  Digit2: ['2', '@'],
  Digit3: ['3', '#'],
  Digit4: ['4', '$'],
  Digit5: ['5', '%'],
  Digit6: ['6', '^'],
  Digit7: ['7', '&'],
  Digit8: ['8', '*'],
  Digit9: ['9', '('],
  Digit0: ['0', ')'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
};

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Character by key, plain and shifted. */
export const US_LAYOUT: ReadonlyMap<string, readonly [string, string]> = new Map([
  ...Object.entries(MARKS),
  ...[...LETTERS].map((letter) => [`Key${letter}`, [letter.toLowerCase(), letter] as const] as const),
  ...[...'0123456789'].map((digit) => [`Numpad${digit}`, [digit, digit] as const] as const),
]);

/** Keys that change what others mean, and write nothing. */
const NEUTRAL = new Set(['ShiftLeft', 'ShiftRight', 'CapsLock', 'NumLock']);

/** What the key writes; null for a key that writes nothing. */
export function characterOf({ code, shift }: { readonly code: string; readonly shift: boolean }): string | null {
  return US_LAYOUT.get(code)?.[shift ? 1 : 0] ?? null;
}

export function isEnd(code: string): boolean {
  return code === 'Enter' || code === 'NumpadEnter';
}

export function isNeutral(code: string): boolean {
  return NEUTRAL.has(code);
}
