// A process that opens one PKCS#12 file and ends: the private key in clear never stands in the station's memory. Reads
// from its standard input, each behind its length: file, its passphrase, the passphrase of this station's keys. Answers
// with the certificates and the key as it was encrypted again, or with a refusal.
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync, writeSync } from 'node:fs';
import { KeylineError } from '../domain/errors.ts';
import { toPem } from '../pki/pem.ts';
import { readPkcs12 } from '../pki/pkcs12.ts';
import { encryptKey } from '../station/identity/encrypted-key.ts';
import { spkiOf } from '../station/identity/file-signer.ts';
import { Secret } from '../station/identity/secret.ts';
import { systemRandom } from '../station/random.ts';
import type { Pkcs12Answer } from './pkcs12-opening.ts';

async function answer(input: Buffer): Promise<Pkcs12Answer> {
  const [file, passphrase, own] = parts(input);
  if (!file || !passphrase || !own) throw new Error('broken promise: three parts come in');
  const { keys, certificates } = readPkcs12(file, passphrase);
  passphrase.fill(0);
  const [key, ...more] = keys;
  if (!key || more.length > 0) throw new KeylineError('P12_CONTENT', `it holds ${keys.length} keys`);
  if (certificates.length === 0) throw new KeylineError('P12_CONTENT', 'it holds no certificate');
  const opened = privateKey(key);
  const plain = opened.export({ format: 'der', type: 'pkcs8' });
  const encrypted = await encryptKey(plain, new Secret(own), systemRandom);
  for (const bytes of [plain, key, own, input]) bytes.fill(0);
  return {
    encryptedKey: toPem('ENCRYPTED PRIVATE KEY', encrypted),
    spki: Buffer.from(spkiOf(opened)).toString('base64'),
    certificates: certificates.map((der) => Buffer.from(der).toString('base64')),
  };
}

/** Throws P12_CONTENT, CA_KEY_KIND. */
function privateKey(der: Buffer): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } catch (cause) {
    throw new KeylineError('P12_CONTENT', 'its key cannot be read', {}, cause);
  }
  if (key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  throw new KeylineError('CA_KEY_KIND', `the key is ${key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType}`);
}

function parts(input: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 4 <= input.length; ) {
    const length = input.readUInt32BE(at);
    found.push(input.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return found;
}

const told = await answer(readFileSync(0)).catch((error: unknown): Pkcs12Answer => {
  if (!(error instanceof KeylineError)) throw error;
  return { code: error.code, detail: error.detail };
});
writeSync(1, JSON.stringify(told));
