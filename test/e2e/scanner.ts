// A scanner that types as keyboards do: keys by their place, at a scanner's pace, whatever has the focus. The keys carry
// their own times, so that a busy test machine does not slow the scanner down.
import type { CDPSession } from '@playwright/test';
import { US_LAYOUT } from '../../renderer/scanner/us-layout.ts';

/** From key to key; the scanners that UX.md section 7 counts on are below 35 ms. */
const GAP_MS = 4;

const SHIFT = 8;
/** What Windows and Chromium call a key that an input method took. */
const PROCESS_KEY = 229;

interface ScannedKey {
  readonly code: string;
  readonly shift: boolean;
  readonly text: string;
}

/** Scans this code: each character, then Enter. Settles when the window has taken the last key. */
export async function scan(keyboard: CDPSession, code: string): Promise<void> {
  const startMs = Date.now();
  const sent = keysOf(code).map(async (key, index) => {
    const timestamp = (startMs + index * GAP_MS) / 1000;
    const facts = { code: key.code, key: key.text === '\r' ? 'Enter' : key.text, ...modifiers(key), timestamp };
    const virtual = { windowsVirtualKeyCode: virtualKey(key) };
    await Promise.all([
      keyboard.send('Input.dispatchKeyEvent', { type: 'keyDown', text: key.text, ...facts, ...virtual }),
      keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', ...facts, ...virtual }),
    ]);
  });
  await Promise.all(sent);
}

/**
 * Scans this code while an input method composes in the field that has the focus: it takes every key and writes `made`,
 * a part longer with each, where the key would have written a character.
 */
export async function scanWhileComposing(keyboard: CDPSession, code: string, made: string): Promise<void> {
  const sent = keysOf(code).map(async (key, index) => {
    const text = made.slice(0, 1 + (index % made.length));
    const facts = { code: key.code, key: 'Process', ...modifiers(key), windowsVirtualKeyCode: PROCESS_KEY };
    await Promise.all([
      keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...facts }),
      ...(key.text === '\r' ? [] : [compose(keyboard, text)]),
      keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', ...facts }),
    ]);
  });
  await Promise.all(sent);
}

/** The input method shows this text as not yet decided. */
export async function compose(keyboard: CDPSession, text: string): Promise<void> {
  const { length } = text;
  await keyboard.send('Input.imeSetComposition', { text, selectionStart: length, selectionEnd: length });
}

function keysOf(code: string): ScannedKey[] {
  const keys = [...code].map((text): ScannedKey => {
    for (const [place, [plain, shifted]] of US_LAYOUT)
      if (!place.startsWith('Numpad') && (plain === text || shifted === text))
        return { code: place, shift: text !== plain, text };
    throw new Error(`No key writes ${text}.`);
  });
  return [...keys, { code: 'Enter', shift: false, text: '\r' }];
}

const modifiers = ({ shift }: ScannedKey) => ({ modifiers: shift ? SHIFT : 0 });

function virtualKey({ code, text }: ScannedKey): number {
  if (text === '\r') return 13;
  return /^(Key|Digit)/.test(code) ? (code.at(-1) ?? '').charCodeAt(0) : 0;
}
