// A small factory for tests: a running service, station keys, CA chains and device certificates, all real.
import { Buffer } from 'node:buffer';
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import type { RegisterEntry, VoidEntry } from '../contract/security-service/registration.ts';
import type { EnrolAnswer } from '../contract/security-service.ts';
import { CHAIN_START } from '../domain/audit-event.ts';
import { fromHex, toHex } from '../domain/bytes.ts';
import { type Checkpoint, checkpointText, type SignedCheckpoint } from '../domain/checkpoint.ts';
import { issuerClaimText } from '../domain/issuer-claim.ts';
import type { Clock } from '../domain/seams.ts';
import { buildIssuingCa, buildRoot } from '../pki/ca-certificate.ts';
import { assembleCertificate } from '../pki/certificate.ts';
import { type CertificateFacts, readCertificate } from '../pki/certificate-facts.ts';
import { buildCsr } from '../pki/csr.ts';
import { integer, parts, readDer, sequence, TAG } from '../pki/der.ts';
import { buildTbs, newCertificateSerialNumber } from '../pki/idevid-profile.ts';
import { OID } from '../pki/oids.ts';
import { toPem } from '../pki/pem.ts';
import { wholeSecond } from '../pki/time.ts';
import { type RunningService, startService } from './service.ts';
import { serviceClock, serviceRandom } from './service-clock.ts';

const HARDWARE_TYPE = '1.3.6.1.4.1.32473.1';
const DAY_MS = 86_400_000;

export interface SampleKey {
  readonly spki: Uint8Array;
  readonly pem: string;
  sign(message: Uint8Array): Uint8Array;
}

export function newSampleKey(): SampleKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return sampleKey(privateKey, publicKey);
}

function sampleKey(privateKey: KeyObject, publicKey: KeyObject): SampleKey {
  return {
    spki: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    sign: (message) => new Uint8Array(sign('sha256', message, privateKey)),
  };
}

/** A real clock that a test may move. */
function movedClock(): Clock & { moveMs: number } {
  const clock = { ...serviceClock, moveMs: 0, nowMs: () => serviceClock.nowMs() + clock.moveMs };
  return clock;
}

export interface SampleLeaf {
  readonly facts: CertificateFacts;
  readonly key: SampleKey;
  readonly client: Client;
  readonly register: RegisterEntry;
  voided(reason: string): VoidEntry;
  /** The same certificate with its signature in the other valid form, (r, n - s): other bytes, as good. */
  twin(): SampleLeaf;
}

interface LeafChange {
  readonly hwid?: string;
  readonly deviceSerial?: string;
  readonly key?: SampleKey;
  readonly notAfter?: string;
  /** Signed by somebody else under the CA's name. */
  readonly signer?: SampleKey;
}

export interface SampleCa {
  readonly issuerId: string;
  readonly chain: { readonly intermediates: string[]; readonly root: string };
  readonly certificates: { readonly intermediates: Uint8Array[]; readonly root: Uint8Array };
  /** The issuing CA's signature that it is this station's, DER. */
  proof(stationId: string): Uint8Array;
  /** Chain and proof, as a station brings them. */
  claim(stationId: string): unknown;
  leaf(number: number, more?: LeafChange): SampleLeaf;
}

/** `notAfter` is `never` or the last day of both CAs, `YYYY-MM-DD`. */
export async function newSampleCa(practice: boolean, notAfter = 'never'): Promise<SampleCa> {
  const order = (spki: Uint8Array) => ({
    organization: 'Sample',
    practice,
    certificateSerialNumber: newCertificateSerialNumber(serviceRandom),
    notBeforeMs: wholeSecond(serviceClock.nowMs()) - 30 * DAY_MS,
    notAfter,
    spki,
  });
  const [rootKey, issuingKey] = [newSampleKey(), newSampleKey()];
  const [rootOrder, issuingOrder] = [order(rootKey.spki), order(issuingKey.spki)];
  const root = await buildRoot(rootOrder, rootKey.sign);
  const issuing = await buildIssuingCa(issuingOrder, rootOrder, rootKey.sign);
  const issuer = factsOf(issuing);
  const chain = { intermediates: [base64(issuing)], root: base64(root) };
  const proof = (stationId: string) =>
    issuingKey.sign(new TextEncoder().encode(issuerClaimText(stationId, issuer.fingerprint)));
  return {
    issuerId: issuer.fingerprint,
    chain,
    certificates: { intermediates: [issuing], root },
    proof,
    claim: (stationId) => ({ ...chain, proof: base64(proof(stationId)) }),
    leaf(number, more = {}) {
      const key = more.key ?? newSampleKey();
      const tbs = buildTbs({
        issuer,
        certificateSerialNumber: newCertificateSerialNumber(serviceRandom),
        notBeforeMs: wholeSecond(serviceClock.nowMs()) - 20 * DAY_MS,
        notAfter: more.notAfter ?? 'never',
        organization: 'Sample',
        deviceSerial: more.deviceSerial ?? `AQ-${String(number).padStart(4, '0')}`,
        spki: key.spki,
        hardwareType: HARDWARE_TYPE,
        hwid: more.hwid ?? (number + 1).toString(16).padStart(12, '0'),
      });
      return sampleLeaf(
        factsOf(assembleCertificate(tbs, (more.signer ?? issuingKey).sign(tbs))),
        key,
        issuer.fingerprint,
        practice,
      );
    },
  };
}

