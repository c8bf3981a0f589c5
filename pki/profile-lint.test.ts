import { expect, test } from 'vitest';
import { IN_2060_MS, MADE_MS, madeCas, SOON_MS } from './made-for-tests.ts';
import { type LeafProfile, lintProfile } from './profile-lint.ts';
import { NEVER_MS } from './time.ts';

const { issuing } = await madeCas({ practice: true });
const GOOD: LeafProfile = { organization: 'Example', hardwareType: '1.3.6.1.4.1.32473.1', notAfter: 'never' };

test('a recipe whose certificates can come from this CA meets nothing, however long its names are', () => {
  const issuer = { certificate: issuing, chainNotAfterMs: NEVER_MS };
  expect(lintProfile(GOOD, issuer, SOON_MS)).toEqual([]);
  expect(lintProfile({ ...GOOD, organization: 'ß'.repeat(64) }, issuer, SOON_MS)).toEqual([]);
  expect(lintProfile({ ...GOOD, notAfter: '2060-12-31' }, issuer, IN_2060_MS)).toEqual([]);
});

test.each<[string, Partial<LeafProfile>, number, string]>([
  ['never end under a CA that ends', {}, Date.UTC(2050, 0, 1), 'ends after a CA above it'],
  ['end after a CA above them', { notAfter: '2050-01-02' }, Date.UTC(2050, 0, 1), 'ends after a CA above it'],
  ['have ended', { notAfter: '2026-01-01' }, NEVER_MS, 'ends before it starts'],
  ['name nobody', { organization: '' }, NEVER_MS, 'organization has no name'],
  ['name too much', { organization: 'x'.repeat(65) }, NEVER_MS, 'organization has no name'],
  ['are of no hardware type', { hardwareType: '1.99.1' }, NEVER_MS, 'hardware type is no object identifier'],
])('certificates that %s are found before the first board', (_title, change, chainNotAfterMs, finding) => {
  expect(lintProfile({ ...GOOD, ...change }, { certificate: issuing, chainNotAfterMs }, MADE_MS + 1)).toContain(
    finding,
  );
});
