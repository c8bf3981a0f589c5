// `ca import`: the certificates of a requested CA, or key and chain in one PKCS#12 file. All is judged before anything is
// written; a refusal leaves the folder as it was.
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import { KeylineError } from '../../domain/errors.ts';
import { CaName } from '../../domain/ids.ts';
import { inOrder, isReadable } from '../../pki/ca-chain.ts';
import { MAX_PKCS12 } from '../../pki/pkcs12.ts';
import { notAfterMs } from '../../pki/time.ts';
import { loadCas } from '../../station/identity/ca-folder.ts';
import {
  type CaWish,
  certificatesIn,
  completeCa,
  importCa,
  judgeImport,
  requestedCa,
  withRoot,
} from '../../station/identity/ca-import.ts';
import { refuseTaken } from '../../station/identity/ca-making.ts';
import type { Secret } from '../../station/identity/secret.ts';
import { adoptCas, refuseNameOnRecord } from '../../station/records/ca-records.ts';
import { recordedCas, recordNewCa, tellCas } from '../ca-record.ts';
import { example, execute, fitting, type Registry, wholeNumber } from '../command-line.ts';
import { officerAt } from '../folder-person.ts';
import { type OpenFolder, openFolder } from '../open-folder.ts';
import type { ExitCode } from '../outcome.ts';
import { readTyped } from '../passphrase.ts';
import { openPkcs12 } from '../pkcs12-opening.ts';
import { keyPassphrase, ownKey } from '../station-keys.ts';
import type { CommonOptions, Use } from '../surroundings.ts';

/** Bytes of a file of certificates: seven of the largest are under 40 KB. */
const MAX_PEM = 65_536;

interface ImportOptions extends CommonOptions {
  readonly certificate?: string;
  readonly root?: string;
  readonly pkcs12?: string;
  readonly p12PassphraseFd?: number;
  readonly until: string;
  readonly limit?: number;
  readonly practice?: boolean;
}

export function registerCaImport(ca: Command, registry: Registry): void {
  const command = ca
    .command('import')
    .description('bring in the certificates of a requested CA, or a CA in a PKCS#12 file')
    .argument('<name>', 'its name here', fitting(CaName, 'a name of 1 to 32 small letters, digits and -'))
    .option('--certificate <file>', 'PEM: the signed certificate, then each CA above it')
    .option('--root <file>', 'PEM: the root, where the other file does not end in it')
    .option('--pkcs12 <file>', 'key and chain in one, under a passphrase of its own')
    .option('--p12-passphrase-fd <n>', 'read that passphrase from this open file descriptor', wholeNumber(0, 1023))
    .option(
      '--until <day>',
      'last day of what it is to sign: YYYY-MM-DD',
      fitting(z.iso.date(), 'a day, YYYY-MM-DD'),
      'never',
    )
    .option('--limit <n>', 'with --pkcs12: most signatures that it may ever make', wholeNumber(1, 1_000_000_000))
    .option('--practice', 'with --pkcs12 in a new folder: it is for practice');
  example(command, 'ca import issuing-2027 --certificate chain.pem --root root.pem').action((name: string) => {
    const options = command.optsWithGlobals<ImportOptions>();
    return execute(registry, options, (use) => importAs(use, name, options));
  });
}

type OpenFor = OpenFolder & { readonly actorId: string };

async function importAs(use: Use, name: string, options: ImportOptions): Promise<ExitCode> {
  const { certificate, pkcs12, practice } = options;
  if ((certificate === undefined) === (pkcs12 === undefined))
    throw new KeylineError('USAGE', 'give one of --certificate and --pkcs12');
  const isNew = !existsSync(use.folder.stationDatabase);
  const open = openFolder(use, practice ?? (isNew && pkcs12 !== undefined ? false : null));
  try {
    const actorId = await officerAt(use, open);
    adoptCas(open.recorder, (await loadCas(open.folder.keys)).whole);
    const wish = {
      practice: open.station.practice,
      nowMs: use.clock.nowMs(),
      untilMs: notAfterMs(options.until),
    };
    if (certificate !== undefined) await completed({ ...open, actorId }, name, certificate, options, wish);
    else if (pkcs12 !== undefined) await fromPkcs12(use, { ...open, actorId }, name, pkcs12, options, wish);
  } finally {
    open.close();
  }
  return tellCas(use, await recordedCas(use), name);
}

async function completed(
  { folder, recorder, actorId }: OpenFor,
  name: string,
  certificate: string,
  { root, limit }: ImportOptions,
  wish: CaWish,
): Promise<void> {
  if (limit !== undefined) throw new KeylineError('USAGE', '--limit goes with --pkcs12, or with ca request');
  await requestedCa(folder.keys, name);
  refuseNameOnRecord(recorder, name);
  const chain = certificatesIn(pemText(certificate), certificate);
  const ca = await completeCa(folder.keys, name, withRoot(chain, rootOf(root)), wish);
  recordNewCa(recorder, actorId, ca, 'ca-imported', { from: 'certificate' });
}

async function fromPkcs12(
  use: Use,
  { folder, recorder, station, actorId }: OpenFor,
  name: string,
  path: string,
  { root, limit, p12PassphraseFd }: ImportOptions,
  wish: CaWish,
): Promise<void> {
  await refuseTaken(folder.keys, name);
  refuseNameOnRecord(recorder, name);
  const file = fileBytes(path, MAX_PKCS12);
  const rootCertificates = rootOf(root);
  const from = use.passphrase(station.practice);
  let secret: Secret | null = null;
  try {
    // In the order in which a person has them at hand; both are right before the file's own is tried.
    secret = await readTyped(use.terminal, p12PassphraseFd ?? null, 'Passphrase of the PKCS#12 file: ');
    const own = await keyPassphrase(folder, from);
    const opened = await openPkcs12(use, file, secret, own);
    const certificates = withRoot(chainOf(opened.certificates, opened.spki), rootCertificates);
    await judgeImport(folder.keys, certificates, opened.spki, wish);
    // The station's own key, where this is the first command of a folder: nothing can be refused any more.
    await ownKey(folder, from, use.random);
    const ca = await importCa(folder.keys, name, opened, certificates, {
      ...wish,
      limit: limit ?? null,
    });
    recordNewCa(recorder, actorId, ca, 'ca-imported', { from: 'pkcs12' });
  } finally {
    secret?.wipe();
    from.wipe();
  }
}

/** Certificates of a PKCS#12 file from the key's own upwards. Throws CA_KEY_DIFFERS, P12_CONTENT. */
function chainOf(certificates: readonly Uint8Array[], spki: Uint8Array): readonly Uint8Array[] {
  // One that cannot be read is told of by whoever judges the chain.
  if (!certificates.every(isReadable)) return certificates;
  const path = inOrder(certificates, spki);
  if (!path) throw new KeylineError('CA_KEY_DIFFERS', 'no certificate of the file is for its key');
  if (path.length !== certificates.length)
    throw new KeylineError(
      'P12_CONTENT',
      `${certificates.length - path.length} of its certificates are not above the key’s`,
    );
  return path;
}

function rootOf(path: string | undefined): Uint8Array[] {
  return path === undefined ? [] : certificatesIn(pemText(path), path);
}

function pemText(path: string): string {
  return fileBytes(path, MAX_PEM).toString('latin1');
}

function fileBytes(path: string, most: number): Buffer {
  try {
    if (statSync(path).size > most) throw new Error(`longer than ${most} bytes`);
    return readFileSync(path);
  } catch (cause) {
    throw new KeylineError('FILE_UNREADABLE', cause instanceof Error ? cause.message : path, {}, cause);
  }
}
