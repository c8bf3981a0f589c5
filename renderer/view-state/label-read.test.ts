import { expect, test } from 'vitest';
import { labelsView, NOW_MS } from '../../test/samples/station-views.ts';
import { labelRead } from './label-read.ts';

const SERIAL_USED = { slot: '1', expected: 'S-1', read: 'S-2', code: 'SERIAL_USED', sinceMs: NOW_MS } as const;
const LABEL_UNREAD = { slot: '2', expected: 'S-2', read: 'S-2', code: 'LABEL_UNREAD', sinceMs: NOW_MS } as const;
const answer = (fits: boolean, mismatch: typeof SERIAL_USED | typeof LABEL_UNREAD | null) => ({
  ...{ fits, slot: null, labels: labelsView({ mismatch }) },
});

test('a label that fits is its board’s, whatever was read before', () => {
  expect(labelRead({ deviceSerial: 'S-1', slot: null }, answer(true, SERIAL_USED))).toBe('fits');
});

test('a label is another board’s where this scan was found so', () => {
  expect(labelRead({ deviceSerial: 'S-2', slot: '1' }, answer(false, SERIAL_USED))).toBe('wrong');
  expect(labelRead({ deviceSerial: 'S-2', slot: null }, answer(false, LABEL_UNREAD))).toBe('wrong');
});

test('a label that no board has is said so, also while an older one that was wrong stands', () => {
  expect(labelRead({ deviceSerial: 'S-9', slot: null }, answer(false, null))).toBe('no-board');
  expect(labelRead({ deviceSerial: 'S-9', slot: null }, answer(false, SERIAL_USED))).toBe('no-board');
  // The one that was wrong for slot 1, scanned again without a slot.
  expect(labelRead({ deviceSerial: 'S-2', slot: null }, answer(false, SERIAL_USED))).toBe('no-board');
});
