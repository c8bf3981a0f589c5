import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Client,
  newSampleKey,
  type SampleCa,
  type SampleLeaf,
  type SampleWorld,
  sampleWorld,
  sha256,
} from './service-sample.ts';

const CREATED = { result: 'created' };
const UNCHANGED = { result: 'unchanged' };
const conflict = (reason: string) => ({ result: 'conflict', reason });
const rejected = (reason: string) => ({ result: 'rejected', reason });

let world: SampleWorld;
let client: Client;
let ca: SampleCa;
let next = 1;
beforeAll(async () => {
  world = await sampleWorld();
  ({ client, ca } = await world.station('S1'));
});
afterAll(() => world.close());

async function results(...entries: readonly unknown[]): Promise<unknown> {
  const { status, body } = await world.send(client, ...entries);
  expect(status).toBe(200);
  return body && typeof body === 'object' && 'results' in body ? body.results : body;
}

async function counts(): Promise<unknown> {
  return (await world.ask(client, 'GET', '/v1/counts')).body;
}

test('a batch has one result an entry, in its order, and a replay under another key changes nothing', async () => {
  const leaves = [9, 3, 7].map((step) => ca.leaf(100 + step));
  const entries = leaves.map((leaf) => leaf.register);
  expect(await results(...entries)).toEqual([CREATED, CREATED, CREATED]);
  expect(await results(...entries.toReversed())).toEqual([UNCHANGED, UNCHANGED, UNCHANGED]);
});

test('the same body again gets the stored answer, also after the service was restarted', async () => {
  const { register } = ca.leaf(next++);
  expect(await results(register)).toEqual([CREATED]);
  expect(await results(register)).toEqual([CREATED]);
  await world.restart();
  expect(await results(register)).toEqual([CREATED]);
});

test('what was refused is judged anew when it comes again, and is no open conflict once it is registered or void', async () => {
  const first = ca.leaf(next++);
  const second = ca.leaf(next++, { deviceSerial: first.register.deviceSerial });
  const third = ca.leaf(next++, { deviceSerial: first.register.deviceSerial });
  const open = async () => Object(await counts()).conflicts;
  const before = await open();
  expect(await results(first.register)).toEqual([CREATED]);
  expect(await results(second.register)).toEqual([conflict('SERIAL_TAKEN')]);
  expect(await results(third.register)).toEqual([conflict('SERIAL_TAKEN')]);
  expect(await open()).toBe(before + 2);
  expect(await results(first.voided('WRITTEN_OFF'))).toEqual([CREATED]);
  expect(await results(second.register)).toEqual([CREATED]);
  expect(await open()).toBe(before + 1);
  expect(await results(third.voided('WRITTEN_OFF'))).toEqual([CREATED]);
  expect(await open()).toBe(before);
});

test('an idempotency key that is not the hash of its body is refused', async () => {
  const body = JSON.stringify({ entries: [ca.leaf(next++).register] });
  const answer = await world.ask(client, 'POST', '/v1/registrations', body, { 'idempotency-key': sha256('other') });
  expect(answer).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_MISMATCH' } });
  expect(await world.ask(client, 'POST', '/v1/registrations', body)).toMatchObject({
    status: 400,
    body: { code: 'MESSAGE_INVALID' },
  });
});

test('a device that is registered keeps its certificate: another one is a conflict, kept for a person once', async () => {
  const [first, second] = [ca.leaf(next), ca.leaf(next, { deviceSerial: 'AQ-OTHER-1' })];
  next++;
  expect(await results(first.register)).toEqual([CREATED]);
  const before = await counts();
  expect(await results(second.register)).toEqual([conflict('DEVICE_TAKEN')]);
  expect(await results(second.register, first.register)).toEqual([conflict('DEVICE_TAKEN'), UNCHANGED]);
  expect(await counts()).toEqual({ ...Object(before), conflicts: Object(before).conflicts + 1 });
  expect(await results({ ...second.register, supersedes: first.facts.fingerprint })).toEqual([
    conflict('DEVICE_TAKEN'),
  ]);
});

test('the same certificate, serial or key for another device is a conflict', async () => {
  const first = ca.leaf(next++);
  expect(await results(first.register)).toEqual([CREATED]);
  expect(await results({ ...first.register, hwid: 'abcdefabcdef' })).toEqual([conflict('CERTIFICATE_TAKEN')]);
  const sameSerial = ca.leaf(next++, { deviceSerial: first.register.deviceSerial });
  expect(await results(sameSerial.register)).toEqual([conflict('SERIAL_TAKEN')]);
  const sameKey = ca.leaf(next++, { key: first.key });
  expect(await results(sameKey.register)).toEqual([conflict('KEY_TAKEN')]);
});

test('a certificate whose device was registered is replaced only when it is void and the entry names it', async () => {
  const [old, young] = [ca.leaf(next), ca.leaf(next)];
  next++;
  const superseding = { ...young.register, supersedes: old.facts.fingerprint };
  expect(await results(old.register, old.voided('LOCK_LOST'), young.register)).toEqual([
    CREATED,
    CREATED,
    conflict('DEVICE_TAKEN'),
  ]);
  expect(await results(superseding)).toEqual([CREATED]);
  expect(await results(old.register, old.voided('OTHER_REASON'))).toEqual([UNCHANGED, UNCHANGED]);
});

