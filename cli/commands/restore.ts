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
  const use = askingOnce(world);
  const restored = await restoreStation(use, { from: resolve(from), freshRange: range ?? null, offline });
  const serialsRead = !offline && restored.canAsk && (await readSerials(use));
  const { stationId, epoch, fromEpoch, backupSeq, file } = restored;
  tell(use, RestoreAnswer, { stationId, epoch, fromEpoch, backupSeq, file, serialsRead }, [
    `Station ${stationId} is restored from event ${backupSeq}, as its epoch ${epoch}. All its lots are held for good.`,
    nextStep(restored, serialsRead, range ?? null),
  ]);
  return 0;
}

/** A descriptor can be read once, and a person is asked once. */
function askingOnce(use: Use): Use {
  const sources = [use.passphrase(false), use.passphrase(true)] as const;
  return { ...use, passphrase: (practice) => sources[practice ? 1 : 0] };
}

/** One sync: the service learns of the epoch, and says what is used. False while it is away. */
async function readSerials(use: Use): Promise<boolean> {
  try {
    await withStation(use, { practice: null, unlock: true }, (api) => api.sync());
    return true;
  } catch (error) {
    if (!(error instanceof KeylineError && error.code === 'SERVICE_UNREACHABLE')) throw error;
    use.terminal.say(error.message);
    return false;
  }
}

function nextStep({ canAsk }: Restored, serialsRead: boolean, range: string | null): string {
  if (serialsRead) return 'The service has said which serials are used. Make new lots; close the old ones.';
  if (range !== null) return `Until it is online it makes lots of ${range} only.`;
  return canAsk
    ? 'Go online and run keyline sync: before that no lot can be made.'
    : 'Enrol it, then run keyline sync.';
}
