import { expect, test } from 'vitest';
import { CaState, CaView } from '../contract/signing-api.ts';
import { MADE_MS, madeCas, SOON_MS } from '../pki/made-for-tests.ts';
import { caViews } from './ca-views.ts';
import type { Ca, RequestedCa } from './identity/ca-folder.ts';
import type { CaRow } from './records/ca-store.ts';

const ENDING = await madeCas({ notAfter: '2027-10-31' });

function caOf(name: string, { root, issuing }: typeof ENDING): Ca {
  const chain = {
    ...{ root: root.der, intermediates: [issuing.der], issuerId: issuing.fingerprint },
    ...{ notBeforeMs: issuing.notBeforeMs, practice: false },
  };
  return { name, folder: '', signer: { kind: 'file' }, limit: null, chain, path: [issuing, root], root, issuing };
}

function rowOf({ name, chain }: Ca, change: Partial<CaRow>): CaRow {
  return {
    ...{ issuerId: chain.issuerId, name, role: 'standby', signatures: 0, limit: null, lastSignedMs: null },
    ...{ proof: null, registered: false },
    ...change,
  };
}

const requested: RequestedCa = {
  ...{ name: 'c', folder: '', limit: 9, request: new Uint8Array(), spki: new Uint8Array() },
  signer: { kind: 'pkcs11', module: '/m.so', tokenLabel: 'line', keyLabel: 'key' },
};

test('each state is shown as it is, the active one first, and a token without its module’s path', async () => {
  const [a, b, d] = [caOf('a', await madeCas()), caOf('b', ENDING), caOf('d', await madeCas())];
  const rows = [
    rowOf(b, { role: 'active', signatures: 12, lastSignedMs: MADE_MS }),
    rowOf(a, { role: 'retired', signatures: 3 }),
    rowOf(d, {}),
  ];
  const shelf = { whole: [a, b, d], requested: [requested] };
  const views = caViews({ shelf, rows, practice: false, nowMs: SOON_MS, signingOf: () => 'locked' });
  for (const view of views) CaView.parse(view);
  expect(views.map(({ name, state, signing }) => [name, state, signing])).toEqual([
    ['b', 'active', 'locked'],
    ['a', 'retired', 'locked'],
    ['c', 'requested', 'none'],
    ['d', 'standby', 'locked'],
  ]);
  expect(views.map(({ state }) => state).sort()).toEqual([...CaState.options].sort());
  expect(views[0]).toMatchObject({
    ...{ signatures: 12, lastSignedMs: MADE_MS, endsMs: Date.UTC(2027, 9, 31, 23, 59, 59), warnings: ['CA_ENDS_SOON'] },
    chain: [{ fingerprint: ENDING.root.fingerprint }, { fingerprint: ENDING.issuing.fingerprint }],
  });
  expect(views[1]?.warnings).toEqual([]);
  expect(views[2]?.signer).toEqual({ kind: 'pkcs11', tokenLabel: 'line', keyLabel: 'key' });
});

test('the only CA of records that know none is the active one, as when a station opens it', async () => {
  const shelf = { whole: [caOf('main', await madeCas())], requested: [] };
  const [view] = caViews({ shelf, rows: [], practice: false, nowMs: SOON_MS, signingOf: () => 'locked' });
  expect([view?.state, view?.signatures, view?.endsMs]).toEqual(['active', 0, null]);
});
