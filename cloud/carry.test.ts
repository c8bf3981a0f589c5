// A station's registrations brought by hand: taken as over the network, once, under the station's seal alone.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { IssuerChainText } from '../contract/security-service.ts';
import { type BundleLine, carriedText, readCarried } from '../domain/carried-file.ts';
import { takeBundle } from './carry.ts';
import { openAuthority } from './service-authority.ts';
import { serviceRandom } from './service-clock.ts';
import {
  type Client,
  newSampleCa,
  newSampleKey,
  type SampleCa,
  type SampleKey,
  type SampleWorld,
  sampleCheckpoint,
  sampleHead,
  sampleWorld,
} from './service-sample.ts';
import { openSqliteStore } from './sqlite-store.ts';

let world: SampleWorld;
let client: Client;
let key: SampleKey;
let ca: SampleCa;
beforeEach(async () => {
  world = await sampleWorld();
  ({ client, key, ca } = await world.station('S1'));
});
afterEach(() => world.close());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function bundle(lines: BundleLine[], change: object = {}, signer = key, cas = [ca]): string {
  const head = { keyline: 'bundle-1' as const, stationId: 'S1', practice: true, epoch: 1, writtenMs: 5, ...change };
  const issuers = cas.map((each) => ({ issuer: IssuerChainText.parse(each.claim('S1')) }));
  const sign = (text: string) => Buffer.from(signer.sign(new TextEncoder().encode(text))).toString('base64');
  return carriedText('bundle', head, [...issuers, ...lines], { sha256, sign });
}

async function take(text: string) {
  const store = openSqliteStore(join(world.dataDir, 'service.db'));
  try {
    const seams = { clock: world.clock, random: serviceRandom };
    const authority = await openAuthority(world.dataDir, true, seams);
    return takeBundle({ store, authority, practice: true, ...seams }, text);
  } finally {
    store.close();
  }
}

const entry = (id: number, leaf = ca.leaf(id)): BundleLine => ({ id, payload: JSON.stringify(leaf.register) });
const counts = async () => (await world.ask(client, 'GET', '/v1/counts')).body;

test('entries are registered, checkpoints pinned, and a bundle that is read again changes nothing', async () => {
  const lines = [{ checkpoint: sampleCheckpoint('S1', key, {}) }, entry(1), entry(2), entry(3)];
  const text = bundle(lines);
  const first = await take(text);
  expect(first).toMatchObject({ stationId: 'S1', accepted: 3, refused: 0 });
  expect(await counts()).toMatchObject({ registered: 3, checkpoint: { seq: 100 } });
  const again = await take(text);
  expect([again.accepted, again.refused]).toEqual([3, 0]);
  expect(await counts()).toMatchObject({ registered: 3, conflicts: 0 });
});

test('the receipt says where the chain of this station stands here', async () => {
  const pinnedIn = (receipt: string) => {
    const read = readCarried('receipt', receipt, sha256, () => true);
    return read.ok ? read.head.pinned : 'not read';
  };
  expect(pinnedIn((await take(bundle([entry(1)]))).receipt)).toBeUndefined();
  const { receipt } = await take(bundle([{ checkpoint: sampleCheckpoint('S1', key, {}) }, entry(1)]));
  expect(pinnedIn(receipt)).toEqual({ epoch: 1, seq: 100, head: sampleHead(1) });
});

test('entries of two CAs are registered from one bundle that claims both, and those of a CA without a claim are not', async () => {
  const other = await newSampleCa(true);
  const mixed = [entry(1), entry(2, other.leaf(2))];
  expect(await take(bundle(mixed))).toMatchObject({ accepted: 1, refused: 1 });
  expect(await take(bundle([entry(3), entry(4, other.leaf(4))], {}, key, [ca, other]))).toMatchObject({ accepted: 2 });
});

test('an ended CA that the station signed under before holds up nothing of the others', async () => {
  const ended = await newSampleCa(true, new Date(world.clock.nowMs() - 86_400_000).toISOString().slice(0, 10));
  const lines = [entry(1), entry(2, ended.leaf(2))];
  expect(await take(bundle(lines, {}, key, [ended, ca]))).toMatchObject({ accepted: 2, refused: 0 });
});

test('a bundle that claims a CA whose time has not come is refused', async () => {
  const text = bundle([entry(1)], {}, key, [await newSampleCa(true)]);
  // The sample's CAs began 30 days ago.
  world.clock.moveMs = -40 * 86_400_000;
  await expect(take(text)).rejects.toMatchObject({ code: 'ISSUER_REFUSED' });
});

test('an older bundle than the one that was read before changes nothing', async () => {
  const one = { checkpoint: sampleCheckpoint('S1', key, {}) };
  const next = { seq: 200, head: sampleHead(2), prevSeq: 100, prevHead: sampleHead(1) };
  const two = { checkpoint: sampleCheckpoint('S1', key, next) };
  const first = entry(1);
  const old = bundle([one, first]);
  await take(bundle([one, two, first, entry(2)]));
  expect(await take(old)).toMatchObject({ accepted: 1, refused: 0 });
  expect(await counts()).toMatchObject({ registered: 2, checkpoint: { seq: 200 } });
});

test('the receipt says what became of each entry, under the seal of the service', async () => {
  const bad = { id: 9, payload: '{"kind":"register"}' };
  // Another certificate of the same device.
  const { receipt } = await take(bundle([entry(1), bad, entry(3, ca.leaf(1, { deviceSerial: 'AQ-9' }))]));
  const read = readCarried('receipt', receipt, sha256, () => true);
  const refusals = read.ok ? read.lines.map(({ id, refused }) => [id, refused]) : [];
  expect(refusals).toEqual([
    [1, null],
    [9, 'MESSAGE_INVALID'],
    [3, 'DEVICE_TAKEN'],
  ]);
});

test('a bundle that was changed, or that another key sealed, is refused and leaves nothing', async () => {
  const text = bundle([entry(1)]);
  await expect(take(text.replace('AQ-0001', 'AQ-0002'))).rejects.toMatchObject({ code: 'CARRY_REFUSED' });
  await expect(take(bundle([entry(1)], {}, newSampleKey()))).rejects.toMatchObject({ code: 'CARRY_REFUSED' });
  await expect(take(bundle([entry(1)], { stationId: 'S2' }))).rejects.toMatchObject({ code: 'CARRY_REFUSED' });
  expect(await counts()).toMatchObject({ registered: 0 });
});

test('a bundle of a station that was restored since is refused', async () => {
  const old = bundle([entry(1)]);
  const restored = sampleCheckpoint('S1', key, { epoch: 2, seq: 150, head: sampleHead(3) });
  await world.ask(client, 'POST', '/v1/checkpoints', restored);
  await expect(take(old)).rejects.toMatchObject({ code: 'STATION_FORKED' });
  expect(await take(bundle([entry(1)], { epoch: 2 }))).toMatchObject({ accepted: 1 });
});

test('a bundle from practice is refused by a real service, and one with a forked chain by every one', async () => {
  await expect(take(bundle([entry(1)], { practice: false }))).rejects.toMatchObject({ code: 'PRACTICE_MISMATCH' });
  await world.ask(client, 'POST', '/v1/checkpoints', sampleCheckpoint('S1', key, {}));
  const forked = { checkpoint: sampleCheckpoint('S1', key, { seq: 120, head: sampleHead(9) }) };
  await expect(take(bundle([forked, entry(1)]))).rejects.toMatchObject({ code: 'STATION_FORKED' });
  expect(await counts()).toMatchObject({ registered: 0 });
});