test('a device may be made anew more than once, in one batch and on a clock that jumped back', async () => {
  const [first, second, third] = [ca.leaf(next), ca.leaf(next), ca.leaf(next)];
  next++;
  const again = (leaf: SampleLeaf, before: SampleLeaf) => ({ ...leaf.register, supersedes: before.facts.fingerprint });
  const batch = [first.register, first.voided('LOCK_LOST'), again(second, first), second.voided('LOCK_LOST')];
  expect(await results(...batch)).toEqual([CREATED, CREATED, CREATED, CREATED]);
  world.clock.moveMs = -3_600_000;
  expect(await results(again(third, first))).toEqual([conflict('DEVICE_TAKEN')]);
  expect(await results(again(third, second), third.voided('LOCK_LOST'))).toEqual([CREATED, CREATED]);
  expect(await results(again(ca.leaf(next - 1), third))).toEqual([CREATED]);
  world.clock.moveMs = 0;
});

test('a signature written in its other form makes no second certificate', async () => {
  const [live, dead] = [ca.leaf(next++), ca.leaf(next++)];
  expect(await results(live.register, dead.voided('PROOF_FAILED'))).toEqual([CREATED, CREATED]);
  const before = await counts();
  const [liveTwin, deadTwin] = [live.twin(), dead.twin()];
  expect(await results(liveTwin.register, deadTwin.register)).toEqual([
    conflict('DEVICE_TAKEN'),
    conflict('KEY_TAKEN'),
  ]);
  const admission = async ({ client: device }: SampleLeaf) => (await world.ask(device, 'POST', '/v1/admission')).body;
  expect(await admission(deadTwin)).toMatchObject({ admitted: false, reason: 'VOID', voidReason: 'PROOF_FAILED' });
  expect(await admission(liveTwin)).toMatchObject({ admitted: false, reason: 'NOT_REGISTERED' });
  expect(await admission(live)).toMatchObject({ admitted: true });
  // Nothing is left for an officer to adopt by mistake.
  expect(await counts()).toMatchObject({ ...Object(before), conflicts: Object(before).conflicts + 2, unclaimed: 0 });
});

test('a certificate void before it was ever registered is stored as void, and its device takes the next one', async () => {
  const [old, young] = [ca.leaf(next), ca.leaf(next)];
  next++;
  expect(await results(old.voided('PROOF_FAILED'), young.register)).toEqual([CREATED, CREATED]);
  expect(await results(old.register)).toEqual([rejected('CERTIFICATE_VOID')]);
});

test('a station registers leaves of its own issuing CA, true to their certificates, and no others', async () => {
  const other = await world.station('S2');
  const leaf = ca.leaf(next++);
  const foreign = other.ca.leaf(next++);
  const entries = [
    foreign.register,
    { ...foreign.register, issuerId: ca.issuerId },
    ca.leaf(next++, { signer: newSampleKey() }).register,
    { ...leaf.register, certificate: 'AAAA' },
    { ...leaf.register, deviceSerial: 'AQ-WRONG' },
    { ...leaf.register, certificate: ca.chain.intermediates[0] },
    { ...leaf.voided('PROOF_FAILED'), fingerprint: sha256('other') },
    { ...leaf.register, simulated: false },
    leaf.register,
  ];
  expect(await results(...entries)).toEqual([
    rejected('ISSUER_UNKNOWN'),
    rejected('CHAIN_INVALID'),
    rejected('CHAIN_INVALID'),
    rejected('CERTIFICATE_INVALID'),
    rejected('FACTS_DIFFER'),
    rejected('CERTIFICATE_INVALID'),
    rejected('FACTS_DIFFER'),
    rejected('PRACTICE_MISMATCH'),
    CREATED,
  ]);
});

test('a certificate that ran out on its way to the service is still accounted for, and not let in', async () => {
  const leaf = ca.leaf(next++, { notAfter: new Date(world.clock.nowMs() - 86_400_000).toISOString().slice(0, 10) });
  expect(await results(leaf.register)).toEqual([CREATED]);
  expect((await world.ask(leaf.client, 'POST', '/v1/admission')).body).toMatchObject({ reason: 'CHAIN_INVALID' });
});

test('a batch of 500 is taken, one of 501 refused', async () => {
  const key = newSampleKey();
  const leaf = ca.leaf(next++, { key });
  const { status, body } = await world.send(client, ...new Array(500).fill(leaf.register));
  expect(status).toBe(200);
  expect(body).toEqual({ results: [CREATED, ...new Array(499).fill(UNCHANGED)] });
  expect(await world.send(client, ...new Array(501).fill(leaf.register))).toMatchObject({
    status: 400,
    body: { code: 'MESSAGE_INVALID' },
  });
});
