// What a station reads of itself at the service, and that one that was restored elsewhere registers nothing more.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HELD_PAGE, HeldPage } from '../contract/security-service/held.ts';
import { type Client, type SampleWorld, sampleCheckpoint, sampleHead, sampleWorld, sha256 } from './service-sample.ts';

let world: SampleWorld;
beforeAll(async () => {
  world = await sampleWorld();
});
afterAll(() => world.close());

async function page(client: Client, after?: string): Promise<HeldPage> {
  const query = after === undefined ? '' : `?after=${after}`;
  return HeldPage.parse((await world.ask(client, 'GET', `/v1/certificates${query}`)).body);
}

test('a station reads all that is held of it, page by page, and nothing of another', async () => {
  const { client, ca } = await world.station('S1');
  const other = await world.station('S2');
  const leaves = Array.from({ length: HELD_PAGE + 3 }, (_, i) => ca.leaf(i + 1));
  await world.send(client, ...leaves.slice(0, 100).map((leaf) => leaf.register));
  await world.send(client, ...leaves.slice(100).map((leaf) => leaf.voided('LOCK_FAILED')));
  await world.send(other.client, other.ca.leaf(900).register);
  const first = await page(client);
  expect([first.certificates.length, first.more]).toEqual([HELD_PAGE, true]);
  const second = await page(client, first.certificates.at(-1)?.fingerprint);
  expect([second.certificates.length, second.more]).toEqual([3, false]);
  const held = [...first.certificates, ...second.certificates];
  expect(held.map(({ fingerprint }) => fingerprint)).toEqual(leaves.map(({ facts }) => facts.fingerprint).sort());
  const [one] = leaves;
  expect(held.find(({ fingerprint }) => fingerprint === one?.facts.fingerprint)).toMatchObject({
    ...{ deviceSerial: 'AQ-0001', state: 'registered', voidReason: null, certificate: one?.register.certificate },
  });
});

test('nobody without a station certificate reads anything, and a fingerprint that is none is refused', async () => {
  const { client } = await world.station('S3');
  expect(await world.ask(null, 'GET', '/v1/certificates')).toMatchObject({ status: 401 });
  expect(await world.ask(client, 'GET', '/v1/certificates?after=zz')).toMatchObject({ status: 400 });
});

test('the epoch that a restore has ended registers nothing more', async () => {
  const { client, key, ca } = await world.station('S4');
  const body = JSON.stringify({ entries: [ca.leaf(1).register] });
  const send = (epoch: string) =>
    world.ask(client, 'POST', '/v1/registrations', body, { 'idempotency-key': sha256(body), 'keyline-epoch': epoch });
  const pin = (fields: object) => world.ask(client, 'POST', '/v1/checkpoints', sampleCheckpoint('S4', key, fields));
  expect(await send('1')).toMatchObject({ status: 200 });
  await pin({ epoch: 2, seq: 150, head: sampleHead(3) });
  expect(await send('1')).toMatchObject({ status: 409, body: { code: 'STATION_FORKED' } });
  expect(await world.send(client, ca.leaf(2).register)).toMatchObject({ body: { code: 'STATION_FORKED' } });
  expect(await send('2')).toMatchObject({ status: 200 });
  expect(await send('two')).toMatchObject({ status: 400 });
});
