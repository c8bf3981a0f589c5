import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listenForScans } from './scan-listener.ts';
import { US_LAYOUT } from './us-layout.ts';

class Field {}

/** A key event as a window has it; at a button, or in a field. */
class KeyEvent extends Event {
  readonly code: string;
  readonly key: string;
  readonly shiftKey: boolean;
  readonly at: Field | null;
  readonly timeMs: number;
  readonly ctrlKey = false;
  readonly altKey = false;
  readonly metaKey = false;
  readonly repeat = false;
  readonly isComposing = false;

  constructor(type: 'keydown' | 'keyup', facts: { code: string; shift: boolean; at: Field | null; timeMs: number }) {
    super(type, { cancelable: true });
    this.code = facts.code;
    this.key = facts.code;
    this.shiftKey = facts.shift;
    this.at = facts.at;
    this.timeMs = facts.timeMs;
  }
  override get timeStamp() {
    return this.timeMs;
  }
  override get target() {
    return (this.at ?? super.target) as EventTarget | null;
  }
}

const places = new Map(
  [...US_LAYOUT].flatMap(([code, all]) => all.map((text, shift) => [text, { code, shift: shift === 1 }])),
);

/** A window whose focused button acts as a browser's: on the way down of Enter, on the way up of Space. */
function windowWithButton() {
  const target = new EventTarget();
  const scans: string[] = [];
  const presses: string[] = [];
  const end = listenForScans(target, (text) => scans.push(text));
  for (const [type, code] of [
    ['keydown', 'Enter'],
    ['keyup', 'Space'],
  ] as const)
    target.addEventListener(type, (event) => {
      if (event instanceof KeyEvent && event.at === null && event.code === code && !event.defaultPrevented)
        presses.push(code);
    });
  let timeMs = 1000;
  const type = (text: string, gapMs: number, at: Field | null = null) => {
    for (const character of text) {
      const { code, shift } = places.get(character) ?? { code: 'Enter', shift: false };
      timeMs += gapMs;
      for (const way of ['keydown', 'keyup'] as const)
        target.dispatchEvent(new KeyEvent(way, { code, shift, at, timeMs }));
    }
  };
  return { type, scans, presses, end };
}

beforeEach(() => {
  for (const name of ['HTMLInputElement', 'HTMLTextAreaElement', 'HTMLSelectElement']) vi.stubGlobal(name, Field);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test('a scan presses no button that has the focus, by Enter or by Space', () => {
  const { type, scans, presses } = windowWithButton();
  type('WO 482 13\n', 4);
  type('KLC:TRY-AGAIN\n', 4);
  expect(scans).toEqual(['WO 482 13', 'KLC:TRY-AGAIN']);
  expect(presses).toEqual([]);
});

test('nor does a code that is too short for a scan', () => {
  const { type, scans, presses } = windowWithButton();
  type('B3\n', 4);
  expect(scans).toEqual([]);
  expect(presses).toEqual([]);
});

test('a hand presses its button by Enter and by Space', () => {
  const { type, presses } = windowWithButton();
  type('\n \n', 150);
  expect(presses).toEqual(['Enter', 'Space', 'Enter']);
});

test('the button works again right after a scan', () => {
  const { type, presses } = windowWithButton();
  type('48213-0871\n', 4);
  type('\n', 150);
  expect(presses).toEqual(['Enter']);
});

test('after its end nothing is withheld', () => {
  const { type, scans, presses, end } = windowWithButton();
  end();
  type('48213-0871\n', 4);
  expect(scans).toEqual([]);
  expect(presses).toEqual(['Enter']);
});
