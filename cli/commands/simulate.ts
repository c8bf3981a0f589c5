// `simulate`: virtual boards on ports of their own, for a station that somebody else runs.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { SimulateAnswer } from '../../contract/cli.ts';
import { makeWritable } from '../../db/data-folder.ts';
import { slotName } from '../../simulator/fixture.ts';
import { runSimulator } from '../../simulator/simulate-main.ts';
import { example, execute, type Registry, wholeNumber } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import { readyFirmware } from '../ready-firmware.ts';
import type { CommonOptions, Use } from '../surroundings.ts';

/** What the boards of examples/ say that they are. */
const MODEL = 'AQ-200';
const REVISION = 'C';

interface SimulateOptions extends CommonOptions {
  readonly slots: number;
  readonly dir: string;
  readonly baud: number;
  readonly faults: string;
  readonly seed: number;
  readonly model: string;
  readonly revision: string;
  readonly firmware?: true;
}

export function registerSimulate(root: Command, registry: Registry): void {
  const command = root
    .command('simulate')
    .description('virtual boards in slots of a folder, until Ctrl+C')
    .requiredOption('--dir <dir>', 'folder of the ports; the same folder brings the same boards again')
    .option('--slots <n>', 'slots, with one board each', wholeNumber(1, 64), 8)
    .option('--baud <bits>', 'bits a second of each port; 0: as fast as it goes', wholeNumber(0, 4_000_000), 0)
    .option('--faults <names>', 'faults by name, with commas, or all', '')
    .option('--seed <n>', 'what chance starts from', wholeNumber(0, 2 ** 32 - 1), 1)
    .option('--firmware', 'emulated boards that run the firmware of firmware/')
    .option('--model <text>', 'model of the boards', MODEL)
    .option('--revision <text>', 'revision of the boards', REVISION);
  example(command, 'simulate --slots 8 --dir bench').action(() => {
    const options = command.optsWithGlobals<SimulateOptions>();
    return execute(registry, options, (use) => simulate(use, options));
  });
}

async function simulate(use: Use, options: SimulateOptions): Promise<ExitCode> {
  const { slots, baud, seed, model, revision } = options;
  const dir = resolve(options.dir);
  if (options.firmware) await readyFirmware(use.terminal.say);
  makeWritable(dir, use.around.platform);
  const boards = options.firmware ? ({ boards: 'emulated' } as const) : {};
  const faults = options.faults === 'all' ? 'all' : options.faults.split(',').filter((name) => name !== '');
  await runSimulator(
    { ...{ slots, baud, seed, model, dir, faults }, hardwareRevision: revision, firmware: null, ...boards },
    (line) => use.terminal.say(line),
  );
  const ports = Array.from({ length: slots }, (_, index) => slotName(index + 1));
  tell(use, SimulateAnswer, { ports }, []);
  return 0;
}
