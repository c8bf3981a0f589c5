// The CAs of a data folder, one folder each: keys/ca/NAME holds root.pem, issuing.pem (issuing CA first, then those above
// it, without the root), signer.json, issuing.key.pem where the key is a file, and request.pem while it is requested.
// The one CA of an older Keyline lies in keys/ca itself and is read as `main`. Reads only; no key is here in clear.
import { existsSync, readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { KeylineError } from '../../domain/errors.ts';
import { CaName } from '../../domain/ids.ts';
import { type CertificateFacts, readCertificate } from '../../pki/certificate-facts.ts';
import { pathFault } from '../../pki/chain.ts';
import { requestKey } from '../../pki/csr.ts';
import { fromPem } from '../../pki/pem.ts';
import { type CaSigner, FILE_SIGNING, readSignerFile } from './ca-signer-file.ts';
import { exists, readSmallFile } from './durable-file.ts';
import { openFileSigner } from './file-signer.ts';
import type { IssuerChain } from './issuer.ts';
import type { Secret } from './secret.ts';
import type { Signer } from './signer.ts';

/** Passphrase of every practice key. Public on purpose and no secret: all it opens says TEST. */
export const PRACTICE_PASSPHRASE = 'practice';

/** Name of a CA that nobody named. */
export const FIRST_CA = 'main';

/** CAs of one station: one a year for its whole life, and room. The service takes 64 of a station. */
export const MAX_CAS = 64;

export const CA_FILES = {
  root: 'root.pem',
  rootKey: 'root.key.pem',
  issuing: 'issuing.pem',
  issuingKey: 'issuing.key.pem',
  signer: 'signer.json',
  request: 'request.pem',
} as const;

interface CaHome {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  readonly signer: CaSigner;
  /** Most signatures ever; null: without limit. */
  readonly limit: number | null;
}

/** One that can sign, once its key is open. */
export interface Ca extends CaHome {
  readonly chain: IssuerChain;
  /** From the issuing CA up to, with, the root. */
  readonly path: readonly CertificateFacts[];
  readonly root: CertificateFacts;
  readonly issuing: CertificateFacts;
}

/** One whose key waits for its certificate. */
export interface RequestedCa extends CaHome {
  /** PKCS#10, DER. */
  readonly request: Uint8Array;
  /** Of its key, DER. */
  readonly spki: Uint8Array;
}

export interface CaShelf {
  /** By name. */
  readonly whole: readonly Ca[];
  readonly requested: readonly RequestedCa[];
}

/** The folder of all CAs. */
export function caRoot(keysDir: string): string {
  return join(keysDir, 'ca');
}

/** Whether a CA is there that could sign, be its folder whole or not. */
export function hasCa(keysDir: string): boolean {
  const place = caRoot(keysDir);
  if (!existsSync(place)) return false;
  const names = readdirSync(place);
  return names.includes(CA_FILES.issuing) || names.some((name) => existsSync(join(place, name, CA_FILES.issuing)));
}

/** Every CA of the folder, its certificates checked against each other; no passphrase needed. Throws CA_INVALID, CA_SIGNER_FILE, FILE_UNREADABLE. */
export async function loadCas(keysDir: string): Promise<CaShelf> {
  const whole: Ca[] = [];
  const requested: RequestedCa[] = [];
  for (const { name, folder } of await homes(caRoot(keysDir))) {
    const signerFile = join(folder, CA_FILES.signer);
    const signing = (await exists(signerFile)) ? await readSignerFile(signerFile) : FILE_SIGNING;
    const home = { name, folder, ...signing };
    // The issuing certificate is the last file that is written: with it the CA is whole.
    if (await exists(join(folder, CA_FILES.issuing))) whole.push(await readCa(home));
    else if (await exists(join(folder, CA_FILES.request))) requested.push(await readRequested(home));
    else throw new KeylineError('CA_INVALID', 'a certificate is missing', { path: folder });
  }
  return { whole, requested };
}

/** One CA that is whole. Throws CA_MISSING, CA_INVALID. */
export async function loadCa(keysDir: string, name = FIRST_CA): Promise<Ca> {
  const { whole } = await loadCas(keysDir);
  const ca = whole.find((known) => known.name === name);
  if (!ca) throw new KeylineError('CA_MISSING', '', { path: caRoot(keysDir) });
  return ca;
}

/**
 * Signer with the key of an issuing CA whose key is a file. Throws PASSPHRASE_WRONG, PASSPHRASE_MISSING,
 * KEY_FILE_INVALID, FILE_UNREADABLE, and CA_INVALID when the key is not the certificate's.
 */
export async function unlockCa(ca: Pick<Ca, 'folder' | 'issuing'>, passphrase: Secret): Promise<Signer> {
  const path = join(ca.folder, CA_FILES.issuingKey);
  const signer = await openFileSigner(path, passphrase);
  refuseOtherKey(ca, signer);
  return signer;
}

/** Throws CA_INVALID when the signer's key is not that of the CA's certificate. */
export function refuseOtherKey({ issuing, folder }: Pick<Ca, 'folder' | 'issuing'>, signer: Signer): void {
  if (Buffer.compare(signer.spki, issuing.spki) !== 0)
    throw new KeylineError('CA_INVALID', 'the key is not that of the issuing CA', { path: folder });
}

async function homes(place: string): Promise<Pick<CaHome, 'name' | 'folder'>[]> {
  if (!(await exists(place))) return [];
  const entries = await readdir(place, { withFileTypes: true });
  const found = entries
    .filter((entry) => entry.isDirectory() && CaName.safeParse(entry.name).success)
    .map(({ name }) => ({ name, folder: join(place, name) }));
  if (entries.some(({ name }) => name === CA_FILES.issuing || name === CA_FILES.root))
    found.push({ name: FIRST_CA, folder: place });
  if (found.length > MAX_CAS) throw new KeylineError('CA_INVALID', `more than ${MAX_CAS} CAs`, { path: place });
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function readCa(home: CaHome): Promise<Ca> {
  const { folder } = home;
  const [root, ...moreRoots] = await certificatesOf(join(folder, CA_FILES.root));
  const intermediates = await certificatesOf(join(folder, CA_FILES.issuing));
  const [issuing] = intermediates;
  if (!root || !issuing || moreRoots.length > 0)
    throw new KeylineError('CA_INVALID', 'not one certificate in PEM', { path: join(folder, CA_FILES.root) });
  const path = [...intermediates, root];
  const fault = caFault(issuing, path);
  if (fault !== null) throw new KeylineError('CA_INVALID', fault, { path: folder });
  const chain: IssuerChain = {
    root: root.der,
    intermediates: intermediates.map(({ der }) => der),
    issuerId: issuing.fingerprint,
    notBeforeMs: issuing.notBeforeMs,
    practice: issuing.practice,
  };
  return { ...home, chain, path, root, issuing };
}

async function readRequested(home: CaHome): Promise<RequestedCa> {
  const path = join(home.folder, CA_FILES.request);
  const [request, ...more] = fromPem('CERTIFICATE REQUEST', await readSmallFile(path)) ?? [];
  const spki = request && more.length === 0 ? requestKey(request) : null;
  if (!request || !spki) throw new KeylineError('CA_INVALID', 'not one request in PEM', { path });
  return { ...home, request, spki };
}

async function certificatesOf(path: string): Promise<CertificateFacts[]> {
  if (!(await exists(path))) throw new KeylineError('CA_INVALID', 'a certificate is missing', { path });
  const ders = fromPem('CERTIFICATE', await readSmallFile(path));
  if (!ders) throw new KeylineError('CA_INVALID', 'not certificates in PEM', { path });
  return ders.map((der) => {
    const reading = readCertificate(der);
    if (!reading.ok) throw new KeylineError('CA_INVALID', reading.reason, { path });
    return reading.facts;
  });
}

/** Judged at the CAs' own start: whether the clock is sane, and what may still be signed, is asked at each certificate. */
function caFault(issuing: CertificateFacts, path: readonly CertificateFacts[]): string | null {
  if (!issuing.isCa || issuing.subjectKeyId === null) return 'the issuing certificate is not that of a CA';
  if (issuing.pathLength !== 0) return 'the issuing CA may sign further CAs';
  if (new Set(path.map(({ fingerprint }) => fingerprint)).size < path.length) return 'a certificate stands there twice';
  return pathFault(path, Math.max(...path.map(({ notBeforeMs }) => notBeforeMs)));
}
