// The service's own CA: it names the stations and the server itself, and nothing else. Its key is a file of mode 0600,
// unencrypted, because a service restarts unattended (threat model); the server's key lives in memory only.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { sameBytes } from '../domain/bytes.ts';
import { assert, KeylineError } from '../domain/errors.ts';
import type { Clock, Random } from '../domain/seams.ts';
import { buildRoot } from '../pki/ca-certificate.ts';
import {
  assembleCertificate,
  authorityKeyId,
  END_ENTITY,
  encodeTbs,
  FOR_CLIENTS,
  FOR_SIGNATURES,
  subjectKeyId,
} from '../pki/certificate.ts';
import { readCertificate } from '../pki/certificate-facts.ts';
import { newCertificateSerialNumber } from '../pki/idevid-profile.ts';
import { encodeName } from '../pki/names.ts';
import { OID } from '../pki/oids.ts';
import { keyId } from '../pki/p256.ts';
import { fromPem, toPem } from '../pki/pem.ts';
import { practiceAttributes } from '../pki/practice.ts';
import { wholeSecond } from '../pki/time.ts';
import { FOR_SERVERS, serverNames } from './server-names.ts';

const DAY_MS = 86_400_000;
/** A station asks anew, with a new token, within this time; devices outlive stations, stations outlive two years rarely. */
const STATION_VALID_MS = 730 * DAY_MS;
/**
 * Made at every start of the service, and longer than any run of it: past its end nobody could connect. Its key lies in
 * memory beside the CA's, so that a shorter life would protect nothing.
 */
const SERVER_VALID_MS = 3650 * DAY_MS;

export interface ServiceAuthority {
  readonly caDer: Uint8Array;
  readonly caPem: string;
  /** Signs UTF-8 text with the CA's key; base64 of the DER ECDSA-SHA256 signature. */
  sign(text: string): string;
  /** Certificate of a station, DER. */
  nameStation(stationId: string, spki: Uint8Array): Uint8Array;
  /** A fresh key and certificate for this run of the server, PEM. */
  nameServer(host: string): { readonly keyPem: string; readonly certificatePem: string };
}

/** Reads the CA of this folder, or makes it. Throws KEY_FILE_INVALID, PRACTICE_MISMATCH. */
export async function openAuthority(
  dataDir: string,
  practice: boolean,
  seams: { clock: Clock; random: Random },
): Promise<ServiceAuthority> {
  const folder = join(dataDir, 'keys');
  const keyPath = join(folder, 'service-ca.key');
  const certificatePath = join(folder, 'service-ca.pem');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Also where the folder was there before; another user's is refused here.
  chmodSync(folder, 0o700);
  // The certificate is written last, and the database after it: with neither, the key was never used.
  if (!existsSync(certificatePath)) {
    if (existsSync(join(dataDir, 'service.db')))
      throw new KeylineError('KEY_FILE_INVALID', 'service-ca.pem is gone, and the service was in use');
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const ca = await buildRoot(
      {
        organization: 'Keyline security service',
        practice,
        certificateSerialNumber: newCertificateSerialNumber(seams.random),
        notBeforeMs: wholeSecond(seams.clock.nowMs()) - DAY_MS,
        notAfter: 'never',
        spki: spkiOf(publicKey),
      },
      (message) => sign('sha256', message, privateKey),
    );
    writeWhole(keyPath, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    writeWhole(certificatePath, toPem('CERTIFICATE', ca));
  }
  return authorityOf(readKey(keyPath), readFileSync(certificatePath, 'utf8'), practice, seams);
}

function authorityOf(
  key: KeyObject,
  caPem: string,
  practice: boolean,
  { clock, random }: { clock: Clock; random: Random },
): ServiceAuthority {
  const [caDer] = fromPem('CERTIFICATE', caPem) ?? [];
  const reading = caDer && readCertificate(caDer);
  if (!caDer || !reading?.ok) throw new KeylineError('KEY_FILE_INVALID', 'service-ca.pem');
  const ca = reading.facts;
  if (!sameBytes(spkiOf(createPublicKey(key)), ca.spki))
    throw new KeylineError('KEY_FILE_INVALID', 'service-ca.key is not the key of service-ca.pem');
  if (ca.practice !== practice) throw new KeylineError('PRACTICE_MISMATCH', 'the service was made the other way');

  function certify(subject: string, spki: Uint8Array, validMs: number, extensions: readonly Uint8Array[]): Uint8Array {
    const nowMs = wholeSecond(clock.nowMs());
    const tbs = encodeTbs({
      certificateSerialNumber: newCertificateSerialNumber(random),
      issuerName: ca.subjectName,
      subjectName: encodeName([...practiceAttributes(practice), { type: OID.commonName, value: subject }]),
      // A day back, as for devices: the other end's clock may be behind.
      notBeforeMs: Math.max(nowMs - DAY_MS, ca.notBeforeMs),
      notAfterMs: nowMs + validMs,
      spki,
      extensions: [
        END_ENTITY,
        FOR_SIGNATURES,
        ...extensions,
        subjectKeyId(keyId(spki)),
        authorityKeyId(keyId(ca.spki)),
      ],
    });
    return assembleCertificate(tbs, sign('sha256', tbs, key));
  }

  return {
    caDer,
    caPem,
    sign: (text) => sign('sha256', Buffer.from(text, 'utf8'), key).toString('base64'),
    nameStation: (stationId, spki) => certify(stationId, spki, STATION_VALID_MS, [FOR_CLIENTS]),
    nameServer(host) {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const names = [...new Set(['localhost', '127.0.0.1', '::1', hostname(), host])];
      const certificate = certify('Keyline security service', spkiOf(publicKey), SERVER_VALID_MS, [
        FOR_SERVERS,
        serverNames(names.filter((name) => isIP(name) !== 0 || /^[A-Za-z0-9.-]{1,253}$/.test(name))),
      ]);
      return {
        keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        certificatePem: toPem('CERTIFICATE', certificate),
      };
    },
  };
}

function spkiOf(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: 'spki', format: 'der' }));
}

function readKey(path: string): KeyObject {
  try {
    const key = createPrivateKey(readFileSync(path, 'utf8'));
    assert(key.asymmetricKeyDetails?.namedCurve === 'prime256v1', 'a P-256 key');
    return key;
  } catch (error) {
    throw new KeylineError('KEY_FILE_INVALID', 'service-ca.key', {}, error);
  }
}

/** Makes a rename durable. Windows does that itself and cannot open a folder. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Whole or not at all, also after a power cut. */
function writeWhole(path: string, text: string): void {
  // Whatever lies there is not ours to write through: a link, or a file that others may read.
  rmSync(`${path}.new`, { force: true });
  const file = openSync(`${path}.new`, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
  syncFolder(dirname(path));
}
