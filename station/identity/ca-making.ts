// CAs made here: a root and an issuing CA of our own, or a key and a request that somebody else's CA is to sign. A folder
// is filled beside its place and renamed in one step, so a power cut leaves a whole CA or none. Refuses a name that is
// taken. The key of a practice root is used once and never written.
import type { KeyObject } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assert, KeylineError } from '../../domain/errors.ts';
import type { Random } from '../../domain/seams.ts';
import { buildCaRequest, buildIssuingCa, buildRoot, type CaOrder } from '../../pki/ca-certificate.ts';
import { newCertificateSerialNumber } from '../../pki/idevid-profile.ts';
import { toPem } from '../../pki/pem.ts';
import { wholeSecond } from '../../pki/time.ts';
import { CA_FILES, type Ca, caRoot, FIRST_CA, loadCa, loadCas, MAX_CAS, type RequestedCa } from './ca-folder.ts';
import { type CaSigner, type CaSigning, FILE_SIGNING, signerText } from './ca-signer-file.ts';
import { exists, syncFolder, writeNewFile } from './durable-file.ts';
import { keySigner, newKey, signWith, spkiOf, writeEncryptedKey } from './file-signer.ts';
import type { Secret } from './secret.ts';
import type { Signer } from './signer.ts';

/** A CA starts a day before it is made: the clocks of station and service may differ (CERTAINTY, Clock). */
const BACKDATE_MS = 86_400_000;

/** Where a new issuing CA's key is to be. */
export interface KeyPlace {
  /** The key pair that was made in a token, and which it is; null: a new key in a file. */
  readonly token: { readonly signer: Signer; readonly ref: Extract<CaSigner, { kind: 'pkcs11' }> } | null;
  /** Most signatures ever; null: without limit. */
  readonly limit: number | null;
}

const IN_A_FILE: KeyPlace = { token: null, limit: FILE_SIGNING.limit };

export interface CaNaming {
  readonly name?: string;
  readonly practice: boolean;
  /** O of the names, 1 to 64 characters. */
  readonly organization: string;
  readonly passphrase: Secret;
  readonly random: Random;
}

export interface CaCreation extends CaNaming {
  readonly nowMs: number;
}

/** Makes both CAs, neither of which expires. Throws CA_EXISTS, PASSPHRASE_MISSING. */
export async function createCa(keysDir: string, creation: CaCreation, place: KeyPlace = IN_A_FILE): Promise<Ca> {
  const { name = FIRST_CA, passphrase, random, practice, organization, nowMs } = creation;
  await refuseTaken(keysDir, name);
  await fillCa(keysDir, name, async (folder) => {
    const rootKey = newKey();
    const { spki, write } = newIssuingKey(place, creation);
    const order = (of: Uint8Array): CaOrder => ({
      ...{ organization, practice, spki: of, notAfter: 'never' },
      certificateSerialNumber: newCertificateSerialNumber(random),
      notBeforeMs: wholeSecond(nowMs - BACKDATE_MS),
    });
    const rootOrder = order(spkiOf(rootKey));
    const byRoot = (message: Uint8Array) => signWith(rootKey, message);
    const root = await buildRoot(rootOrder, byRoot);
    const issuing = await buildIssuingCa(order(spki), rootOrder, byRoot);
    await write(folder);
    if (!practice) await writeEncryptedKey(join(folder, CA_FILES.rootKey), rootKey, passphrase, random);
    await writeNewFile(join(folder, CA_FILES.root), toPem('CERTIFICATE', root));
    await writeNewFile(join(folder, CA_FILES.issuing), toPem('CERTIFICATE', issuing));
  });
  return loadCa(keysDir, name);
}

/** Makes a key and the request of an issuing CA. Throws CA_EXISTS, PASSPHRASE_MISSING, USAGE for labels that no token has. */
export async function requestCa(keysDir: string, naming: CaNaming, place: KeyPlace = IN_A_FILE): Promise<RequestedCa> {
  const { name = FIRST_CA, organization, practice } = naming;
  await refuseTaken(keysDir, name);
  await fillCa(keysDir, name, async (folder) => {
    const { spki, sign, write } = newIssuingKey(place, naming);
    const request = await buildCaRequest({ organization, practice, spki }, sign);
    await write(folder);
    await writeNewFile(join(folder, CA_FILES.request), toPem('CERTIFICATE REQUEST', request));
  });
  const made = (await loadCas(keysDir)).requested.find((known) => known.name === name);
  assert(made, 'a request that was written can be read');
  return made;
}

/** Throws CA_EXISTS for a name that is taken, be it by a link or a file; USAGE for a CA that would be one too many. */
export async function refuseTaken(keysDir: string, name: string): Promise<void> {
  const { whole, requested } = await loadCas(keysDir);
  const known = [...whole, ...requested];
  if (known.some((ca) => ca.name === name) || (await exists(join(caRoot(keysDir), name))))
    throw new KeylineError('CA_EXISTS', name);
  if (known.length >= MAX_CAS) throw new KeylineError('USAGE', `a station holds ${MAX_CAS} CAs at most`);
}

/** Fills a folder beside keys/ca/NAME and puts it there in one step. */
export async function fillCa(keysDir: string, name: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const all = caRoot(keysDir);
  await mkdir(all, { recursive: true, mode: 0o700 });
  await syncFolder(keysDir);
  // What a power cut left here was never a CA: no certificate of it has left this folder.
  const partial = join(all, `${name}.partial`);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { mode: 0o700 });
  try {
    await fill(partial);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
  await syncFolder(partial);
  await rename(partial, join(all, name));
  await syncFolder(all);
}

interface IssuingKey {
  readonly spki: Uint8Array;
  readonly sign: Signer['sign'];
  /** Writes what the CA's folder keeps of it. */
  write(folder: string): Promise<void>;
}

function newIssuingKey({ token, limit }: KeyPlace, naming: CaNaming): IssuingKey {
  if (token) {
    const { signer, ref } = token;
    const write = (folder: string) => writeSigning(folder, { signer: ref, limit });
    return { spki: signer.spki, sign: (message) => signer.sign(message), write };
  }
  const key = newKey();
  return {
    ...keySigner(key),
    async write(folder) {
      await writeSigning(folder, { signer: { kind: 'file' }, limit });
      await writeKey(folder, key, naming);
    },
  };
}

function writeKey(folder: string, key: KeyObject, { passphrase, random }: CaNaming): Promise<void> {
  return writeEncryptedKey(join(folder, CA_FILES.issuingKey), key, passphrase, random);
}

export function writeSigning(folder: string, signing: CaSigning): Promise<void> {
  return writeNewFile(join(folder, CA_FILES.signer), signerText(signing));
}
