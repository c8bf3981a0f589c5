// The folder `ca` below a data folder's keys/: root and issuing CA with their encrypted keys. It is filled beside its
// place and renamed in one step, so a power cut leaves a whole CA or none. Refuses to replace one. No key is here
// without its passphrase; the key of a practice root is used once and never written.
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KeylineError } from '../../domain/errors.ts';
import type { Random } from '../../domain/seams.ts';
import { buildIssuingCa, buildRoot, type CaOrder } from '../../pki/ca-certificate.ts';
import { type CertificateFacts, readCertificate } from '../../pki/certificate-facts.ts';
import { pathFault } from '../../pki/chain.ts';
import { newCertificateSerialNumber } from '../../pki/idevid-profile.ts';
import { fromPem, toPem } from '../../pki/pem.ts';
import { wholeSecond } from '../../pki/time.ts';
import { exists, readSmallFile, syncFolder, writeNewFile } from './durable-file.ts';
import { newKey, openFileSigner, signWith, spkiOf, writeEncryptedKey } from './file-signer.ts';
import type { IssuerChain } from './issuer.ts';
import type { Secret } from './secret.ts';
import type { Signer } from './signer.ts';

/** Passphrase of every practice key. Public on purpose and no secret: all it opens says TEST. */
export const PRACTICE_PASSPHRASE = 'practice';

const FOLDER = 'ca';
const ROOT = 'root.pem';
const ROOT_KEY = 'root.key.pem';
const ISSUING = 'issuing.pem';
const ISSUING_KEY = 'issuing.key.pem';

/** A CA starts a day before it is made: the clocks of station and service may differ (CERTAINTY, Clock). */
const BACKDATE_MS = 86_400_000;

export interface CaCreation {
  readonly practice: boolean;
  /** O of both names, 1 to 64 characters. */
  readonly organization: string;
  readonly passphrase: Secret;
  readonly nowMs: number;
  readonly random: Random;
}

export interface Ca {
  readonly chain: IssuerChain;
  readonly root: CertificateFacts;
  readonly issuing: CertificateFacts;
  /** The encrypted key of the issuing CA. */
  readonly keyPath: string;
}

/** Makes both CAs, neither of which expires. Throws CA_EXISTS, PASSPHRASE_MISSING. */
export async function createCa(keysDir: string, creation: CaCreation): Promise<Ca> {
  const place = join(keysDir, FOLDER);
  if (await exists(place)) throw new KeylineError('CA_EXISTS', '', { path: place });
  // What a power cut left here was never a CA: no certificate of it has left this folder.
  const partial = join(keysDir, `${FOLDER}.partial`);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  await fill(partial, creation);
  await syncFolder(partial);
  await rename(partial, place);
  await syncFolder(keysDir);
  return loadCa(keysDir);
}

async function fill(folder: string, { practice, organization, passphrase, nowMs, random }: CaCreation): Promise<void> {
  const rootKey = newKey();
  const issuingKey = newKey();
  const order = (spki: Uint8Array): CaOrder => ({
    organization,
    practice,
    certificateSerialNumber: newCertificateSerialNumber(random),
    notBeforeMs: wholeSecond(nowMs - BACKDATE_MS),
    notAfter: 'never',
    spki,
  });
  const rootOrder = order(spkiOf(rootKey));
  const root = await buildRoot(rootOrder, (message) => signWith(rootKey, message));
  const issuing = await buildIssuingCa(order(spkiOf(issuingKey)), rootOrder, (message) => signWith(rootKey, message));
  await writeEncryptedKey(join(folder, ISSUING_KEY), issuingKey, passphrase, random);
  if (!practice) await writeEncryptedKey(join(folder, ROOT_KEY), rootKey, passphrase, random);
  await writeNewFile(join(folder, ROOT), toPem('CERTIFICATE', root));
  await writeNewFile(join(folder, ISSUING), toPem('CERTIFICATE', issuing));
}

/** Whether a CA is there, be it whole or not. */
export function hasCa(keysDir: string): boolean {
  return existsSync(join(keysDir, FOLDER));
}

/** The CA's certificates, checked against each other; no passphrase needed. Throws CA_MISSING, CA_INVALID. */
export async function loadCa(keysDir: string): Promise<Ca> {
  const place = join(keysDir, FOLDER);
  if (!(await exists(place))) throw new KeylineError('CA_MISSING', '', { path: place });
  const root = await loadCertificate(join(place, ROOT));
  const issuing = await loadCertificate(join(place, ISSUING));
  const fault = caFault(issuing, root);
  if (fault !== null) throw new KeylineError('CA_INVALID', fault, { path: place });
  const chain: IssuerChain = {
    root: root.der,
    intermediates: [issuing.der],
    issuerId: issuing.fingerprint,
    notBeforeMs: issuing.notBeforeMs,
    practice: issuing.practice,
  };
  return { chain, root, issuing, keyPath: join(place, ISSUING_KEY) };
}

/**
 * Signer with the key of the issuing CA. Throws PASSPHRASE_WRONG, PASSPHRASE_MISSING, KEY_FILE_INVALID,
 * FILE_UNREADABLE, and CA_INVALID when the key is not the certificate's.
 */
export async function unlockCa(ca: Ca, passphrase: Secret): Promise<Signer> {
  const signer = await openFileSigner(ca.keyPath, passphrase);
  if (Buffer.compare(signer.spki, ca.issuing.spki) !== 0)
    throw new KeylineError('CA_INVALID', 'the key is not that of the issuing CA', { path: ca.keyPath });
  return signer;
}

async function loadCertificate(path: string): Promise<CertificateFacts> {
  if (!(await exists(path))) throw new KeylineError('CA_INVALID', 'a certificate is missing', { path });
  const [der, ...more] = fromPem('CERTIFICATE', await readSmallFile(path)) ?? [];
  if (!der || more.length > 0) throw new KeylineError('CA_INVALID', 'not one certificate in PEM', { path });
  const reading = readCertificate(der);
  if (!reading.ok) throw new KeylineError('CA_INVALID', reading.reason, { path });
  return reading.facts;
}

/** Judged at the CA's own start: whether the clock is sane, and what may still be signed, is asked at each certificate. */
function caFault(issuing: CertificateFacts, root: CertificateFacts): string | null {
  if (!issuing.isCa || issuing.subjectKeyId === null) return 'the issuing certificate is not that of a CA';
  if (issuing.pathLength !== 0) return 'the issuing CA may sign further CAs';
  return pathFault([issuing, root], Math.max(issuing.notBeforeMs, root.notBeforeMs));
}
