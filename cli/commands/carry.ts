// `carry write|receipt`: registrations for a factory without any network, to a file and back from one.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CarryReceiptAnswer, CarryWriteAnswer } from '../../contract/cli.ts';
import { example, execute, type Registry, wholeNumber } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import type { CommonOptions, Use } from '../surroundings.ts';
import { withStation } from '../with-station.ts';

export function registerCarry(root: Command, registry: Registry): void {
  const carry = example(root.command('carry').description('registrations by file'), 'help carry write');
  const write = carry
    .command('write')
    .description('write what waits for the security service to a file')
    .argument('<file>', 'file to write')
    .option(
      '--after <id>',
      'what waits after this entry, for a second file',
      wholeNumber(0, Number.MAX_SAFE_INTEGER),
      0,
    );
  example(write, 'carry write /media/stick/out.bundle').action((file: string) => {
    const options = write.optsWithGlobals<CommonOptions & { after: number }>();
    return execute(registry, options, (use) => writeBundle(use, resolve(file), options.after));
  });
  const receipt = carry
    .command('receipt')
    .description("read the service's answer to such a file")
    .argument('<file>', 'file that service carry read wrote');
  example(receipt, 'carry receipt /media/stick/in.receipt').action((file: string) =>
    execute(registry, receipt.optsWithGlobals(), (use) => readReceipt(use, resolve(file))),
  );
}

async function writeBundle(use: Use, file: string, afterId: number): Promise<ExitCode> {
  const order = { practice: null, unlock: true };
  const written = await withStation(use, order, (api) => api.carry.write({ file, afterId }));
  const { entries, lastId, more } = written;
  tell(use, CarryWriteAnswer, { file, ...written }, [
    `${entries} entries in ${file}. They wait until the receipt is read here.`,
    ...(more ? [`More wait: keyline carry write ANOTHER-FILE --after ${lastId}.`] : []),
  ]);
  return 0;
}

async function readReceipt(use: Use, file: string): Promise<ExitCode> {
  const received = await withStation(use, { practice: null, unlock: false }, (api) => api.carry.receive({ file }));
  const { accepted, refused, known } = received;
  tell(use, CarryReceiptAnswer, received, [`${accepted} registered, ${refused} refused, ${known} read before.`]);
  return 0;
}
