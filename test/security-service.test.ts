// The station's connector against the real service, over real TLS: what crosses station/outbox and cloud.
import { createServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startService } from '../cloud/service.ts';
import { openAuthority } from '../cloud/service-authority.ts';
import { serviceRandom } from '../cloud/service-clock.ts';
import {
  newSampleCa,
  newSampleKey,
  type SampleKey,
  type SampleWorld,
  sampleCheckpoint,
  sampleHead,
  sampleWorld,
} from '../cloud/service-sample.ts';
import { RegistrationEntry } from '../contract/security-service/registration.ts';
import { buildCsr } from '../pki/csr.ts';
import { OID } from '../pki/oids.ts';
import type { CloudConnector } from '../station/outbox/connectors/cloud-connector.ts';
import { askAdmission, connectSecurityService, enrolStation } from '../station/outbox/connectors/security-service.ts';
import type { Enrolment } from '../station/outbox/enrolment.ts';
import { registerPayload, voidPayload } from '../station/records/outbox-payload.ts';

let world: SampleWorld;
beforeAll(async () => {
  world = await sampleWorld();
});
afterAll(() => world.close());

interface Order {
  readonly key?: SampleKey;
  readonly token?: string;
  readonly practice?: boolean;
  readonly serviceUrl?: string;
  readonly serviceCaPem?: string;
}

async function enrol(stationId: string, order: Order = {}): Promise<Enrolment> {
  const key = order.key ?? newSampleKey();
  return enrolStation({
    stationId,
    serviceUrl: order.serviceUrl ?? world.service().url,
    serviceCaPem: order.serviceCaPem ?? world.service().caPem,
    token: order.token ?? world.service().issueEnrolmentToken(),
    practice: order.practice ?? true,
    request: await buildCsr({ type: OID.commonName, value: stationId }, key.spki, key.sign),
    spki: key.spki,
  });
}

async function connected<T>(enrolment: Enrolment, key: SampleKey, use: (cloud: CloudConnector) => Promise<T>) {
  const cloud = connectSecurityService(enrolment, key.pem);
  try {
    return await use(cloud);
  } finally {
    await cloud.close();
  }
}

test('a station enrols, brings its CA, registers, pins, and its device is let in', async () => {
  const [key, ca] = [newSampleKey(), await newSampleCa(true)];
  const enrolment = await enrol('S1', { key });
  const [leaf, bad] = [ca.leaf(1), ca.leaf(2)];
  const address = { serviceUrl: enrolment.serviceUrl, serviceCaPem: enrolment.serviceCaPem };
  await connected(enrolment, key, async (cloud) => {
    await cloud.registerIssuer({ ...ca.certificates, proof: ca.proof('S1') });
    expect(await askAdmission(address, leaf.client)).toMatchObject({ admitted: false, reason: 'NOT_REGISTERED' });
    const payloads = [leaf.register, bad.voided('LOCK_FAILED')].map((entry) => JSON.stringify(entry));
    expect(await cloud.sendBatch(payloads)).toEqual([{ result: 'created' }, { result: 'created' }]);
    expect(await cloud.sendBatch(payloads)).toEqual([{ result: 'created' }, { result: 'created' }]);
    await cloud.sendCheckpoint(sampleCheckpoint('S1', key, {}));
    expect(await cloud.counts()).toMatchObject({ registered: 1, void: 1, unclaimed: 0, conflicts: 0 });
    const fork = sampleCheckpoint('S1', key, { head: sampleHead(9) });
    await expect(cloud.sendCheckpoint(fork)).rejects.toMatchObject({ code: 'STATION_FORKED' });
  });
  expect(await askAdmission(address, leaf.client)).toMatchObject({ admitted: true, deviceSerial: 'AQ-0001' });
  expect(await askAdmission(address, bad.client)).toMatchObject({ reason: 'VOID', voidReason: 'LOCK_FAILED' });
});

test('every refusal to enrol has its code, and none shows the token', async () => {
  const token = world.service().issueEnrolmentToken();
  await enrol('S2', { token });
  const refusals = [
    enrol('S2', { token }),
    enrol('S3', { token: 'wrong-token' }),
    enrol('S3', { practice: false }),
    enrol('S2'),
  ];
  const errors = await Promise.all(refusals.map((refusal) => refusal.catch((error: unknown) => error)));
  expect(errors).toMatchObject([
    { code: 'TOKEN_REFUSED' },
    { code: 'TOKEN_REFUSED' },
    { code: 'SERVICE_REFUSED', context: { problem: 'PRACTICE_MISMATCH' } },
    { code: 'SERVICE_REFUSED', context: { problem: 'STATION_TAKEN' } },
  ]);
  expect(errors.map((error) => `${error} ${JSON.stringify(error)}`).join()).not.toMatch(
    new RegExp(`${token}|wrong-token`),
  );
  const [used, , , taken] = errors.map((error) => (error instanceof Error ? error.message : ''));
  expect(used).toBe('The enrolment token is wrong, used or too old. Ask for a new token.');
  expect(taken).toMatch(/\(STATION_TAKEN: Another key is enrolled under this station id\.\)/);
});

