// `practice`: the whole station on simulated boards, with its own service and test CA, in a folder of its own.
import type { Command } from 'commander';
import { z } from 'zod';
import { PracticeAnswer } from '../../contract/cli.ts';
import { openDataFolder } from '../../db/data-folder.ts';
import { planDevices } from '../../simulator/device-plan.ts';
import { faultNames } from '../../simulator/faults/fault-list.ts';
import { example, execute, fitting, type Registry, wholeNumber } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import { readyFirmware } from '../ready-firmware.ts';
import type { CommonOptions, Use } from '../surroundings.ts';
import { practiceDir } from './practice-dir.ts';
import { PRACTICE_RECIPES, type PracticeKeyMode, type PracticeOptions } from './practice-plan.ts';
import { reportLines } from './practice-report.ts';
import { runPractice } from './practice-run.ts';

const KeyModeName = z.enum(Object.keys(PRACTICE_RECIPES) as [PracticeKeyMode, ...PracticeKeyMode[]]);

interface Options extends CommonOptions, Omit<PracticeOptions, 'offlineAfter' | 'faults' | 'boards'> {
  readonly offlineAfter?: number;
  readonly faults?: string;
  readonly firmware?: true;
}

export function registerPractice(root: Command, registry: Registry): void {
  const command = root
    .command('practice')
    .description('run a practice lot on simulated boards, from bare boards to registered devices')
    .option('--devices <n>', 'boards', wholeNumber(1, 100_000), 24)
    .option('--slots <n>', 'slots', wholeNumber(1, 64), 8)
    .option('--baud <bits>', 'bits a second of each port; 0: as fast as it goes', wholeNumber(0, 4_000_000), 921_600)
    .option('--offline-after <n>', 'the service goes away after so many boards', wholeNumber(0, 100_000))
    .option('--faults <names>', 'faults by name, with commas, or all')
    .option(
      '--key-mode <word>',
      'how boards come by their keys: on-chip, injected or injected-psk',
      fitting(KeyModeName, 'on-chip, injected or injected-psk'),
      'on-chip',
    )
    .option('--firmware', 'emulated boards that run the firmware of firmware/, in place of virtual ones')
    .option('--seed <n>', 'what chance starts from', wholeNumber(0, 2 ** 32 - 1))
    .option('--stop-after <n>', 'same failures in a row that hold the lot; 0: never', wholeNumber(0, 1000), 0);
  example(command, 'practice --devices 24 --slots 8').action(() => {
    const options = command.optsWithGlobals<Options>();
    return execute(registry, options, (use) => practice(use, options));
  });
}

async function practice(use: Use, options: Options): Promise<ExitCode> {
  const { devices, slots, baud, stopAfter, keyMode, offlineAfter = null } = options;
  const all = faultNames(keyMode !== 'on-chip');
  const faults = options.faults === 'all' ? all : (options.faults ?? '').split(',').filter((name) => name !== '');
  // Boards of a new run are new boards, unless the same ones are asked for by their seed.
  const seed = options.seed ?? Buffer.from(use.random.bytes(4)).readUInt32BE();
  // What cannot be is refused before anything is made or started.
  planDevices(seed, devices, faults);
  const boards = options.firmware ? 'emulated' : 'virtual';
  if (options.firmware) await readyFirmware(use.terminal.say);
  const folder = openDataFolder(practiceDir(use), use.around.platform);
  use.terminal.say(
    `Practice: ${devices} ${options.firmware ? 'emulated' : 'simulated'} boards, ${slots} slots, seed ${seed}.`,
  );
  const plan: PracticeOptions = { devices, slots, baud, stopAfter, offlineAfter, faults, seed, keyMode, boards };
  const stop = new AbortController();
  const stopListening = use.onInterrupt(() => (stop.signal.aborted ? use.leave(1) : stop.abort()));
  try {
    const order = { use: { ...use, folder }, options: plan, say: use.terminal.say, stop: stop.signal };
    const report = await runPractice(order);
    tell(use, PracticeAnswer, report, reportLines(report));
    return report.passed === report.devices ? 0 : 1;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    use.terminal.say(`Stopped. What was recorded is in ${folder.path}.`);
    // The station of this process may still work on boards that are gone.
    use.leave(1);
    return 1;
  } finally {
    stopListening();
  }
}
