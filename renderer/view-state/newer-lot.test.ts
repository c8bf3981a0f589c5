import { expect, test } from 'vitest';
import { lotView } from '../../test/samples/station-views.ts';
import { newerLot } from './newer-lot.ts';

const seen = lotView({ lotId: 'L1', state: 'released', stateSinceMs: 1000 });
const told = lotView({ lotId: 'L1', state: 'held', stateSinceMs: 2000 });

test('an answer that is ahead of the picture counts, until the picture is ahead of it', () => {
  expect(newerLot(seen, told)).toBe(told);
  const later = { ...seen, stateSinceMs: 3000 };
  expect(newerLot(later, told)).toBe(later);
  expect(newerLot(seen, null)).toBe(seen);
});

test('an answer about another lot, or about one that is no more on the line, does not', () => {
  const other = { ...seen, lotId: 'L2' };
  expect(newerLot(other, told)).toBe(other);
  expect(newerLot(null, told)).toBeNull();
});
