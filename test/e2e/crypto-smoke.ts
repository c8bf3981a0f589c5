// Runs inside Electron's utilityProcess, on its crypto library: what the station does with keys and TLS, each by the
// product's own code. Tells the parent what worked, by name. The one check of the shipping crypto where a released
// Electron cannot be had; SQLite is left out because the stand-in cannot load it.
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { z } from 'zod';
import { openAuthority } from '../../cloud/service-authority.ts';
import { serviceClock, serviceRandom } from '../../cloud/service-clock.ts';
import { KeylineError } from '../../domain/errors.ts';
import { checkStationCsr } from '../../pki/csr.ts';
import { verifySignature } from '../../pki/p256.ts';
import { toPem } from '../../pki/pem.ts';
import { loadCa, unlockCa } from '../../station/identity/ca-folder.ts';
import { createCa } from '../../station/identity/ca-making.ts';
import { Secret } from '../../station/identity/secret.ts';
import { createStationKey, openStationKey, type StationKey } from '../../station/identity/station-key.ts';
import { serviceHttp } from '../../station/outbox/connectors/service-http.ts';
import { secretDigest } from '../../station/people/secret-digest.ts';

const PASSPHRASE = Secret.fromText('for this smoke only');

async function smoke(folder: string): Promise<Record<string, unknown>> {
  const path = join(folder, 'station.key.pem');
  const made = await createStationKey(path, PASSPHRASE, serviceRandom);
  const stationKey = await openStationKey(path, PASSPHRASE);
  const text = new TextEncoder().encode('signed');
  return {
    'a key file opens with its passphrase': stationKey.spkiSha256 === made.spkiSha256,
    'a key file stays shut without it': await codeOf(openStationKey(path, Secret.fromText('another'))),
    'a signature is verified': verifySignature(stationKey.spki, text, Buffer.from(made.sign('signed'), 'base64')),
    'a request is signed by its key': checkStationCsr(stationKey.csr('S-1'), { stationId: 'S-1' }).ok,
    'a CA signs': await caSigns(join(folder, 'keys')),
    'a secret has one digest': Buffer.from(await secretDigest('1234', new Uint8Array(16))).toString('hex'),
    'both ends of TLS are named': await overTls(folder, stationKey),
    'runs in': `${process.type}, ${process.versions.openssl}`,
  };
}

async function codeOf(refused: Promise<unknown>): Promise<string> {
  return refused.then(
    () => 'opened',
    (error: unknown) => (error instanceof KeylineError ? error.code : String(error)),
  );
}

async function caSigns(keysDir: string): Promise<boolean> {
  await createCa(keysDir, {
    organization: 'Smoke',
    practice: true,
    passphrase: PASSPHRASE,
    nowMs: serviceClock.nowMs(),
    random: serviceRandom,
  });
  const ca = await loadCa(keysDir);
  const signer = await unlockCa(ca, PASSPHRASE);
  const message = new TextEncoder().encode('to be signed');
  return verifySignature(ca.issuing.spki, message, await signer.sign(message));
}

/** As between station and service: TLS 1.3, a pinned CA, each end with a certificate of it. */
async function overTls(folder: string, stationKey: StationKey): Promise<string> {
  const authority = await openAuthority(folder, true, { clock: serviceClock, random: serviceRandom });
  const { keyPem, certificatePem } = authority.nameServer('localhost');
  const tls = { key: keyPem, cert: certificatePem, ca: authority.caPem, requestCert: true, rejectUnauthorized: true };
  const server = createServer({ ...tls, minVersion: 'TLSv1.3' }, (request, response) => {
    const peer = (request.socket as TLSSocket).getPeerX509Certificate();
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ subject: peer?.subject }));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = {
    certificatePem: toPem('CERTIFICATE', authority.nameStation('S-1', stationKey.spki)),
    keyPem: stationKey.tlsKey(),
  };
  const http = serviceHttp({ serviceUrl: `https://127.0.0.1:${port}`, serviceCaPem: authority.caPem }, client);
  try {
    const answer = z.object({ subject: z.string() });
    return (await http.exchange({ method: 'GET', path: '/', body: null, answer })).subject;
  } finally {
    await http.close();
    server.close();
  }
}

const told = (message: unknown) => process.parentPort.postMessage(message);
smoke(process.argv[2] ?? '').then(told, (error: unknown) =>
  told({ fault: error instanceof Error ? error.stack : String(error) }),
);
