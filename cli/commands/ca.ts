// `ca init|request|import|show|rotate`: the CAs of a station. A key is made here, or in a token, or comes in PKCS#12; it
// is never shown. What makes or completes a CA opens the folder itself: no station may run on it.
import type { Command } from 'commander';
import { KeylineError } from '../../domain/errors.ts';
import { CaName } from '../../domain/ids.ts';
import { sha256Hex } from '../../pki/p256.ts';
import { FIRST_CA, loadCas } from '../../station/identity/ca-folder.ts';
import { type CaCreation, createCa, refuseTaken, requestCa } from '../../station/identity/ca-making.ts';
import { adoptCas, refuseNameOnRecord } from '../../station/records/ca-records.ts';
import { type TokenOptions, withKeyPlace, withTokenOptions } from '../ca-key-place.ts';
import { recordedCas, recordNewCa, tellCas } from '../ca-record.ts';
import { example, execute, fitting, type Registry, wholeNumber } from '../command-line.ts';
import { officerAt } from '../folder-person.ts';
import { openFolder } from '../open-folder.ts';
import type { ExitCode } from '../outcome.ts';
import { ownKey } from '../station-keys.ts';
import type { CommonOptions, Use } from '../surroundings.ts';
import { withStation } from '../with-station.ts';
import { registerCaImport } from './ca-import.ts';

/** Name of a practice CA's organization; a real one has to be said. */
const PRACTICE_ORGANIZATION = 'Keyline practice';

const CA_NAME_IS = 'a name of 1 to 32 small letters, digits and -';
/** Most signatures that a limit can name: a lifetime of lines. */
const MOST_SIGNATURES = 1_000_000_000;

interface MakeOptions extends CommonOptions, TokenOptions {
  readonly practice?: boolean;
  readonly organization?: string;
  readonly limit?: number;
}

export function registerCa(root: Command, registry: Registry): void {
  const ca = example(root.command('ca').description('the signing CAs of this station'), 'help ca init');
  registerInit(ca, registry);
  registerRequest(ca, registry);
  registerCaImport(ca, registry);
  const show = ca
    .command('show')
    .description('show the CAs')
    .argument('[name]', 'one of them', fitting(CaName, CA_NAME_IS));
  example(show, 'ca show').action((name: string | undefined) =>
    execute(registry, show.optsWithGlobals(), (use) => showCas(use, name)),
  );
  const rotate = ca
    .command('rotate')
    .description('sign what is new with this CA from now on; the one before only finishes what it began')
    .argument('<name>', 'the CA', fitting(CaName, CA_NAME_IS));
  example(rotate, 'ca rotate issuing-2027').action((name: string) =>
    execute(registry, rotate.optsWithGlobals(), (use) => rotateTo(use, name)),
  );
}

function registerInit(ca: Command, registry: Registry): void {
  const init = ca
    .command('init')
    .description('make a root and a signing CA of our own')
    .argument('[name]', 'its name here', fitting(CaName, CA_NAME_IS), FIRST_CA);
  withMakeOptions(init);
  example(init, 'ca init --organization "Example Devices"').action((name: string) => {
    const options = init.optsWithGlobals<MakeOptions>();
    return execute(registry, options, (use) => initCa(use, name, options));
  });
}

function registerRequest(ca: Command, registry: Registry): void {
  const request = ca
    .command('request')
    .description('make the key of a signing CA and a request, for a root elsewhere to sign')
    .argument('<name>', 'its name here', fitting(CaName, CA_NAME_IS));
  withMakeOptions(request);
  example(request, 'ca request issuing-2027 --organization "Example Devices"').action((name: string) => {
    const options = request.optsWithGlobals<MakeOptions>();
    return execute(registry, options, (use) => requestOf(use, name, options));
  });
}

function withMakeOptions(command: Command): Command {
  return withTokenOptions(
    command
      .option('--organization <text>', 'organization in its name')
      .option('--practice', 'say TEST in every certificate')
      .option('--limit <n>', 'most signatures that it may ever make', wholeNumber(1, MOST_SIGNATURES)),
  );
}

async function initCa(use: Use, name: string, options: MakeOptions): Promise<ExitCode> {
  return making(use, name, options, async (creation, place, { folder, recorder, actorId }) => {
    const ca = await createCa(folder.keys, creation, place);
    recordNewCa(recorder, actorId, ca, 'ca-created', { practice: creation.practice });
  });
}

async function requestOf(use: Use, name: string, options: MakeOptions): Promise<ExitCode> {
  return making(use, name, options, async (creation, place, { folder, recorder, actorId }) => {
    const { spki } = await requestCa(folder.keys, creation, place);
    recorder.commit(actorId, (append) => append('ca-requested', { name, spkiSha256: sha256Hex(spki) }));
  });
}

type Make = (
  creation: CaCreation,
  place: Parameters<typeof createCa>[2],
  open: Pick<ReturnType<typeof openFolder>, 'folder' | 'recorder'> & { readonly actorId: string },
) => Promise<void>;

async function making(use: Use, name: string, options: MakeOptions, make: Make): Promise<ExitCode> {
  const { practice = false, limit = null } = options;
  const organization = options.organization ?? (practice ? PRACTICE_ORGANIZATION : '');
  if (organization.length < 1 || organization.length > 64)
    throw new KeylineError('USAGE', '--organization has 1 to 64 letters');
  const open = openFolder(use, practice);
  const from = use.passphrase(practice);
  try {
    const { folder, recorder } = open;
    // Before a passphrase is asked for.
    await refuseTaken(folder.keys, name);
    adoptCas(recorder, (await loadCas(folder.keys)).whole);
    refuseNameOnRecord(recorder, name);
    const actorId = await officerAt(use, open);
    const { passphrase } = await ownKey(folder, from, use.random);
    const creation = { name, practice, organization, passphrase, random: use.random, nowMs: use.clock.nowMs() };
    await withKeyPlace(use, options, limit, (place) => make(creation, place, { folder, recorder, actorId }));
  } finally {
    from.wipe();
    open.close();
  }
  return tellCas(use, await recordedCas(use), name);
}

async function showCas(use: Use, name: string | undefined): Promise<ExitCode> {
  const cas = await recordedCas(use);
  if (cas.length === 0) throw new KeylineError('CA_MISSING');
  if (name !== undefined && !cas.some((ca) => ca.name === name)) throw new KeylineError('CA_UNKNOWN', name);
  return tellCas(use, cas, name);
}

/** Through the station: its key signs a test first. That of the CA before may be lost. */
async function rotateTo(use: Use, name: string): Promise<ExitCode> {
  await withStation(use, { practice: null, unlock: true, ca: name }, (api) => api.signing.rotate({ name }));
  return tellCas(use, await recordedCas(use), name);
}
