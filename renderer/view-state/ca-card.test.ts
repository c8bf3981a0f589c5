import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CaState, SigningState } from '../../contract/signing-api.ts';
import { caView, NOW_MS, personView, stationFacts } from '../../test/samples/station-views.ts';
import {
  CA_LOOKS,
  caActionsFor,
  caWordOf,
  chainLinks,
  fingerprintGroups,
  lastingOf,
  signaturesLeft,
} from './ca-card.ts';

const OFFICER = stationFacts({ person: personView({ role: 'security-officer' }) });
const SUPERVISOR = stationFacts({ person: personView({ role: 'supervisor' }) });
const NOBODY_ON_RECORD = stationFacts({ person: null, hasPeople: false });
const DAY_MS = 86_400_000;

describe('how a CA stands', () => {
  const calls = (word: ReturnType<typeof caWordOf>) => CA_LOOKS[word] === 'need' || CA_LOOKS[word] === 'fail';

  test('the active one says what its key waits for, and calls a person until it is ready', () => {
    const words = SigningState.options.map((signing) => caWordOf({ state: 'active', signing }));
    expect(words).toEqual(['ready', 'locked', 'pin-needed', 'unreachable', 'none']);
    expect(words.filter((word) => !calls(word))).toEqual(['ready']);
  });

  test('one that no board waits for calls nobody, but for a token that is away', () => {
    const standby = SigningState.options.map((signing) => caWordOf({ state: 'standby', signing }));
    expect(standby).toEqual(['standby', 'standby', 'standby', 'unreachable', 'standby']);
    for (const state of ['requested', 'retired'] as const)
      for (const signing of SigningState.options) {
        expect(caWordOf({ state, signing })).toBe(state);
        expect(calls(state)).toBe(false);
      }
  });
});

describe('what a person may do with it', () => {
  test.each(CaState.options)('one that is %s offers its keys to no supervisor', (state) => {
    for (const signing of SigningState.options)
      expect(caActionsFor({ state, signing }, SUPERVISOR)).toEqual({
        ...{ secret: null, mayTest: false, mayActivate: false },
      });
  });

  test('a security officer opens, tests and rotates; so does whoever is there before anybody is on record', () => {
    for (const facts of [OFFICER, NOBODY_ON_RECORD]) {
      expect(caActionsFor({ state: 'active', signing: 'locked' }, facts).secret).toBe('passphrase');
      expect(caActionsFor({ state: 'retired', signing: 'pin-needed' }, facts).secret).toBe('pin');
      expect(caActionsFor({ state: 'active', signing: 'ready' }, facts)).toEqual({
        ...{ secret: null, mayTest: true, mayActivate: false },
      });
      expect(caActionsFor({ state: 'standby', signing: 'ready' }, facts).mayActivate).toBe(true);
    }
  });

  test('what cannot sign yet is neither tested nor made active; a token that was away is tested again', () => {
    for (const signing of ['locked', 'pin-needed', 'none'] as const)
      expect(caActionsFor({ state: 'standby', signing }, OFFICER)).toMatchObject({
        ...{ mayTest: false, mayActivate: false },
      });
    expect(caActionsFor({ state: 'active', signing: 'unreachable' }, OFFICER).mayTest).toBe(true);
    expect(caActionsFor({ state: 'standby', signing: 'unreachable' }, OFFICER).mayActivate).toBe(false);
  });
});

test('a chain begins at its root and ends where boards are signed, whatever stands between', () => {
  const link = (commonName: string | null, at: number) => ({
    ...{ commonName, organization: null, fingerprint: String(at).repeat(64), notBeforeMs: 0, notAfterMs: null },
  });
  const kinds = (...names: (string | null)[]) => chainLinks({ chain: names.map(link) }).map(({ kind }) => kind);
  expect(kinds('Root', 'Line')).toEqual(['root', 'signs']);
  expect(kinds('Root', 'Factory', 'Line')).toEqual(['root', 'between', 'signs']);
  expect(kinds()).toEqual([]);
  expect(chainLinks({ chain: [link(null, 1)] })).toMatchObject([{ kind: 'signs', commonName: '', organization: '' }]);
});

test('days left are whole days: none on the last one, and past it the CA has ended', () => {
  expect(lastingOf({ endsMs: null }, NOW_MS)).toEqual({ kind: 'no-end' });
  expect(lastingOf({ endsMs: NOW_MS + 412 * DAY_MS + 1 }, NOW_MS)).toMatchObject({ kind: 'days', days: 412 });
  expect(lastingOf({ endsMs: NOW_MS + 1 }, NOW_MS)).toMatchObject({ kind: 'days', days: 0 });
  expect(lastingOf({ endsMs: NOW_MS }, NOW_MS)).toMatchObject({ kind: 'ended' });
});

test('signatures left and spent are of the limit, and never below none', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 }), (signatures, limit) => {
      const has = signaturesLeft({ signatures, limit });
      expect(has?.left).toBe(Math.max(0, limit - signatures));
      expect(has?.spent).toBeGreaterThanOrEqual(0);
      expect(has?.spent).toBeLessThanOrEqual(1);
      expect(has?.left === 0).toBe(has?.spent === 1);
    }),
  );
  expect(signaturesLeft(caView({ limit: null }))).toBeNull();
});

test('a fingerprint is the same digits in sixteen groups of four', () => {
  const groups = fingerprintGroups('c40d88b1'.repeat(8));
  expect(groups).toHaveLength(16);
  expect(groups.join('')).toBe('c40d88b1'.repeat(8));
});
