// The station's own P-256 key: mutual TLS with the service, and checkpoints of the audit chain (DESIGN 6). Kept in the
// same encrypted form as a CA key; the key in clear stands in memory only.
import type { KeyObject } from 'node:crypto';
import type { Random } from '../../domain/seams.ts';
import { buildCsr } from '../../pki/csr.ts';
import { OID } from '../../pki/oids.ts';
import { sha256Hex } from '../../pki/p256.ts';
import { newKey, openKey, signWith, spkiOf, writeEncryptedKey } from './file-signer.ts';
import type { Secret } from './secret.ts';

export interface StationKey {
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly spkiSha256: string;
  /** Enrolment request, PKCS#10 DER, subject CN=<stationId>. */
  csr(stationId: string): Uint8Array;
  /** Base64 of the DER ECDSA-SHA256 signature over the UTF-8 text. */
  sign(text: string): string;
  /** PKCS#8 PEM in clear, for node:tls and nothing else: never to a file, a log or another process. */
  tlsKey(): Buffer;
}

/** Makes a key and its file. Throws KEY_FILE_EXISTS, PASSPHRASE_MISSING. */
export async function createStationKey(path: string, passphrase: Secret, random: Random): Promise<StationKey> {
  const key = newKey();
  await writeEncryptedKey(path, key, passphrase, random);
  return stationKey(key);
}

/** Opens the file. Throws FILE_UNREADABLE, KEY_FILE_INVALID, PASSPHRASE_MISSING, PASSPHRASE_WRONG. */
export async function openStationKey(path: string, passphrase: Secret): Promise<StationKey> {
  return stationKey(await openKey(path, passphrase));
}

function stationKey(key: KeyObject): StationKey {
  const spki = spkiOf(key);
  return {
    spki,
    spkiSha256: sha256Hex(spki),
    csr: (stationId) => buildCsr({ type: OID.commonName, value: stationId }, spki, (message) => signWith(key, message)),
    sign: (text) => Buffer.from(signWith(key, Buffer.from(text, 'utf8'))).toString('base64'),
    tlsKey: () => Buffer.from(key.export({ format: 'pem', type: 'pkcs8' })),
  };
}
