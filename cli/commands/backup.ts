// `backup`: copies the records while the line goes on, reads the copy back, and says what it holds.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { BackupAnswer } from '../../contract/cli.ts';
import { example, execute, type Registry, wholeNumber } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import type { CommonOptions, Use } from '../surroundings.ts';
import { withStation } from '../with-station.ts';

/** 0 is never. */
const MOST_BOARDS = 1_000_000;

interface BackupOptions extends CommonOptions {
  readonly to?: string;
  readonly always?: boolean;
  readonly stopAt?: number;
}

export function registerBackup(root: Command, registry: Registry): void {
  const command = root
    .command('backup')
    .description('copy the records, and read the copy back')
    .option('--to <dir>', 'folder, on another disk (else the one that was set, else backup/ of the data folder)')
    .option('--always', 'the folder of --to is the one for all copies from now on')
    .option(
      '--stop-at <n>',
      'boards only on this disk at which the line stops, from now on; 0: never',
      wholeNumber(0, MOST_BOARDS),
    );
  example(command, 'backup --to /media/backup --always').action(() => {
    const options = command.optsWithGlobals<BackupOptions>();
    return execute(registry, options, (use) => backUp(use, options));
  });
}

async function backUp(use: Use, { to, always = false, stopAt }: BackupOptions): Promise<ExitCode> {
  const dir = to === undefined ? null : resolve(to);
  const copy = await withStation(use, { practice: null, unlock: false }, async ({ backup }) => {
    const made = await backup.make({ dir });
    // A folder that takes no copy is not set.
    if (always || stopAt !== undefined) {
      const plan = await backup.plan();
      const stop = stopAt === undefined ? plan.stopAt : stopAt || null;
      await backup.setPlan({ dir: always ? dir : plan.dir, stopAt: stop });
    }
    return made;
  });
  const where = copy.otherDisk ? 'on another disk' : 'on the same disk: it is lost with it';
  tell(use, BackupAnswer, copy, [
    `${copy.file}, ${copy.bytes} bytes, up to event ${copy.seq}, was read back; ${where}.`,
    'It holds the records. Beside it lie recipes, firmware and the keys that their passphrase seals; no key in clear.',
  ]);
  return 0;
}
