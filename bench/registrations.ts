// Registrations a second: the station's connector sends batches of 200 over mTLS to the service, a process of its own,
// which checks each certificate and stores it durably. Beside it the same texts as raw batch inserts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshToken, startServiceProcess } from '../cli/practice/service-process.ts';
import type { RegisterEntry } from '../contract/security-service/registration.ts';
import { assert } from '../domain/errors.ts';
import { buildCsr } from '../pki/csr.ts';
import { OID } from '../pki/oids.ts';
import { newKey, signWith, spkiOf } from '../station/identity/file-signer.ts';
import type { Issuer } from '../station/identity/issuer.ts';
import type { CloudConnector } from '../station/outbox/connectors/cloud-connector.ts';
import { connectSecurityService, enrolStation } from '../station/outbox/connectors/security-service.ts';
import { benchIssuer, boardOrder } from './bench-ca.ts';
import type { Figure } from './figure.ts';
import { openPeer } from './peer-inserts.ts';
import { sideBySide } from './rate.ts';

const RUNS = 5;
/** As the outbox sends them. */
const BATCH = 200;
const BATCHES = 2;
const STATION = 'KL-bench';

export async function measureRegistrations(): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'keyline-bench-'));
  const issuer = await benchIssuer(join(dir, 'keys'));
  // The first run of each side does not count.
  const entries = await entriesOf(issuer, (RUNS + 1) * BATCHES * BATCH);
  const peer = openPeer(join(dir, 'peer.db'));
  const service = await startServiceProcess(join(dir, 'service'), 0);
  try {
    const token = await freshToken(join(dir, 'service'));
    const connector = await connect({ serviceUrl: service.url, serviceCaPem: service.caPem }, token);
    await connector.registerIssuer({ ...issuer.chain, proof: await issuer.claim(STATION) });
    const texts = entries.slice(0, BATCHES * BATCH);
    const rates = await sideBySide(
      RUNS,
      { run: () => register(connector, entries.splice(0, BATCHES * BATCH)) },
      {
        run() {
          for (let at = 0; at < texts.length; at += BATCH) peer.batch(texts.slice(at, at + BATCH));
          return texts.length;
        },
      },
    );
    await connector.close();
    return figures(rates);
  } finally {
    await service.stop();
    peer.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function register(connector: CloudConnector, entries: readonly string[]): Promise<number> {
  for (let at = 0; at < entries.length; at += BATCH) {
    const results = await connector.sendBatch(entries.slice(at, at + BATCH));
    assert(
      results.every(({ result }) => result === 'created'),
      'each is registered, once',
    );
  }
  return entries.length;
}

async function connect(address: { serviceUrl: string; serviceCaPem: string }, token: string) {
  const key = newKey();
  const spki = spkiOf(key);
  const request = buildCsr({ type: OID.commonName, value: STATION }, spki, (message) => signWith(key, message));
  const enrolment = await enrolStation({ ...address, token, stationId: STATION, practice: true, request, spki });
  return connectSecurityService(enrolment, key.export({ type: 'pkcs8', format: 'pem' }).toString());
}

/** Register entries of devices that passed, as an outbox holds them. */
async function entriesOf(issuer: Issuer, count: number): Promise<string[]> {
  const entries: string[] = [];
  for (let number = 0; number < count; number++) {
    const order = boardOrder(number);
    const certificate = await issuer.sign((await issuer.intend(order)).tbs);
    const entry: RegisterEntry = {
      ...{ kind: 'register', deviceSerial: order.deviceSerial, hwid: order.hwid, model: 'AQ-200', lotId: 'L1' },
      ...{ hardwareType: order.certificate.hardwareType, issuerId: issuer.chain.issuerId, simulated: true },
      certificate: Buffer.from(certificate).toString('base64'),
    };
    entries.push(JSON.stringify(entry));
  }
  return entries;
}

function figures({ ours, peer, percent }: Awaited<ReturnType<typeof sideBySide>>): Figure[] {
  const figure = { each: 'run', limit: null, judged: 'median' } as const;
  return [
    {
      ...figure,
      ...{ name: 'Registering: through the security service', unit: 'a second', values: ours },
      means: `TLS 1.3 with both certificates, one open connection, ${BATCHES} batches of ${BATCH} a run; service and station share the machine.`,
    },
    {
      ...figure,
      ...{ name: 'Registering: raw batch inserts', unit: 'a second', values: peer },
      means: `better-sqlite3 alone: the same texts in one table, ${BATCH} a transaction, flushed; no network, nothing checked.`,
    },
    { ...figure, ...{ name: 'Registering: ratio', unit: '% of raw inserts', values: percent }, means: 'Run by run.' },
  ];
}