test('what a service says cannot move the cursor, colour or reverse the line of whoever reads it', async () => {
  const { keyPem: key, certificatePem: cert } = (
    await openAuthority(world.dataDir, true, { clock: world.clock, random: serviceRandom })
  ).nameServer('127.0.0.1');
  const message = 'first\r\nsecond \u001b[2J\u009b2J \u202ereversed\u2028end';
  const strange = createHttpsServer({ key, cert }, (_, response) => {
    response.writeHead(422).end(JSON.stringify({ code: 'ODD_ONE', message }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => strange.once('listening', resolve));
  const serviceUrl = `https://127.0.0.1:${(strange.address() as AddressInfo).port}`;
  const error = await enrol('S8', { serviceUrl }).catch((cause: unknown) => cause);
  strange.close();
  expect(error).toMatchObject({ code: 'SERVICE_REFUSED', context: { problem: 'ODD_ONE' } });
  expect(String(error)).toContain('(ODD_ONE: first  second  [2J 2J  reversed end)');
});

test('a practice station is refused by a real service', async () => {
  const real = await sampleWorld(false);
  try {
    const { url: serviceUrl, caPem: serviceCaPem } = real.service();
    const token = real.service().issueEnrolmentToken();
    await expect(enrol('P1', { serviceUrl, serviceCaPem, token })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      context: { problem: 'PRACTICE_MISMATCH' },
    });
  } finally {
    await real.close();
  }
});

test('a service under another CA, and a port that speaks no TLS, are not believed', async () => {
  const other = await sampleWorld();
  const plain = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => plain.once('listening', resolve));
  try {
    const untrusted = { code: 'SERVICE_UNTRUSTED' };
    await expect(enrol('S4', { serviceCaPem: other.service().caPem })).rejects.toMatchObject(untrusted);
    const serviceUrl = `https://127.0.0.1:${(plain.address() as AddressInfo).port}`;
    await expect(enrol('S4', { serviceUrl })).rejects.toMatchObject(untrusted);
  } finally {
    plain.close();
    await other.close();
  }
});

test('a service that is down is unreachable; the same one is found again at the same address', async () => {
  const other = await sampleWorld();
  const key = newSampleKey();
  const { url, caPem, port } = other.service();
  const token = other.service().issueEnrolmentToken();
  const enrolment = await enrol('S5', { key, token, serviceUrl: url, serviceCaPem: caPem });
  await other.service().close();
  const away = expect.objectContaining({ code: 'SERVICE_UNREACHABLE' });
  await connected(enrolment, key, async (cloud) => {
    await expect(cloud.counts()).rejects.toThrow(away);
    const again = await startService({ dataDir: other.dataDir, port, host: '127.0.0.1', practice: true });
    expect(await cloud.counts()).toMatchObject({ registered: 0 });
    await again.close();
    await expect(cloud.counts()).rejects.toThrow(away);
  });
  await other.restart();
  await other.close();
});

test('a service that takes the connection and then hangs does not hold up a station that stops', async () => {
  const silent = createTcpServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const key = newSampleKey();
  const enrolment = await enrol('S7', { key });
  const serviceUrl = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const cloud = connectSecurityService({ ...enrolment, serviceUrl }, key.pem);
  const accepted = new Promise((resolve) => silent.once('connection', resolve));
  const asked = expect(cloud.counts()).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE' });
  await accepted;
  await Promise.all([cloud.close(), asked]);
  await cloud.close();
  silent.close();
});

test('a certificate of another service is no enrolment, even for an enrolled key', async () => {
  const [other, key] = [await sampleWorld(), newSampleKey()];
  await enrol('S6', { key });
  const { url: serviceUrl, caPem: serviceCaPem } = other.service();
  const foreign = await enrol('S6', { key, serviceUrl, serviceCaPem, token: other.service().issueEnrolmentToken() });
  await other.close();
  const moved = { ...foreign, serviceUrl: world.service().url, serviceCaPem: world.service().caPem };
  await expect(connected(moved, key, (cloud) => cloud.counts())).rejects.toMatchObject({ code: 'NOT_ENROLLED' });
});

test('what the recorder writes for the outbox is what the contract takes', async () => {
  const leaf = (await newSampleCa(true)).leaf(3);
  const { hwid, hardwareType, model, simulated, deviceSerial, issuerId, lotId } = leaf.register;
  const { der, fingerprint, spkiSha256, certificateSerialNumber, tbs } = leaf.facts;
  const device = { deviceId: 1, hwid, hardwareType, model, revision: 'A', simulated, deviceSerial, firstSeenMs: 1 };
  const certificate = {
    ...{ certificateId: 1, deviceId: 1, jobId: 1, lotId, deviceSerial, spkiSha256, issuerId },
    ...{ certificateSerialNumber, tbs, certificate: der, fingerprint, state: 'live' as const, reason: null },
  };
  const registered = RegistrationEntry.parse(JSON.parse(registerPayload(device, certificate, der)));
  expect(registered).toEqual(leaf.register);
  const voided = RegistrationEntry.parse(JSON.parse(voidPayload(certificate, der, fingerprint, 'LOCK_FAILED')));
  expect(voided).toEqual(leaf.voided('LOCK_FAILED'));
});
