// What all commands share on the command line: common options, arguments that are read strictly, and one way to run.
import { type Command, InvalidArgumentError } from 'commander';
import type { z } from 'zod';
import type { ExitCode } from './outcome.ts';
import { type CommonOptions, type Use, useOf, type World } from './surroundings.ts';

export type Runs = (use: Use) => Promise<ExitCode>;

/** What a registered command gets: the world, and where its exit code goes. */
export interface Registry {
  readonly world: World;
  /** The use of the command that runs, for whoever tells of its failure. */
  running: Use | null;
  exitCode: ExitCode;
}

export function newRegistry(world: World): Registry {
  return { world, running: null, exitCode: 0 };
}

/** Adds the options that every command has. */
export function withCommonOptions(command: Command): Command {
  return command
    .option('--data <dir>', 'data folder (else KEYLINE_DATA, else the usual place)')
    .option('--json', 'print one JSON object on the last line of standard output')
    .option(
      '--passphrase-fd <n>',
      'read the passphrase from this open file descriptor; 0 is standard input',
      wholeNumber(0, 1023),
    )
    .option(
      '--pin-fd <n>',
      "read the PIN of the signing CA's token from this open file descriptor",
      wholeNumber(0, 1023),
    )
    .option('--person <name>', 'who does this, at a station that knows people; the PIN is asked for')
    .option('--badge-fd <n>', 'read the badge of who does this from this open file descriptor', wholeNumber(0, 1023))
    .option('--person-pin-fd <n>', 'read their PIN from this open file descriptor', wholeNumber(0, 1023))
    .option('--keyring', "read passphrase and PIN from this computer's keyring (keyline help keyring)");
}

/** Runs a command's work with what its common options say. */
export async function execute(registry: Registry, options: CommonOptions, work: Runs): Promise<void> {
  const use = useOf(registry.world, options);
  registry.running = use;
  registry.exitCode = await work(use);
}

/** Adds one example to the command's help. */
export function example(command: Command, text: string): Command {
  return command.addHelpText('after', `\nExample:\n  $ keyline ${text}`);
}

/** Reads a decimal number of these bounds. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };
}

/** Reads what the schema takes. `is` says in words what that is. */
export function fitting<T>(schema: z.ZodType<T>, is: string): (text: string) => T {
  return (text) => {
    const read = schema.safeParse(text);
    if (read.success) return read.data;
    throw new InvalidArgumentError(`It is ${is}.`);
  };
}