function sampleLeaf(facts: CertificateFacts, key: SampleKey, issuerId: string, simulated: boolean): SampleLeaf {
  const deviceSerial = facts.deviceSerial ?? '';
  const certificate = base64(facts.der);
  return {
    facts,
    key,
    client: { certificatePem: toPem('CERTIFICATE', facts.der), keyPem: key.pem },
    register: {
      kind: 'register',
      deviceSerial,
      hwid: facts.hwid ?? '',
      hardwareType: HARDWARE_TYPE,
      model: 'aq-1',
      lotId: 'L1',
      certificate,
      issuerId,
      simulated,
    },
    voided: (reason) => ({
      kind: 'void',
      fingerprint: facts.fingerprint,
      deviceSerial,
      certificate,
      issuerId,
      reason,
    }),
    twin: () => sampleLeaf(factsOf(otherForm(facts)), key, issuerId, simulated),
  };
}

/** Order of the group of P-256 (SEC 2). */
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

function otherForm({ tbs, signature }: CertificateFacts): Uint8Array {
  const [r, s] = parts(readDer(signature, TAG.sequence));
  if (!r || !s) throw new Error('a signature is r and s');
  const other = (ORDER - BigInt(`0x${toHex(s.content)}`)).toString(16).padStart(64, '0');
  return assembleCertificate(tbs, sequence(r.whole, integer(fromHex(other))));
}

function factsOf(der: Uint8Array): CertificateFacts {
  const reading = readCertificate(der);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.facts;
}

export interface Client {
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface SampleWorld {
  readonly dataDir: string;
  readonly clock: Clock & { moveMs: number };
  readonly service: () => RunningService;
  restart(): Promise<void>;
  ask(client: Client | null, method: string, path: string, body?: unknown, headers?: Ask): Promise<Answer>;
  enrol(stationId: string, more?: { token?: string; key?: SampleKey; practice?: boolean }): Promise<Answer>;
  /** An enrolled station with its issuing CA known. */
  station(stationId: string): Promise<{ client: Client; key: SampleKey; ca: SampleCa }>;
  send(client: Client, ...entries: readonly unknown[]): Promise<Answer>;
  close(): Promise<void>;
}

type Ask = Readonly<Record<string, string>>;

export async function sampleWorld(practice = true): Promise<SampleWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'keyline-service-'));
  const clock = movedClock();
  const start = () => startService({ dataDir, port: 0, host: '127.0.0.1', practice, clock });
  let running = await start();
  const agents = new Map<Client | null, Agent>();
  const dropAgents = async () => {
    await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    agents.clear();
  };
  const world: SampleWorld = {
    dataDir,
    clock,
    service: () => running,
    async restart() {
      await dropAgents();
      await running.close();
      running = await start();
    },
    async ask(client, method, path, body, headers = {}) {
      const connect = { ca: running.caPem, ...(client && { cert: client.certificatePem, key: client.keyPem }) };
      const agent = agents.get(client) ?? new Agent({ connect, connections: 1 });
      agents.set(client, agent);
      const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
      const response = await request(`${running.url}${path}`, {
        method: method === 'PUT' || method === 'GET' || method === 'DELETE' ? method : 'POST',
        dispatcher: agent,
        body: raw ?? null,
        headers: { ...(raw !== undefined && { 'content-type': 'application/json' }), ...headers },
      });
      const text = await response.body.text();
      return { status: response.statusCode, body: text === '' ? null : JSON.parse(text) };
    },
    async enrol(
      stationId,
      { token = running.issueEnrolmentToken(), key = newSampleKey(), practice: says = practice } = {},
    ) {
      const csr = await buildCsr({ type: OID.commonName, value: stationId }, key.spki, key.sign);
      return world.ask(null, 'POST', '/v1/stations/enrol', { token, stationId, practice: says, request: base64(csr) });
    },
    async station(stationId) {
      const key = newSampleKey();
      const { body } = await world.enrol(stationId, { key });
      const client = { certificatePem: (body as EnrolAnswer).stationCertificatePem, keyPem: key.pem };
      const ca = await newSampleCa(practice);
      await world.ask(client, 'PUT', '/v1/stations/me/issuer', ca.claim(stationId));
      return { client, key, ca };
    },
    send(client, ...entries) {
      const body = JSON.stringify({ entries });
      return world.ask(client, 'POST', '/v1/registrations', body, { 'idempotency-key': sha256(body) });
    },
    async close() {
      await dropAgents();
      await running.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return world;
}

export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Digest that stands for any head of an audit chain. */
export function sampleHead(number: number): string {
  return toHex(new Uint8Array(32).fill(number));
}

export function sampleCheckpoint(stationId: string, key: SampleKey, fields: Partial<Checkpoint>): SignedCheckpoint {
  const checkpoint = {
    stationId,
    epoch: 1,
    seq: 100,
    head: sampleHead(1),
    prevSeq: 0,
    prevHead: CHAIN_START,
    timeMs: 1,
    ...fields,
  };
  return { checkpoint, signature: base64(key.sign(new TextEncoder().encode(checkpointText(checkpoint)))) };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
