import { afterAll, beforeAll, expect, test } from 'vitest';
import { newSampleCa, newSampleKey, type SampleWorld, sampleWorld } from './service-sample.ts';

let world: SampleWorld;
beforeAll(async () => {
  world = await sampleWorld();
});
afterAll(() => world.close());

const DAY_MS = 86_400_000;

/** `YYYY-MM-DD` of so many days from now. */
const dayIn = (days: number) => new Date(world.clock.nowMs() + days * DAY_MS).toISOString().slice(0, 10);

function problem(status: number, code: string) {
  return { status, body: { code, message: expect.any(String) } };
}

test('a token makes one station: the same key again gets the same answer, another key none', async () => {
  const token = world.service().issueEnrolmentToken();
  const key = newSampleKey();
  const first = await world.enrol('S1', { token, key });
  expect(first.status).toBe(200);
  expect(await world.enrol('S1', { token, key })).toEqual(first);
  expect(await world.enrol('S1', { token })).toEqual(problem(403, 'TOKEN_REFUSED'));
  expect(await world.enrol('S1b', { token })).toEqual(problem(403, 'TOKEN_REFUSED'));
});

test('a token still belongs to its key after the service was restarted', async () => {
  const token = world.service().issueEnrolmentToken();
  const key = newSampleKey();
  const first = await world.enrol('S2', { token, key });
  await world.restart();
  expect(await world.enrol('S2', { token, key })).toEqual(first);
  expect(await world.enrol('S2', { token })).toEqual(problem(403, 'TOKEN_REFUSED'));
});

test('a wrong token and one past its time are the same refusal', async () => {
  expect(await world.enrol('S3', { token: 'x'.repeat(43) })).toEqual(problem(403, 'TOKEN_REFUSED'));
  const token = world.service().issueEnrolmentToken();
  world.clock.moveMs = 49 * 3_600_000;
  expect(await world.enrol('S3', { token })).toEqual(problem(403, 'TOKEN_REFUSED'));
  world.clock.moveMs = 0;
});

test('a station id belongs to its key; a fresh token for the same key renews the certificate', async () => {
  const key = newSampleKey();
  const first = await world.enrol('S4', { key });
  expect(await world.enrol('S4')).toEqual(problem(409, 'STATION_TAKEN'));
  expect(await world.enrol('S4-other', { key })).toEqual(problem(409, 'STATION_TAKEN'));
  const renewed = await world.enrol('S4', { key });
  expect(renewed.status).toBe(200);
  expect(renewed.body).not.toEqual(first.body);
});

test('a real station is refused by a practice service, and its token is not spent', async () => {
  const token = world.service().issueEnrolmentToken();
  expect(await world.enrol('S5', { token, practice: false })).toEqual(problem(403, 'PRACTICE_MISMATCH'));
  expect((await world.enrol('S5', { token })).status).toBe(200);
});

test('a request that is not signed by its key, or names another station, spends no token', async () => {
  const token = world.service().issueEnrolmentToken();
  const path = '/v1/stations/enrol';
  const order = { token, stationId: 'S6', practice: true, request: 'AAAA' };
  expect(await world.ask(null, 'POST', path, order)).toEqual(problem(403, 'REQUEST_REFUSED'));
  expect((await world.enrol('S6', { token })).status).toBe(200);
});

test('a station without a certificate, with a device certificate or after its time may not register', async () => {
  const { client, ca } = await world.station('S7');
  const leaf = ca.leaf(1);
  expect(await world.ask(null, 'GET', '/v1/counts')).toEqual(problem(401, 'NOT_ENROLLED'));
  expect(await world.ask(leaf.client, 'GET', '/v1/counts')).toEqual(problem(401, 'NOT_ENROLLED'));
  expect((await world.ask(client, 'GET', '/v1/counts')).status).toBe(200);
  world.clock.moveMs = 731 * 86_400_000;
  expect(await world.ask(client, 'GET', '/v1/counts')).toEqual(problem(401, 'CERTIFICATE_EXPIRED'));
  world.clock.moveMs = 0;
});

test('an issuing CA belongs to one station, and a broken or real chain to none', async () => {
  const { client, ca } = await world.station('S8');
  const other = await world.station('S9');
  const path = '/v1/stations/me/issuer';
  expect((await world.ask(client, 'PUT', path, ca.claim('S8'))).body).toMatchObject({ result: 'unchanged' });
  expect(await world.ask(other.client, 'PUT', path, ca.claim('S9'))).toEqual(problem(409, 'ISSUER_TAKEN'));
  const mixed = { ...Object(ca.claim('S8')), root: other.ca.chain.root };
  expect(await world.ask(client, 'PUT', path, mixed)).toEqual(problem(422, 'ISSUER_REFUSED'));
  const rootOnly = { ...Object(ca.claim('S8')), intermediates: [ca.chain.root], root: ca.chain.root };
  expect(await world.ask(client, 'PUT', path, rootOnly)).toEqual(problem(422, 'ISSUER_REFUSED'));
  const real = await newSampleCa(false);
  expect(await world.ask(client, 'PUT', path, real.claim('S8'))).toEqual(problem(403, 'PRACTICE_MISMATCH'));
});

test('whoever only saw the chain of a station that is still offline cannot claim its CA', async () => {
  const { client } = await world.station('S10');
  const [path, offline] = ['/v1/stations/me/issuer', await newSampleCa(true)];
  const proofs = [(await newSampleCa(true)).claim('S10'), offline.claim('S11')].map((claim) => Object(claim).proof);
  for (const proof of [...proofs, 'AAAA'])
    expect(await world.ask(client, 'PUT', path, { ...offline.chain, proof })).toEqual(problem(422, 'ISSUER_REFUSED'));
  expect(await world.ask(client, 'PUT', path, offline.chain)).toEqual(problem(400, 'MESSAGE_INVALID'));
  expect((await world.ask(client, 'PUT', path, offline.claim('S10'))).body).toMatchObject({ result: 'created' });
});

test('a CA that ended while its station was offline, or was enrolled anew, is still taken; its devices stay outside', async () => {
  const { client } = await world.station('S12');
  const path = '/v1/stations/me/issuer';
  const [ended, ending] = [await newSampleCa(true, dayIn(-1)), await newSampleCa(true, dayIn(5))];
  expect((await world.ask(client, 'PUT', path, ended.claim('S12'))).body).toMatchObject({ result: 'created' });
  expect((await world.ask(client, 'PUT', path, ending.claim('S12'))).body).toMatchObject({ result: 'created' });
  world.clock.moveMs = 10 * DAY_MS;
  for (const [index, ca] of [ended, ending].entries()) {
    expect((await world.ask(client, 'PUT', path, ca.claim('S12'))).body).toMatchObject({ result: 'unchanged' });
    const leaf = ca.leaf(index);
    expect((await world.send(client, leaf.register)).body).toMatchObject({ results: [{ result: 'created' }] });
    const answer = await world.ask(leaf.client, 'POST', '/v1/admission');
    expect(answer.body).toMatchObject({ admitted: false, reason: 'CHAIN_INVALID' });
  }
  world.clock.moveMs = 0;
});
