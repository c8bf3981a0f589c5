// `psk import|list`: factory secrets of device models, with which keys are sealed to boards of theirs. A secret comes from
// a file, a descriptor or a prompt, never as an argument, and is shown nowhere.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { PskListAnswer } from '../../contract/cli.ts';
import { openQueries } from '../../db/queries.ts';
import { KeylineError } from '../../domain/errors.ts';
import { SecretName } from '../../domain/recipe.ts';
import { importFactorySecret } from '../../station/identity/factory-secrets.ts';
import { example, execute, fitting, type Registry, wholeNumber } from '../command-line.ts';
import { officerAt } from '../folder-person.ts';
import { openFolder } from '../open-folder.ts';
import { type ExitCode, tell } from '../outcome.ts';
import { readWholeSecret } from '../passphrase.ts';
import { readFactorySecret } from '../secret-bytes.ts';
import { ownKey, secretNames } from '../station-keys.ts';
import type { CommonOptions, Use } from '../surroundings.ts';

const NAME_IS = 'lower-case letters, digits and -';

interface ImportOptions extends CommonOptions {
  readonly file?: string;
  readonly fd?: number;
}

export function registerPsk(root: Command, registry: Registry): void {
  const psk = example(root.command('psk').description('factory secrets that boards come with'), 'help psk import');
  const bring = psk
    .command('import')
    .description('keep a factory secret of 32 bytes, raw, in hex or in Base64')
    .argument('<name>', 'the name that recipes give it', fitting(SecretName, NAME_IS))
    .option('--file <file>', 'read it from a file')
    .option('--fd <n>', 'read it from an open file descriptor', wholeNumber(0, 1023));
  example(bring, 'psk import aq-200 --file aq-200.secret').action((name: string) => {
    const options = bring.optsWithGlobals<ImportOptions>();
    return execute(registry, options, (use) => importSecret(use, name, options));
  });
  const list = psk.command('list').description('names of the factory secrets that are here');
  example(list, 'psk list').action(() => execute(registry, list.optsWithGlobals(), listSecrets));
}

async function importSecret(use: Use, name: string, options: ImportOptions): Promise<ExitCode> {
  const open = openFolder(use, null);
  const { folder, recorder, station, close } = open;
  const from = use.passphrase(station.practice);
  try {
    const actorId = await officerAt(use, open);
    const secret = readFactorySecret(await given(use, options));
    try {
      const { passphrase } = await ownKey(folder, from, use.random);
      await importFactorySecret(folder.keys, { name, secret, passphrase, random: use.random });
    } finally {
      secret.fill(0);
    }
    recorder.commit(actorId, (append) => append('psk-imported', { name }));
    const names = secretNames(folder, station.practice);
    tell(use, PskListAnswer, { names: [...names] }, [`The factory secret ${name} is here. Destroy what it came on.`]);
    return 0;
  } finally {
    from.wipe();
    close();
  }
}

/** What was given, as bytes; the reader wipes them. Throws FILE_UNREADABLE, USAGE, PASSPHRASE_MISSING. */
async function given(use: Use, { file, fd }: ImportOptions): Promise<Uint8Array> {
  if (file !== undefined && fd !== undefined) throw new KeylineError('USAGE', 'either --file or --fd');
  if (fd !== undefined) return readWholeSecret(fd).bytes;
  if (file === undefined) {
    const typed = await use.terminal.readHidden('Factory secret, in hex or Base64: ');
    if (typed === null) throw new KeylineError('USAGE', 'a factory secret comes by --file, --fd or a terminal');
    return typed;
  }
  const path = resolve(file);
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new KeylineError('FILE_UNREADABLE', path, {}, cause);
  }
}

async function listSecrets(use: Use): Promise<ExitCode> {
  const records = openQueries(use.folder.stationDatabase);
  const practice = records.station()?.practice ?? false;
  records.close();
  const names = [...secretNames(use.folder, practice)];
  tell(use, PskListAnswer, { names }, names.length === 0 ? ['There is no factory secret here.'] : names);
  return 0;
}
