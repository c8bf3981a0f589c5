// `restore`: a station from its backup, on this computer or another. It starts held; a supervisor makes new lots.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { RestoreAnswer } from '../../contract/cli.ts';
import { KeylineError } from '../../domain/errors.ts';
import { example, execute, type Registry } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import { type Restored, restoreStation } from '../restore-station.ts';
import type { CommonOptions, Use } from '../surroundings.ts';
import { withStation } from '../with-station.ts';

interface RestoreOptions extends CommonOptions {
  readonly from: string;
  readonly range?: string;
  readonly offline?: boolean;
}

export function registerRestore(root: Command, registry: Registry): void {
  const command = root
    .command('restore')
    .description('bring a station back from its backup; the one that it was is refused from then on')
    .requiredOption('--from <dir>', 'folder that backup wrote, or one file of records in it')
    .option('--range <first..last>', 'serials that this station was never given, for work before it is online')
    .option('--offline', 'ask the security service nothing now');
  example(command, 'restore --from /media/backup').action(() => {
    const options = command.optsWithGlobals<RestoreOptions>();
    return execute(registry, options, (use) => restore(use, options));
  });
}

async function restore(world: Use, { from, range, offline = false }: RestoreOptions): Promise<ExitCode> {
  const { use, wipe } = askingOnce(world);
  try {
    const restored = await restoreStation(use, { from: resolve(from), freshRange: range ?? null, offline });
    const asked = !offline && restored.canAsk ? await askService(use) : null;
    const { stationId, epoch, fromEpoch, backupSeq, file } = restored;
    const serialsRead = asked !== null;
    const ca = asked ? asked.ca : restored.ca;
    tell(use, RestoreAnswer, { stationId, epoch, fromEpoch, backupSeq, file, serialsRead, ca }, [
      `Station ${stationId} is restored from event ${backupSeq}, as its epoch ${epoch}. All its lots are held for good.`,
      ...caStep(restored.ca, asked),
      nextStep(restored, serialsRead, range ?? null),
    ]);
    return 0;
  } finally {
    wipe();
  }
}

/** A descriptor can be read once, and a person is asked once: what was read is used twice, and wiped at the end. */
function askingOnce(use: Use): { readonly use: Use; readonly wipe: () => void } {
  const sources = [use.passphrase(false), use.passphrase(true)] as const;
  return {
    use: { ...use, passphrase: (practice) => ({ ...sources[practice ? 1 : 0], wipe() {} }) },
    wipe: () => sources.forEach((source) => void source.wipe()),
  };
}

interface Asked {
  /** Name of the CA that is active now; null: none is. */
  readonly ca: string | null;
}

/**
 * One sync, with the station's own key alone: the service learns of the epoch, and says what is used. Null where it is
 * refused, by whatever: the restored records stand, and the service can be asked later.
 */
async function askService(use: Use): Promise<Asked | null> {
  try {
    return await withStation(use, { practice: null, unlock: true, ca: null }, async (api) => {
      await api.sync();
      return { ca: (await api.signing.list()).find(({ state }) => state === 'active')?.name ?? null };
    });
  } catch (error) {
    if (!(error instanceof KeylineError)) throw error;
    use.terminal.say(error.message);
    return null;
  }
}

/** What became of the CA since the backup. */
function caStep(before: string | null, asked: Asked | null): string[] {
  if (asked === null)
    return before === null
      ? []
      : [`It signs with CA ${before}, as in the backup. If that was changed since, change it again now.`];
  if (asked.ca === before) return [];
  if (asked.ca !== null)
    return [`The service holds boards of CA ${asked.ca}: it is the active one, ${before} is retired.`];
  return [
    `The service holds boards of a CA that is not here, and ${before} is retired: bring that CA or a new one, then ca rotate.`,
  ];
}

function nextStep({ canAsk }: Restored, serialsRead: boolean, range: string | null): string {
  if (serialsRead) return 'The service has said which serials are used. Make new lots; close the old ones.';
  if (range !== null) return `Until it is online it makes lots of ${range} only.`;
  return canAsk
    ? 'Go online and run keyline sync: before that no lot can be made.'
    : 'Enrol it, then run keyline sync.';
}
