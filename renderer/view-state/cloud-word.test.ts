import { expect, test } from 'vitest';
import { NOW_MS } from '../../test/samples/station-views.ts';
import { cloudWord } from './cloud-word.ts';

const good = { timeMs: NOW_MS, code: null };
const bad = { timeMs: NOW_MS + 1, code: 'CLOUD_REFUSED' as never };

test('a locked key is said before anything else, and nobody asked is no answer', () => {
  expect(cloudWord({ last: good, keyOpen: false }, { ok: true, afterMs: NOW_MS })).toBe('locked');
  expect(cloudWord({ last: null, keyOpen: true }, null)).toBe('unasked');
});

test('the last answer counts, and a test that came after it', () => {
  expect(cloudWord({ last: good, keyOpen: true }, null)).toBe('answers');
  expect(cloudWord({ last: bad, keyOpen: true }, null)).toBe('silent');
  expect(cloudWord({ last: bad, keyOpen: true }, { ok: true, afterMs: bad.timeMs })).toBe('answers');
  expect(cloudWord({ last: null, keyOpen: true }, { ok: false, afterMs: null })).toBe('silent');
});

test('a test never outlives a newer answer', () => {
  expect(cloudWord({ last: bad, keyOpen: true }, { ok: true, afterMs: NOW_MS })).toBe('silent');
  expect(cloudWord({ last: good, keyOpen: true }, { ok: false, afterMs: null })).toBe('answers');
});
