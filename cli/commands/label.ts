// `label show|print`: what a board's label says, one more copy of it, or all that wait. Printing is the station's, so it
// needs the one that runs.
import type { Command } from 'commander';
import { LabelAnswer, LabelsPrintedAnswer } from '../../contract/cli.ts';
import { openQueries } from '../../db/queries.ts';
import { KeylineError } from '../../domain/errors.ts';
import { DeviceSerial } from '../../domain/ids.ts';
import { keyTailOf, labelContent, tailText } from '../../domain/label.ts';
import { example, execute, fitting, type Registry } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import type { CommonOptions, Use } from '../surroundings.ts';
import { withStation } from '../with-station.ts';

/** No key is needed to print. */
const NO_KEYS = { practice: null, unlock: false } as const;

interface PrintOptions extends CommonOptions {
  readonly waiting?: true;
}

export function registerLabel(root: Command, registry: Registry): void {
  const label = example(root.command('label').description('labels of boards that passed'), 'help label print');
  const serial = fitting(DeviceSerial, 'a device serial');
  const show = label
    .command('show')
    .description('what the label of a board says, and its copies')
    .argument('<serial>', 'device serial', serial);
  example(show, 'label show AQ-0001').action((name: string) =>
    execute(registry, show.optsWithGlobals(), (use) => showLabel(use, name)),
  );
  const print = label
    .command('print')
    .description('print one more copy, or all labels that wait')
    .argument('[serial]', 'device serial', serial)
    .option('--waiting', 'all labels that wait for their printer');
  example(print, 'label print AQ-0001').action((name: string | undefined) => {
    const { waiting = false, ...options } = print.optsWithGlobals<PrintOptions>();
    return execute(registry, options, async (use) => {
      if (waiting === (name !== undefined)) throw new KeylineError('USAGE', 'name one board, or say --waiting');
      return name === undefined ? printWaiting(use) : printOne(use, name);
    });
  });
}

async function showLabel(use: Use, name: string): Promise<ExitCode> {
  const records = openQueries(use.folder.stationDatabase);
  try {
    const row = records.labelOfSerial(name);
    if (!row) throw new KeylineError('LABEL_NONE', name);
    const { deviceSerial, model, revision, size, copies, printedMs, scannedMs } = row;
    const keyTail = keyTailOf(row.spkiSha256);
    const content = labelContent({ deviceSerial, keyTail });
    const label = { deviceSerial, keyTail, content, model, revision, size, copies, printedMs, scannedMs };
    tell(use, LabelAnswer, { label }, [
      `${deviceSerial}, ${model} ${revision}, key ${tailText(keyTail)}: ${content} on ${size} mm`,
      printedMs === null ? 'It waits for its printer.' : `Printed, ${copies === 1 ? 'one copy' : `${copies} copies`}.`,
      scannedMs === null ? 'Nobody has read it back yet.' : 'Read back from its board.',
    ]);
    return 0;
  } finally {
    records.close();
  }
}

async function printOne(use: Use, deviceSerial: string): Promise<ExitCode> {
  await withStation(use, NO_KEYS, async (api) => {
    const { copies } = await api.labels.print({ deviceSerial });
    const { waiting } = await api.labels.state();
    tell(use, LabelsPrintedAnswer, { deviceSerial, copy: copies, waiting }, [
      `Printed ${deviceSerial}, copy ${copies}.`,
    ]);
  });
  return 0;
}

async function printWaiting(use: Use): Promise<ExitCode> {
  await withStation(use, NO_KEYS, async (api) => {
    const { waiting } = await api.labels.printWaiting();
    tell(use, LabelsPrintedAnswer, { deviceSerial: null, copy: null, waiting }, ['No label waits now.']);
  });
  return 0;
}
