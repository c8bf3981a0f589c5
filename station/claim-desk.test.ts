import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OpenStationStore, openStationStore } from '../db/station-store.ts';
import { KeylineError } from '../domain/errors.ts';
import { chance, madeCas } from '../pki/made-for-tests.ts';
import { ClaimDesk } from './claim-desk.ts';
import { systemClock } from './clock.ts';
import type { Ca } from './identity/ca-folder.ts';
import { keySigner } from './identity/file-signer.ts';
import type { Issuer } from './identity/issuer.ts';
import { localIssuer } from './identity/local-issuer.ts';
import { adoptCas } from './records/ca-records.ts';
import { Recorder } from './records/recorder.ts';

let folder = '';
let records: OpenStationStore;
let recorder: Recorder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-claims-'));
  records = openStationStore(join(folder, 'station.db'));
  recorder = new Recorder(records.store, systemClock);
});
afterEach(() => {
  records.close();
  rmSync(folder, { recursive: true, force: true });
});

async function made(name: string, limit: number | null = null): Promise<{ ca: Ca; issuer: Issuer }> {
  const { root, issuing, issuingKey } = await madeCas();
  const chain = {
    ...{ root: root.der, intermediates: [issuing.der], issuerId: issuing.fingerprint },
    ...{ notBeforeMs: issuing.notBeforeMs, practice: false },
  };
  const ca: Ca = { name, folder: '', signer: { kind: 'file' }, limit, chain, path: [issuing, root], root, issuing };
  return { ca, issuer: localIssuer(ca, keySigner(issuingKey.key), chance) };
}

function desk(cas: readonly Ca[], open: readonly Issuer[]): ClaimDesk {
  const find = (issuerId: string) => open.find(({ chain }) => chain.issuerId === issuerId);
  const of = (issuerId: string) => {
    const issuer = find(issuerId);
    if (!issuer) throw new KeylineError('SIGNER_LOCKED');
    return issuer;
  };
  const keys = { of, has: (issuerId: string) => find(issuerId) !== undefined };
  return new ClaimDesk({ recorder, stationId: 'KL-1', keys, cas });
}

test('a claim that was kept while the key was open leaves without it, once', async () => {
  const { ca, issuer } = await made('main');
  const { issuerId } = ca.chain;
  adoptCas(recorder, [ca]);
  const proof = await desk([ca], [issuer]).keep(issuerId);
  const later = desk([ca], []);
  expect(await later.keep(issuerId)).toEqual(proof);
  expect(await desk([ca], [issuer]).waiting()).toMatchObject([{ issuerId, proof }]);
  later.registered(issuerId);
  expect(await desk([ca], [issuer]).waiting()).toEqual([]);
});

test('a CA that never signed and is locked claims nothing, and one that stands by neither', async () => {
  const [first, second] = [await made('main'), await made('next')];
  adoptCas(recorder, [first.ca, second.ca]);
  expect(await desk([first.ca, second.ca], [second.issuer]).waiting()).toEqual([]);
});

test('two that ask at once get one claim, and one event', async () => {
  const { ca, issuer } = await made('main');
  adoptCas(recorder, [ca]);
  const claims = desk([ca], [issuer]);
  const [a, b] = await Promise.all([claims.keep(ca.chain.issuerId), claims.keep(ca.chain.issuerId)]);
  expect(a).toEqual(b);
  expect(records.store.chainHead().seq).toBe(2);
});

test('CAs of the folder come on record once, the first one active, and a limit that was changed there follows', async () => {
  const [first, second] = [await made('a', 5), await made('b')];
  adoptCas(recorder, [first.ca, second.ca]);
  adoptCas(recorder, [first.ca, second.ca]);
  const told = () => records.store.cas().map(({ name, role, limit }) => [name, role, limit]);
  expect(told()).toEqual([
    ['a', 'active', 5],
    ['b', 'standby', null],
  ]);
  expect(records.store.chainHead().seq).toBe(2);
  adoptCas(recorder, [{ ...first.ca, limit: 7 }, second.ca]);
  expect([told()[0], records.store.chainHead().seq]).toEqual([['a', 'active', 7], 3]);
});
