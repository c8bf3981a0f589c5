import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROBLEMS } from '../contract/security-service/problem.ts';
import { newSampleCa, type SampleWorld, sampleWorld, sha256 } from './service-sample.ts';

let world: SampleWorld;
beforeAll(async () => {
  world = await sampleWorld(false);
});
afterAll(() => world.close());

const POSTS = ['/v1/stations/enrol', '/v1/registrations', '/v1/checkpoints'];

function isProblem({ status, body }: { status: number; body: unknown }) {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(Object.keys(Object(body)).sort()).toEqual(['code', 'message']);
  expect(Object.keys(PROBLEMS)).toContain(Object(body).code);
}

test('any body is answered with a problem, and never with a fault of the service', async () => {
  const { client } = await world.station('S1');
  const bodies = [
    '',
    '{',
    'null',
    '0',
    '"x"',
    '[]',
    '{}',
    '{"entries":[]}',
    '{"entries":[{"kind":"register"}]}',
    '{"entries":[null,1,{"kind":"other"}]}',
    '{"__proto__":{"entries":[]}}',
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    `{"token":"${'x'.repeat(1000)}"}`,
    Buffer.from([0xff, 0xfe, 0x00]),
    randomBytes(1000),
  ];
  for (const path of POSTS)
    for (const body of bodies)
      isProblem(await world.ask(client, 'POST', path, body, { 'idempotency-key': sha256(body) }));
  for (const body of bodies) isProblem(await world.ask(client, 'PUT', '/v1/stations/me/issuer', body));
});

test('a refusal does not repeat what was sent', async () => {
  const answer = await world.ask(null, 'POST', '/v1/stations/enrol', { token: 'secret-token', other: 'secret-too' });
  expect(JSON.stringify(answer)).not.toContain('secret');
});

test('a body of another kind, or in another encoding, is refused', async () => {
  const { client } = await world.station('S2');
  for (const headers of [{ 'content-type': 'text/plain' }, { 'content-type': 'multipart/form-data; boundary=x' }])
    isProblem(await world.ask(client, 'POST', '/v1/registrations', '{}', headers));
  isProblem(await world.ask(client, 'POST', '/v1/registrations', '{}', { 'content-encoding': 'br' }));
  isProblem(await world.ask(client, 'POST', '/v1/registrations', '{}', { 'content-encoding': 'gzip' }));
});

test('a gzip body is read, and its hash is that of the inflated bytes', async () => {
  const { client, ca } = await world.station('S3');
  const body = JSON.stringify({ entries: [ca.leaf(1).register] });
  const headers = { 'content-encoding': 'gzip', 'idempotency-key': sha256(body) };
  const answer = await world.ask(client, 'POST', '/v1/registrations', gzipSync(body), headers);
  expect(answer).toEqual({ status: 200, body: { results: [{ result: 'created' }] } });
});

test('a body that is too large, as sent or once inflated, is refused', async () => {
  const { client } = await world.station('S4');
  const large = { status: 413, body: { code: 'TOO_LARGE' } };
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));
  expect(await world.ask(client, 'POST', '/v1/registrations', bomb, { 'content-encoding': 'gzip' })).toMatchObject(
    large,
  );
  const announced = await world.ask(client, 'POST', '/v1/registrations', Buffer.alloc(4 * 1024 * 1024 + 1, 0x20));
  expect(announced).toMatchObject(large);
});

test('an unknown path or method is a problem of its own', async () => {
  const missing = { status: 404, body: { code: 'NOT_FOUND' } };
  expect(await world.ask(null, 'GET', '/')).toMatchObject(missing);
  expect(await world.ask(null, 'GET', '/v1/nothing')).toMatchObject(missing);
  expect(await world.ask(null, 'DELETE', '/v1/registrations')).toMatchObject(missing);
});

test('health and the OpenAPI document need no certificate', async () => {
  expect((await world.ask(null, 'GET', '/v1/health')).body).toMatchObject({ status: 'ok', practice: false });
  const { body } = await world.ask(null, 'GET', '/v1/openapi.json');
  expect(Object.keys(Object(body).paths)).toContain('/v1/registrations');
});

test('bytes that are no TLS end the socket and nothing else', async () => {
  const socket = connect(world.service().port, '127.0.0.1');
  socket.write('GET /v1/health HTTP/1.1\r\n\r\n');
  await new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.on('close', resolve);
    socket.resume();
  });
  expect((await world.ask(null, 'GET', '/v1/health')).status).toBe(200);
});

test('a real service refuses practice in all three places', async () => {
  const mismatch = { status: 403, body: { code: 'PRACTICE_MISMATCH' } };
  expect(await world.enrol('P1', { practice: true })).toMatchObject(mismatch);
  const { client, ca } = await world.station('S5');
  const test = await newSampleCa(true);
  expect(await world.ask(client, 'PUT', '/v1/stations/me/issuer', test.claim('S5'))).toMatchObject(mismatch);
  const simulated = { ...ca.leaf(10).register, simulated: true };
  expect((await world.send(client, test.leaf(11).register, simulated)).body).toEqual({
    results: [
      { result: 'rejected', reason: 'PRACTICE_MISMATCH' },
      { result: 'rejected', reason: 'PRACTICE_MISMATCH' },
    ],
  });
});
