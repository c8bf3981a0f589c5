// Ranges as they were typed beside ranges that are used: what is free, what clashes, and where the next one begins.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSerialRange, rangeSize, rangesOverlap } from '../../domain/device-serial.ts';
import { serialPicture, type UsedRange } from './serial-picture.ts';

const serial = (n: number) => `S-${String(n).padStart(4, '0')}`;
const rangeText = (first: number, last: number) => `${serial(first)}..${serial(last)}`;

/** Lots that share no serial, as the records have them: gaps and lengths, one after the other. */
const someLots = fc
  .array(fc.record({ gap: fc.integer({ min: 0, max: 400 }), size: fc.integer({ min: 1, max: 400 }) }), {
    maxLength: 12,
  })
  .map((steps) => {
    let next = 0;
    return steps.map(({ gap, size }, index): UsedRange => {
      const first = next + gap;
      next = first + size;
      return { lotId: `L${index}`, serialRange: rangeText(first, next - 1) };
    });
  })
  .chain((lots) => fc.shuffledSubarray(lots, { minLength: lots.length }));

const someRange = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 9999 }))
  .map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) }));

function taken(lots: readonly UsedRange[], n: number): boolean {
  return lots.some(({ serialRange }) => {
    const [first = '', last = ''] = serialRange.split('..');
    return serial(n) >= first && serial(n) <= last;
  });
}

describe('a range beside those of other lots', () => {
  test('has as many free serials as a count of each one says', () => {
    fc.assert(
      fc.property(someLots, someRange, (lots, { first, last }) => {
        let free = 0;
        for (let n = first; n <= last; n++) if (!taken(lots, n)) free++;
        expect(serialPicture(serial(first), serial(last), 1, lots).free).toBe(free);
      }),
      { numRuns: 50 },
    );
  });

  test('clashes exactly where the records would refuse it, and is told the serials and their lot', () => {
    fc.assert(
      fc.property(someLots, someRange, (lots, { first, last }) => {
        const { clash, size, free } = serialPicture(serial(first), serial(last), 1, lots);
        expect(size).toBe(last - first + 1);
        expect(clash === null).toBe(free === size);
        if (!clash) return;
        const hit = parseSerialRange(`${clash.first}..${clash.last}`);
        const of = parseSerialRange(lots.find(({ lotId }) => lotId === clash.lotId)?.serialRange ?? '');
        if ('refused' in hit || 'refused' in of) throw new Error('a clash is a range of a lot');
        expect(rangesOverlap(hit, of) && rangeSize(hit) <= rangeSize(of)).toBe(true);
      }),
    );
  });

  test('is offered the first place from there on that holds all that is needed', () => {
    fc.assert(
      fc.property(someLots, someRange, fc.integer({ min: 1, max: 300 }), (lots, { first, last }, needed) => {
        const { clash, suggestedFirst } = serialPicture(serial(first), serial(last), needed, lots);
        const fits = (from: number) => {
          for (let n = from; n < from + needed; n++) if (n > 9999 || taken(lots, n)) return false;
          return true;
        };
        let expected: string | null = null;
        for (let from = first; clash && expected === null && from <= 9999; from++)
          if (fits(from)) expected = serial(from);
        expect(suggestedFirst).toBe(expected);
      }),
      { numRuns: 50 },
    );
  });

  test('is drawn inside the picture, in order, at its own size', () => {
    fc.assert(
      fc.property(someLots, someRange, (lots, { first, last }) => {
        const { range, used } = serialPicture(serial(first), serial(last), 1, lots);
        if (!range) throw new Error('a range that was typed is drawn');
        const all = [...used, range];
        for (const { from, to } of all) expect(0 <= from && from < to && to <= 1).toBe(true);
        for (const [index, { to }] of used.entries())
          expect(to).toBeLessThanOrEqual((used[index + 1]?.from ?? 1) + 1e-9);
        const scale = (range.to - range.from) / (last - first + 1);
        const widths = used.map(({ lotId, from, to }) => {
          const [a = '', b = ''] = (lots.find((lot) => lot.lotId === lotId)?.serialRange ?? '').split('..');
          return Math.abs(to - from - scale * (Number(b.slice(2)) - Number(a.slice(2)) + 1));
        });
        expect(Math.max(0, ...widths)).toBeLessThan(1e-9);
      }),
    );
  });
});

test('the words of a clash name the serials that are used, and the next free one', () => {
  const lots = [{ lotId: 'WO-48102', serialRange: '48291-0001..48291-0420' }];
  const picture = serialPicture('48291-0400', '48291-1600', 1200, lots);
  expect(picture.clash).toEqual({ lotId: 'WO-48102', first: '48291-0400', last: '48291-0420' });
  expect(picture).toMatchObject({ suggestedFirst: '48291-0421', neededLast: '48291-1599' });
});

test.each([
  ['nothing', '', ''],
  ['no digits', 'ABC', 'ABD'],
  ['ends of two lengths', 'S-1', 'S-10'],
  ['a last one before the first', 'S-0009', 'S-0001'],
  ['letters that no serial has', 's-0001', 's-0002'],
  ['a range within a field', 'S-0001..S-0002', 'S-0003'],
])('%s is no range: nothing of it is drawn, counted or offered', (_what, first, last) => {
  const picture = serialPicture(first, last, 10, [{ lotId: 'L', serialRange: 'S-0001..S-0005' }]);
  expect(picture).toMatchObject({ range: null, size: null, free: 0, clash: null, suggestedFirst: null });
});

test('while the last serial is missing the one that is needed is known already', () => {
  expect(serialPicture('S-0001', '', 24, []).neededLast).toBe('S-0024');
  expect(serialPicture('S-9990', '', 24, []).neededLast).toBeNull();
});

test('serials of another prefix or length are other serials', () => {
  const lots = ['T-0001..T-0100', 'S-001..S-100', 'S-X-0001..S-X-0002'].map((serialRange) => ({
    lotId: 'L',
    serialRange,
  }));
  expect(serialPicture('S-0001', 'S-0100', 100, lots)).toMatchObject({ used: [], free: 100, clash: null });
});

test('any two texts are answered, never thrown at', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.integer({ min: 1, max: 2_000_000 }), (first, last, needed) => {
      serialPicture(first, last, needed, [
        { lotId: 'L', serialRange: '00000000000000000000000000000000..99999999999999999999999999999999' },
      ]);
    }),
  );
});
