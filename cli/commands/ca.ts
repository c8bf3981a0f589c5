// `ca init|show`: the signing CA of a station. Its key is made here, under a passphrase, and never shown.
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { CaAnswer } from '../../contract/cli.ts';
import { KeylineError } from '../../domain/errors.ts';
import { type Ca, createCa, loadCa } from '../../station/identity/ca-folder.ts';
import { STATION_ACTOR } from '../../station/records/recorder.ts';
import { example, execute, type Registry } from '../command-line.ts';
import { openFolder } from '../open-folder.ts';
import { type ExitCode, tell } from '../outcome.ts';
import { ownKey } from '../station-keys.ts';
import type { CommonOptions, Use } from '../surroundings.ts';

/** Name of a practice CA's organization; a real one has to be said. */
const PRACTICE_ORGANIZATION = 'Keyline practice';

interface InitOptions extends CommonOptions {
  readonly practice?: boolean;
  readonly organization?: string;
}

export function registerCa(root: Command, registry: Registry): void {
  const ca = example(root.command('ca').description('the signing CA of this station'), 'help ca init');
  const init = ca
    .command('init')
    .description('make the root and the signing CA')
    .option('--organization <text>', 'organization in the names of both')
    .option('--practice', 'say TEST in every certificate');
  example(init, 'ca init --organization "Example Devices"').action(() => {
    const options = init.optsWithGlobals<InitOptions>();
    return execute(registry, options, (use) => initCa(use, options));
  });
  const show = ca.command('show').description('show the signing CA');
  example(show, 'ca show').action(() =>
    execute(registry, show.optsWithGlobals(), async (use) => tellCa(use, await loadCa(use.folder.keys))),
  );
}

async function initCa(use: Use, { practice = false, organization }: InitOptions): Promise<ExitCode> {
  const name = organization ?? (practice ? PRACTICE_ORGANIZATION : '');
  if (name.length < 1 || name.length > 64) throw new KeylineError('USAGE', '--organization has 1 to 64 letters');
  const { folder, recorder, close } = openFolder(use, practice);
  const from = use.passphrase(practice);
  try {
    await refuseSecondCa(folder.keys);
    const { passphrase } = await ownKey(folder, from, use.random);
    const { random, clock } = use;
    const ca = await createCa(folder.keys, { practice, organization: name, passphrase, random, nowMs: clock.nowMs() });
    const { issuerId } = ca.chain;
    recorder.commit(STATION_ACTOR, (append) => append('ca-created', { issuerId, root: ca.root.fingerprint, practice }));
    return tellCa(use, ca);
  } finally {
    from.wipe();
    close();
  }
}

/** Before a passphrase is asked for. `createCa` refuses too. */
async function refuseSecondCa(keysDir: string): Promise<void> {
  const known = await loadCa(keysDir).catch((error: unknown) => {
    if (error instanceof KeylineError && error.code === 'CA_MISSING') return null;
    throw error;
  });
  if (known) throw new KeylineError('CA_EXISTS', '', { issuerId: known.chain.issuerId });
}

function tellCa(use: Use, { chain, root, issuing, keyPath }: Ca): ExitCode {
  const folder = dirname(keyPath);
  const describe = ({ commonName, organization, fingerprint, notBeforeMs }: Ca['root'], file: string) => ({
    ...{ fingerprint, notBeforeMs, file: join(folder, file) },
    subject: [organization, commonName].filter((part) => part !== null).join(', '),
  });
  const answer = {
    issuerId: chain.issuerId,
    practice: chain.practice,
    root: describe(root, 'root.pem'),
    issuing: describe(issuing, 'issuing.pem'),
  };
  tell(use, CaAnswer, answer, [
    `Signing CA ${answer.issuing.subject}${chain.practice ? ', for practice' : ''}, ${answer.issuing.file}`,
    `  SHA-256 ${answer.issuing.fingerprint}`,
    `Root CA ${answer.root.subject}, ${answer.root.file}`,
    `  SHA-256 ${answer.root.fingerprint}`,
  ]);
  return 0;
}
