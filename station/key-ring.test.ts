import { beforeEach, describe, expect, test } from 'vitest';
import { KeylineError } from '../domain/errors.ts';
import type { Issuer } from './identity/issuer.ts';
import { KeyRing } from './key-ring.ts';
import type { OpenKeys } from './station-parts.ts';

const CLOSED: OpenKeys = { issuer: null, connect: null, checkpoints: null, factorySecrets: new Map() };
const issuer: Issuer = {
  chain: { root: new Uint8Array(), intermediates: [], issuerId: '', notBeforeMs: 0, practice: false },
  intend: () => Promise.reject(new Error('nothing is signed here')),
  sign: () => Promise.reject(new Error('nothing is signed here')),
  claim: () => Promise.reject(new Error('nothing is signed here')),
};

let tried: string[];
let recorded: OpenKeys[];

beforeEach(() => {
  tried = [];
  recorded = [];
});

const record = (keys: OpenKeys) => void recorded.push(keys);

async function open(passphrase: string): Promise<OpenKeys> {
  tried.push(passphrase);
  await Promise.resolve();
  if (passphrase !== 'right') throw new KeylineError('PASSPHRASE_WRONG');
  return { ...CLOSED, issuer };
}

const code = (error: unknown) => (error instanceof KeylineError ? error.code : error);

describe('keys that wait for their passphrase', () => {
  test('are opened by the right one, and a wrong one before changes nothing', async () => {
    const ring = new KeyRing(CLOSED, { hasCa: true, open });
    expect(ring.signing).toBe('locked');
    expect(() => ring.issuer()).toThrow(new KeylineError('SIGNER_LOCKED'));
    expect(await ring.unlock('wrong', record).catch(code)).toBe('PASSPHRASE_WRONG');
    expect([ring.signing, ring.open]).toEqual(['locked', CLOSED]);
    expect(await ring.unlock('right', record)).toBe(true);
    expect([ring.signing, ring.issuer()]).toEqual(['ready', issuer]);
  });

  test('are opened once, also when two ask side by side', async () => {
    const ring = new KeyRing(CLOSED, { hasCa: true, open });
    expect(await Promise.all([ring.unlock('right', record), ring.unlock('right', record)])).toEqual([true, false]);
    expect(await ring.unlock('wrong', record)).toBe(false);
    expect(tried).toEqual(['right']);
    expect(recorded).toEqual([{ ...CLOSED, issuer }]);
  });

  test('stay locked where it cannot be recorded that they were opened, and are opened when it can', async () => {
    const ring = new KeyRing(CLOSED, { hasCa: true, open });
    const full = () => {
      throw new KeylineError('DISK_FULL');
    };
    expect(await ring.unlock('right', full).catch(code)).toBe('DISK_FULL');
    expect([ring.signing, ring.open]).toEqual(['locked', CLOSED]);
    expect(await ring.unlock('right', record)).toBe(true);
    expect([ring.signing, recorded]).toEqual(['ready', [{ ...CLOSED, issuer }]]);
  });

  test('may be the station key alone: then there is still no CA', async () => {
    const ring = new KeyRing(CLOSED, { hasCa: false, open: async () => CLOSED });
    expect(ring.signing).toBe('none');
    expect(await ring.unlock('right', record)).toBe(true);
    expect(() => ring.issuer()).toThrow(new KeylineError('CA_MISSING'));
  });
});

test('a station without keys has nothing to unlock', async () => {
  const ring = new KeyRing(CLOSED, null);
  expect(ring.signing).toBe('none');
  expect(await ring.unlock('right', record).catch(code)).toBe('CA_MISSING');
});
