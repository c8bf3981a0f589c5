// CAs whose certificates come from elsewhere: a chain that completes a request of ours, or key and chain in one. All is
// judged before anything is written; what is refused leaves the folder as it was.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sameBytes } from '../../domain/bytes.ts';
import { KeylineError } from '../../domain/errors.ts';
import { type CaPath, checkCaChain } from '../../pki/ca-chain.ts';
import { readCertificate } from '../../pki/certificate-facts.ts';
import { fromPem, fromPemWithWords, toPem } from '../../pki/pem.ts';
import { CA_FILES, type Ca, loadCa, loadCas, type RequestedCa } from './ca-folder.ts';
import { fillCa, refuseTaken, writeSigning } from './ca-making.ts';
import { writeNewFile } from './durable-file.ts';

export interface CaWish {
  readonly practice: boolean;
  readonly nowMs: number;
  /** What it signs lasts until then: UTC ms, `NEVER_MS` for ever. */
  readonly untilMs: number;
}

/** Certificates of a text, DER; other words may stand between them. Throws CHAIN_UNREADABLE. */
export function certificatesIn(text: string, what: string): Uint8Array[] {
  const ders = fromPemWithWords('CERTIFICATE', text);
  if (!ders) throw new KeylineError('CHAIN_UNREADABLE', `${what}: not whole certificates in PEM`);
  return ders;
}

/** The chain with its root at the end: as it came, or the one that was given beside it. */
export function withRoot(chain: readonly Uint8Array[], root: readonly Uint8Array[]): Uint8Array[] {
  const [only, ...more] = root;
  if (more.length > 0) throw new KeylineError('CHAIN_ORDER', 'the file of the root holds more than one certificate');
  const last = chain.at(-1);
  return only && !(last && sameBytes(last, only)) ? [...chain, only] : [...chain];
}

/** Completes a request. Throws CA_UNKNOWN, CA_UNFIT, and each code of `checkCaChain`. */
export async function completeCa(
  keysDir: string,
  name: string,
  certificates: readonly Uint8Array[],
  wish: CaWish,
): Promise<Ca> {
  const requested = await requestedCa(keysDir, name);
  const path = await judgeImport(keysDir, certificates, requested.spki, wish);
  const { folder } = requested;
  // Of an import that a power cut ended: until the issuing certificate is there the CA is only requested.
  await rm(join(folder, CA_FILES.root), { force: true });
  await writePath(folder, path);
  return loadCa(keysDir, name);
}

/** A key that was encrypted under the station's passphrase where it was opened. */
export interface ImportedKey {
  /** PEM of our own encryption. */
  readonly encryptedKey: string;
  /** Of the same key, DER. */
  readonly spki: Uint8Array;
}

/** Key and chain in one. Throws CA_EXISTS and each code of `checkCaChain`. */
export async function importCa(
  keysDir: string,
  name: string,
  key: ImportedKey,
  certificates: readonly Uint8Array[],
  wish: CaWish & { readonly limit: number | null },
): Promise<Ca> {
  await refuseTaken(keysDir, name);
  const path = await judgeImport(keysDir, certificates, key.spki, wish);
  if (!fromPem('ENCRYPTED PRIVATE KEY', key.encryptedKey)) throw new KeylineError('KEY_FILE_INVALID');
  await fillCa(keysDir, name, async (folder) => {
    await writeSigning(folder, { signer: { kind: 'file' }, limit: wish.limit });
    await writeNewFile(join(folder, CA_FILES.issuingKey), key.encryptedKey);
    await writePath(folder, path);
  });
  return loadCa(keysDir, name);
}

/** Throws CA_UNKNOWN; CA_UNFIT when its certificate is here already. */
export async function requestedCa(keysDir: string, name: string): Promise<RequestedCa> {
  const { whole, requested } = await loadCas(keysDir);
  const found = requested.find((known) => known.name === name);
  if (found) return found;
  if (whole.some((known) => known.name === name)) throw new KeylineError('CA_UNFIT', `${name} has its certificate`);
  throw new KeylineError('CA_UNKNOWN', name);
}

/** Throws each code of `checkCaChain`; changes nothing. */
export async function judgeImport(
  keysDir: string,
  certificates: readonly Uint8Array[],
  spki: Uint8Array,
  { practice, nowMs, untilMs }: CaWish,
): Promise<CaPath> {
  const { whole } = await loadCas(keysDir);
  const known = whole.map(({ issuing }) => issuing);
  const [first] = certificates;
  // The same certificate again is said before its other faults.
  const reading = first && readCertificate(first);
  if (reading?.ok && known.some(({ fingerprint }) => fingerprint === reading.facts.fingerprint))
    throw new KeylineError('CA_EXISTS', 'it is one of this station’s CAs');
  const checked = checkCaChain(certificates, { spki, practice, nowMs, untilMs, known });
  if (!checked.ok) throw new KeylineError(checked.fault.code, checked.fault.detail);
  return checked.path;
}

/** The issuing certificate comes last: with it the CA is whole. */
async function writePath(folder: string, path: CaPath): Promise<void> {
  const pem = path.map(({ der }) => toPem('CERTIFICATE', der));
  await writeNewFile(join(folder, CA_FILES.root), pem.at(-1) ?? '');
  await writeNewFile(join(folder, CA_FILES.issuing), pem.slice(0, -1).join(''));
}
