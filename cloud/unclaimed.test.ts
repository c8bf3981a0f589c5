// Devices that ask to be let in and that nobody registered: adopted or revoked by a person, once.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SampleCa, type SampleLeaf, type SampleWorld, sampleWorld } from './service-sample.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { adoptUnclaimed, listUnclaimed, revokeUnclaimed } from './unclaimed.ts';

let world: SampleWorld;
let ca: SampleCa;
let client: Awaited<ReturnType<SampleWorld['station']>>['client'];
beforeAll(async () => {
  world = await sampleWorld();
  ({ ca, client } = await world.station('S1'));
});
afterAll(() => world.close());

function officer<T>(
  work: (service: { store: ReturnType<typeof openSqliteStore>; clock: SampleWorld['clock'] }) => T,
): T {
  const store = openSqliteStore(join(world.dataDir, 'service.db'));
  try {
    return work({ store, clock: world.clock });
  } finally {
    store.close();
  }
}

async function asks(leaf: SampleLeaf): Promise<unknown> {
  return (await world.ask(leaf.client, 'POST', '/v1/admission')).body;
}

const waiting = () => officer((service) => listUnclaimed(service, '', 10).map(({ fingerprint }) => fingerprint));

test('a device that nobody registered waits for an officer, is let in once it is adopted, and waits no more', async () => {
  const leaf = ca.leaf(1);
  const { fingerprint } = leaf.facts;
  expect(await asks(leaf)).toMatchObject({ admitted: false, reason: 'NOT_REGISTERED' });
  expect(waiting()).toEqual([fingerprint]);
  officer((service) => adoptUnclaimed(service, fingerprint, 'order 7'));
  expect(await asks(leaf)).toMatchObject({ admitted: true, deviceSerial: 'AQ-0001' });
  expect(waiting()).toEqual([]);
  expect(() => officer((service) => revokeUnclaimed(service, fingerprint, 'no'))).toThrow(/No certificate with that/);
});

test('one that was revoked never enters, and cannot be registered', async () => {
  const leaf = ca.leaf(2);
  await asks(leaf);
  officer((service) => revokeUnclaimed(service, leaf.facts.fingerprint, 'stolen'));
  expect(await asks(leaf)).toMatchObject({ admitted: false, reason: 'VOID', voidReason: 'REVOKED' });
  const { body } = await world.send(client, leaf.register);
  expect(body).toEqual({ results: [{ result: 'rejected', reason: 'CERTIFICATE_VOID' }] });
});

test('the station that registers an adopted one late is told that nothing changed', async () => {
  const leaf = ca.leaf(3);
  await asks(leaf);
  officer((service) => adoptUnclaimed(service, leaf.facts.fingerprint, 'order 7'));
  expect((await world.send(client, leaf.register)).body).toEqual({ results: [{ result: 'unchanged' }] });
});

test('one whose device, serial or key has a registration is not adopted beside it', async () => {
  const [first, second] = [ca.leaf(4), ca.leaf(5, { hwid: ca.leaf(4).facts.hwid ?? '' })];
  await world.send(client, first.register);
  await asks(second);
  const { fingerprint } = second.facts;
  expect(() => officer((service) => adoptUnclaimed(service, fingerprint, 'order 7'))).toThrow(/DEVICE_TAKEN/);
  expect(await asks(second)).toMatchObject({ admitted: false });
});
