import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LotDraft, type RecipeView } from '../../contract/lots-api.ts';
import { lotView } from '../../test/samples/station-views.ts';
import { BLANK, COUNTS, copyOf, countOf, draftOf, refusalsOf, stepped, type TypedDraft, typedOf } from './lot-draft.ts';

const FILLED: TypedDraft = {
  ...{ orderId: 'WO-48291', recipeSha256: 'a'.repeat(64), quantity: '1200', spare: '24', stopAfter: '3' },
  ...{ firstSerial: '48291-0001', lastSerial: '48291-1224' },
};

test('a blank page is not wrong yet', () => {
  expect(refusalsOf(BLANK)).toEqual({});
  expect(refusalsOf(FILLED)).toEqual({});
});

test.each([
  ['quantity', '', 'quantity'],
  ['quantity', '0', 'quantity'],
  ['quantity', '-5', 'quantity'],
  ['quantity', '12a', 'quantity'],
  ['quantity', '1.5', 'quantity'],
  ['quantity', '1e3', 'quantity'],
  ['quantity', '1000001', 'quantity'],
  ['quantity', '9'.repeat(400), 'quantity'],
  ['spare', 'none', 'spare'],
  ['stopAfter', '1001', 'stopAfter'],
  ['orderId', 'W'.repeat(70), 'orderLong'],
  ['orderId', 'WO 48291', 'order'],
  ['orderId', '-48291', 'order'],
  ['firstSerial', 'ab-0001', 'serialCase'],
  ['firstSerial', 'AI-0001', 'serialLetters'],
  ['firstSerial', 'AO-0001', 'serialLetters'],
  ['firstSerial', 'AU-0001', 'serialLetters'],
  ['firstSerial', 'A_0001', 'serial'],
  ['firstSerial', 'Ä-0001', 'serial'],
  ['firstSerial', '4'.repeat(33), 'serial'],
  ['firstSerial', '48291-A', 'serialTail'],
  ['lastSerial', '48291-0000', 'serialBefore'],
  ['lastSerial', '48292-1224', 'serialPrefix'],
  ['lastSerial', '48291-12240', 'serialLength'],
] as const)('%s "%s" is refused in its place', (field, text, refusal) => {
  expect(refusalsOf({ ...FILLED, [field]: text })[field]).toBe(refusal);
});

test('serials whose prefixes end in digits are told apart from those in the wrong order', () => {
  const range = { firstSerial: 'A2-0100', lastSerial: 'A1-0200' };
  expect(refusalsOf({ ...FILLED, ...range }).lastSerial).toBe('serialPrefix');
});

test('whatever is typed, the page answers, and a draft that travels keeps to the contract', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'0123-AZIa.,') }),
  );
  const typed = fc.record({
    ...{ orderId: text, quantity: text, firstSerial: text, lastSerial: text, spare: text, stopAfter: text },
    recipeSha256: fc.option(fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 })),
  });
  fc.assert(
    fc.property(typed, (draft) => {
      refusalsOf(draft);
      const travels = draftOf(draft);
      if (travels !== null) expect(LotDraft.parse(travels)).toEqual(travels);
    }),
  );
});

test('a draft comes back from the station as it was', () => {
  const draft = draftOf(FILLED);
  expect(draft && draftOf(typedOf(draft))).toEqual(draft);
});

describe('a count', () => {
  test.each([
    ['1200', 1200],
    [' 1,200 ', 1200],
    ['1.200', 1200],
    ['1’200', 1200],
    ['１２', 12],
    ['1 000 000', 1_000_000],
  ])('written %s is read', (text, count) => {
    expect(countOf(text, COUNTS.quantity)).toBe(count);
  });

  test.each(['1,20', '12,00', ',5', '1,2,3', '+5', '٣'])('written %s is none', (text) => {
    expect(countOf(text, COUNTS.quantity)).toBeNull();
  });

  test('steps up and down on round numbers and comes back', () => {
    expect([1, 19, 20, 100, 200, 1200, 1250].map((count) => stepped(count, 1, COUNTS.quantity))).toEqual([
      2, 20, 30, 110, 300, 1300, 1300,
    ]);
    expect([1, 2, 20, 30, 1300].map((count) => stepped(count, -1, COUNTS.quantity))).toEqual([1, 1, 19, 20, 1200]);
  });

  test('never steps out of its bounds, and always steps while there is room', () => {
    const { least, most } = COUNTS.quantity;
    fc.assert(
      fc.property(fc.integer({ min: least, max: most }), fc.constantFrom(1, -1), (count, by: 1 | -1) => {
        const next = stepped(count, by, COUNTS.quantity);
        expect(next).toBeGreaterThanOrEqual(least);
        expect(next).toBeLessThanOrEqual(most);
        if (count !== (by === 1 ? most : least)) expect(Math.sign(next - count)).toBe(by);
      }),
    );
  });
});

describe('a copy', () => {
  const recipe: RecipeView = {
    ...{ recipeSha256: 'b'.repeat(64), name: 'aq-200', version: '1.0.0', model: 'AQ-200 Gateway', revisions: ['C'] },
    ...{
      firmwareVersion: '2.4.1',
      firmwareSha256: 'c'.repeat(64),
      keyMode: 'on-chip',
      cableGuard: null,
      firmwareHere: true,
      jobMs: null,
    },
  };

  test('takes the recipe and the figures, begins behind the last serial, and waits for its own order', () => {
    const copy = copyOf(lotView(), [recipe]);
    expect(copy).toMatchObject({ orderId: '', recipeSha256: recipe.recipeSha256, quantity: '1200', spare: '24' });
    expect(copy).toMatchObject({ firstSerial: '48213-1225', lastSerial: '' });
  });

  test('has no recipe when the station holds that version no more', () => {
    expect(copyOf(lotView({ recipeVersion: '0.9.0' }), [recipe]).recipeSha256).toBeNull();
  });

  test('has no serial when the digits have no room for one', () => {
    expect(copyOf(lotView({ serialRange: 'A-01..A-99' }), []).firstSerial).toBe('');
  });
});
