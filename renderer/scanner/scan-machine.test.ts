import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BREAK_MS, type Burst, type Key, MOST_KEYS, press, type Verdict } from './scan-machine.ts';
import { US_LAYOUT } from './us-layout.ts';

type Typed = Pick<Key, 'code' | 'shift'>;

const keys = new Map<string, Typed>();
for (const [code, characters] of US_LAYOUT)
  for (const [shift, character] of characters.entries())
    if (!code.startsWith('Numpad')) keys.set(character, { code, shift: shift === 1 });

const ENTER: Typed = { code: 'Enter', shift: false };

function typed(text: string): Typed[] {
  return [...text].map((character) => keys.get(character) ?? { code: 'F1', shift: false });
}

/** Keys with the time before each of them; a shifted one as scanners send it, with Shift on its own. */
function timed(all: readonly Typed[], gapsMs: readonly number[]): Key[] {
  let timeMs = 1_000;
  return all.flatMap(({ code, shift }, index) => {
    timeMs += gapsMs[index % gapsMs.length] ?? 0;
    const key = { code, shift, chord: false, repeat: false, timeMs };
    return shift ? [{ ...key, code: 'ShiftLeft' }, key] : [key];
  });
}

interface Heard {
  readonly scans: readonly string[];
  readonly verdicts: readonly Verdict[];
}

function hear(all: readonly Key[]): Heard {
  let burst: Burst | null = null;
  const verdicts = all.map((key) => {
    const verdict = press(burst, key);
    burst = verdict.burst;
    return verdict;
  });
  return { scans: verdicts.flatMap(({ scanned }) => scanned ?? []), verdicts };
}

const text = fc.string({ unit: fc.constantFrom(...keys.keys()), minLength: 5, maxLength: MOST_KEYS });
const scannerGap = fc.double({ min: 0, max: 34.9, noNaN: true });
const humanGap = fc.double({ min: 35, max: 2_000, noNaN: true });

describe('a burst', () => {
  test('of any text of the US layout is read exactly', () => {
    fc.assert(
      fc.property(text, fc.array(scannerGap, { minLength: 1 }), (scanned, gapsMs) => {
        expect(hear(timed([...typed(scanned), ENTER], gapsMs)).scans).toEqual([scanned]);
      }),
    );
  });

  test('is read also when some of its keys come late', () => {
    fc.assert(
      fc.property(text, scannerGap, fc.double({ min: 35, max: BREAK_MS - 0.1, noNaN: true }), (scanned, gap, late) => {
        expect(hear(timed([...typed(scanned), ENTER], [gap, gap, late, gap, gap])).scans).toEqual([scanned]);
      }),
    );
  });

  test('follows another at once, and each is read', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), scannerGap, (all, gap) => {
        expect(
          hear(
            timed(
              all.flatMap((scanned) => [...typed(scanned), ENTER]),
              [gap],
            ),
          ).scans,
        ).toEqual(all);
      }),
    );
  });

  test('is read from the number keys of the right hand too', () => {
    const numpad = [...'48213'].map((digit) => ({ code: `Numpad${digit}`, shift: false }));
    expect(hear(timed([...numpad, { code: 'NumpadEnter', shift: false }], [8])).scans).toEqual(['48213']);
  });

  test('of five keys is none', () => {
    expect(hear(timed([...typed('4821'), ENTER], [8])).scans).toEqual([]);
  });

  test('of fewer keys is one when it begins with a prefix', () => {
    expect(hear(timed([...typed('KLS:'), ENTER], [8])).scans).toEqual(['KLS:']);
  });

  test('without an end is forgotten', () => {
    const half = timed(typed('KLS:1'), [8]);
    const rest = timed([...typed('6'), ENTER], [8]).map((key) => ({ ...key, timeMs: key.timeMs + 200 }));
    const { scans, verdicts } = hear([...half, ...rest]);
    expect(scans).toEqual([]);
    expect(verdicts.at(-1)?.withheld).toBe(false);
  });

  test('is kept no longer than its limit, and still ends', () => {
    const endless = 'A'.repeat(MOST_KEYS + 50);
    expect(hear(timed([...typed(endless), ENTER], [8])).scans).toEqual([endless.slice(0, MOST_KEYS)]);
  });

  test('opens once, at its first key', () => {
    const { verdicts } = hear(timed([...typed('WO-48213'), ENTER], [8]));
    expect(verdicts.map(({ begins }) => begins).indexOf(true)).toBe(1);
    expect(verdicts.filter(({ begins }) => begins)).toHaveLength(1);
  });

  test('withholds its Enter, and after a prefix all its keys', () => {
    const plain = hear(timed([...typed('48213-1'), ENTER], [8])).verdicts;
    expect(plain.map(({ withheld }) => withheld)).toEqual([...Array(7).fill(false), true]);
    const prefixed = hear(timed([...typed('KLS:1'), ENTER], [8])).verdicts;
    const afterColon = prefixed.slice(prefixed.findIndex(({ burst }) => burst?.certain));
    expect(afterColon.every(({ withheld }) => withheld)).toBe(true);
  });
});

describe('a person', () => {
  test('is never taken for a scanner, and nothing is withheld', () => {
    fc.assert(
      fc.property(text, fc.array(humanGap, { minLength: 1 }), (written, gapsMs) => {
        const { scans, verdicts } = hear(timed([...typed(written), ENTER], gapsMs));
        expect(scans).toEqual([]);
        expect(verdicts.some(({ withheld }) => withheld)).toBe(false);
      }),
    );
  });

  test('who holds a key down, then presses Enter, scans nothing', () => {
    const held = timed([...typed('aaaaaaaa'), ENTER], [30]).map((key, index) => ({
      ...key,
      repeat: index > 0 && key.code !== 'Enter',
    }));
    expect(hear(held).scans).toEqual([]);
  });

  test('who uses a shortcut or an arrow breaks a burst', () => {
    for (const broken of [{ chord: true }, { code: 'ArrowLeft' }]) {
      const all = timed([...typed('48213-48213'), ENTER], [8]).map((key, index) =>
        index === 8 ? { ...key, ...broken } : key,
      );
      expect(hear(all).scans).toEqual([]);
    }
  });

  test('who wrote something before a scan does not change it', () => {
    fc.assert(
      fc.property(text, text, fc.double({ min: BREAK_MS, max: 500, noNaN: true }), (written, scanned, pauseMs) => {
        const before = timed(typed(written), [pauseMs]);
        const startMs = (before.at(-1)?.timeMs ?? 0) + pauseMs;
        const scan = timed([...typed(scanned), ENTER], [8]).map((key) => ({ ...key, timeMs: key.timeMs + startMs }));
        expect(hear([...before, ...scan]).scans).toEqual([scanned]);
      }),
    );
  });
});
