import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Client,
  newSampleCa,
  newSampleKey,
  type SampleCa,
  type SampleLeaf,
  type SampleWorld,
  sampleWorld,
} from './service-sample.ts';

let world: SampleWorld;
let client: Client;
let ca: SampleCa;
beforeAll(async () => {
  world = await sampleWorld();
  ({ client, ca } = await world.station('S1'));
});
afterAll(() => world.close());

async function admission(leaf: SampleLeaf): Promise<unknown> {
  const { status, body } = await world.ask(leaf.client, 'POST', '/v1/admission');
  expect(status).toBe(200);
  return body;
}

function refused(reason: string, voidReason: string | null = null) {
  return { admitted: false, reason, voidReason };
}

test('a device is let in once it is registered; before, it is unclaimed and outside', async () => {
  const leaf = ca.leaf(1);
  expect(await admission(leaf)).toEqual(refused('NOT_REGISTERED'));
  expect(await admission(leaf)).toEqual(refused('NOT_REGISTERED'));
  expect((await world.ask(client, 'GET', '/v1/counts')).body).toMatchObject({ registered: 0, unclaimed: 1 });
  await world.send(client, leaf.register);
  expect(await admission(leaf)).toEqual({ admitted: true, deviceSerial: 'AQ-0001', hwid: '000000000002' });
  expect((await world.ask(client, 'GET', '/v1/counts')).body).toMatchObject({ registered: 1, unclaimed: 0 });
});

test('a void certificate is refused by the name of its reason, unclaimed or registered before', async () => {
  const [never, once, unclaimed] = [ca.leaf(2), ca.leaf(3), ca.leaf(4)];
  await admission(unclaimed);
  const voids = [never.voided('PROOF_FAILED'), once.voided('LOCK_FAILED'), unclaimed.voided('GROUP_OPEN')];
  await world.send(client, once.register, ...voids);
  expect(await admission(never)).toEqual(refused('VOID', 'PROOF_FAILED'));
  expect(await admission(once)).toEqual(refused('VOID', 'LOCK_FAILED'));
  expect(await admission(unclaimed)).toEqual(refused('VOID', 'GROUP_OPEN'));
});

test('a certificate of a CA that no station brought is refused and not kept', async () => {
  const stranger = (await newSampleCa(true)).leaf(5);
  expect(await admission(stranger)).toEqual(refused('CHAIN_UNKNOWN'));
});

test("a certificate that somebody else signed under the CA's name is refused and not kept", async () => {
  const before = (await world.ask(client, 'GET', '/v1/counts')).body;
  expect(await admission(ca.leaf(8, { signer: newSampleKey() }))).toEqual(refused('CHAIN_INVALID'));
  expect((await world.ask(client, 'GET', '/v1/counts')).body).toEqual(before);
});

test('a station certificate admits no device, and no certificate at all is a refusal of its own', async () => {
  expect((await world.ask(client, 'POST', '/v1/admission')).body).toEqual(refused('CERTIFICATE_INVALID'));
  expect(await world.ask(null, 'POST', '/v1/admission')).toMatchObject({
    status: 401,
    body: { code: 'NO_CERTIFICATE' },
  });
});

test('a copied certificate without its key does not get through the handshake', async () => {
  const [leaf, other] = [ca.leaf(6), ca.leaf(7)];
  const thief = { certificatePem: leaf.client.certificatePem, keyPem: other.client.keyPem };
  await expect(world.ask(thief, 'POST', '/v1/admission')).rejects.toThrow();
});
