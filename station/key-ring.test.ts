import { beforeEach, describe, expect, test } from 'vitest';
import { KeylineError } from '../domain/errors.ts';
import type { StationFacts } from '../domain/station-event.ts';
import type { Issuer } from './identity/issuer.ts';
import { Secret } from './identity/secret.ts';
import { PRESENT, type SignerState } from './identity/signer.ts';
import { KeyRing } from './key-ring.ts';
import type { OpenKeys } from './station-parts.ts';

const CLOSED: OpenKeys = { issuers: [], connect: null, checkpoints: null, factorySecrets: new Map() };
let closed = 0;
let changes = 0;
const partsOf = (activeId: () => string | null, token = false) => ({
  ...{ activeId, inToken: () => token },
  changed: () => void changes++,
});
const issuer: Issuer = {
  chain: { root: new Uint8Array(), intermediates: [], issuerId: 'a', notBeforeMs: 0, practice: false },
  attendance: PRESENT,
  intend: () => Promise.reject(new Error('nothing is signed here')),
  sign: () => Promise.reject(new Error('nothing is signed here')),
  claim: () => Promise.reject(new Error('nothing is signed here')),
  test: () => Promise.reject(new Error('nothing is signed here')),
  close: async () => void closed++,
};

const active = () => 'a';
let tried: string[];
let recorded: OpenKeys[];

beforeEach(() => {
  tried = [];
  recorded = [];
});

const record = (keys: OpenKeys) => void recorded.push(keys);

async function open(secret: Secret): Promise<OpenKeys> {
  const passphrase = secret.bytes.toString();
  tried.push(passphrase);
  await Promise.resolve();
  if (passphrase !== 'right') throw new KeylineError('PASSPHRASE_WRONG');
  return { ...CLOSED, issuers: [issuer] };
}

const code = (error: unknown) => (error instanceof KeylineError ? error.code : error);

describe('keys that wait for their passphrase', () => {
  test('are opened by the right one, and a wrong one before changes nothing', async () => {
    const ring = new KeyRing(CLOSED, { open }, partsOf(active));
    expect(ring.signing).toBe('locked');
    expect(() => ring.issuer()).toThrow(new KeylineError('SIGNER_LOCKED'));
    expect(await ring.unlock(Secret.fromText('wrong'), record).catch(code)).toBe('PASSPHRASE_WRONG');
    expect([ring.signing, ring.open]).toEqual(['locked', CLOSED]);
    expect(await ring.unlock(Secret.fromText('right'), record)).toBe(true);
    expect([ring.signing, ring.issuer()]).toEqual(['ready', issuer]);
  });

  test('are opened once, also when two ask side by side', async () => {
    const ring = new KeyRing(CLOSED, { open }, partsOf(active));
    expect(
      await Promise.all([ring.unlock(Secret.fromText('right'), record), ring.unlock(Secret.fromText('right'), record)]),
    ).toEqual([true, false]);
    expect(await ring.unlock(Secret.fromText('wrong'), record)).toBe(false);
    expect(tried).toEqual(['right']);
    expect(recorded).toEqual([{ ...CLOSED, issuers: [issuer] }]);
  });

  test('stay locked where it cannot be recorded that they were opened, and are opened when it can', async () => {
    const ring = new KeyRing(CLOSED, { open }, partsOf(active));
    const full = () => {
      throw new KeylineError('DISK_FULL');
    };
    expect(await ring.unlock(Secret.fromText('right'), full).catch(code)).toBe('DISK_FULL');
    expect([ring.signing, ring.open]).toEqual(['locked', CLOSED]);
    expect(await ring.unlock(Secret.fromText('right'), record)).toBe(true);
    expect([ring.signing, recorded]).toEqual(['ready', [{ ...CLOSED, issuers: [issuer] }]]);
  });

  test('may be the station key alone: then there is still no CA', async () => {
    const ring = new KeyRing(
      CLOSED,
      { open: async () => CLOSED },
      partsOf(() => null),
    );
    expect(ring.signing).toBe('none');
    expect(await ring.unlock(Secret.fromText('right'), record)).toBe(true);
    expect(() => ring.issuer()).toThrow(new KeylineError('CA_MISSING'));
  });
});

describe('keys whose CA lies in a token', () => {
  test.each<[SignerState, StationFacts['signing'], string | null]>([
    ['ready', 'ready', null],
    ['pin-needed', 'pin-needed', 'SIGNER_LOCKED'],
    ['unreachable', 'pin-needed', 'SIGNER_UNREACHABLE'],
  ])('that is %s are told of as %s, and a line starts with nothing that cannot sign', (state, signing, refused) => {
    const away = { ...issuer, attendance: { ...PRESENT, state: () => state } };
    const ring = new KeyRing({ ...CLOSED, issuers: [away] }, null, partsOf(active));
    expect(ring.signing).toBe(signing);
    const start = () => ring.issuer();
    if (refused === null) expect(start()).toBe(away);
    else expect(start).toThrow(expect.objectContaining({ code: refused }));
  });
});

test('a CA in a token that nobody logged into waits for its PIN, and a line for it', async () => {
  const ring = new KeyRing(CLOSED, null, partsOf(active, true));
  expect(ring.signing).toBe('pin-needed');
  expect(() => ring.issuer()).toThrow(expect.objectContaining({ code: 'SIGNER_LOCKED' }));
  const before = changes;
  await ring.add(issuer);
  expect([ring.signing, changes - before]).toEqual(['ready', 1]);
});

test('a station without keys has nothing to unlock', async () => {
  const ring = new KeyRing(
    CLOSED,
    null,
    partsOf(() => null),
  );
  expect(ring.signing).toBe('none');
  expect(await ring.unlock(Secret.fromText('right'), record).catch(code)).toBe('CA_MISSING');
});

describe('with several CAs', () => {
  const other: Issuer = { ...issuer, chain: { ...issuer.chain, issuerId: 'b' } };

  test('what is new is the active one’s, and each signs what was recorded under it', () => {
    let now = 'a';
    const ring = new KeyRing(
      { ...CLOSED, issuers: [issuer, other] },
      null,
      partsOf(() => now),
    );
    expect([ring.issuer(), ring.of('a'), ring.of('b')]).toEqual([issuer, issuer, other]);
    now = 'b';
    expect([ring.issuer(), ring.of('a')]).toEqual([other, issuer]);
    expect(() => ring.of('c')).toThrow(new KeylineError('SIGNER_LOCKED'));
  });

  test('a token that is opened again takes the place of the one before it, which is let go of', async () => {
    const ring = new KeyRing({ ...CLOSED, issuers: [issuer] }, null, partsOf(active));
    const again = { ...issuer };
    await ring.add(again);
    expect(ring.issuer()).toBe(again);
    expect(closed).toBe(1);
    await ring.close();
    expect(closed).toBe(2);
  });
});

test('a token that is opened behind the end is let go of at once', async () => {
  const ring = new KeyRing(CLOSED, null, partsOf(active));
  await ring.close();
  const before = closed;
  expect(await ring.add(issuer).catch(code)).toBe('STATION_GONE');
  expect([closed - before, ring.has('a')]).toEqual([1, false]);
});
