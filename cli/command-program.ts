// Reads a command line, runs one command, answers its exit code. Refuses what it does not know in one plain sentence.
import { Command } from 'commander';
import { KeylineError } from '../domain/errors.ts';
import { example, type Registry, withCommonOptions } from './command-line.ts';
import { registerAudit } from './commands/audit.ts';
import { registerBackup } from './commands/backup.ts';
import { registerCa } from './commands/ca.ts';
import { registerCarry } from './commands/carry.ts';
import { registerDevice } from './commands/device.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerKeyring } from './commands/keyring.ts';
import { registerLabel } from './commands/label.ts';
import { registerLot } from './commands/lot.ts';
import { registerPsk } from './commands/psk.ts';
import { registerRecipe } from './commands/recipe.ts';
import { registerReconcile } from './commands/reconcile.ts';
import { registerReport } from './commands/report.ts';
import { registerRestore } from './commands/restore.ts';
import { registerRun } from './commands/run.ts';
import { registerService } from './commands/service.ts';
import { registerSigning } from './commands/signing.ts';
import { registerSimulate } from './commands/simulate.ts';
import { registerStation } from './commands/station.ts';
import { registerStatus } from './commands/status.ts';
import { registerSync } from './commands/sync.ts';
import { type ExitCode, tellError } from './outcome.ts';
import { registerPractice } from './practice/register-practice.ts';

const COMMANDS = [
  registerPractice,
  registerSimulate,
  registerService,
  registerStation,
  registerCa,
  registerPsk,
  registerKeyring,
  registerSigning,
  registerRecipe,
  registerLot,
  registerRun,
  registerDevice,
  registerLabel,
  registerSync,
  registerStatus,
  registerReconcile,
  registerCarry,
  registerBackup,
  registerRestore,
  registerAudit,
  registerReport,
  registerDoctor,
] as const;

/** Runs one command line, without the program's own name. Never throws. */
export async function runCommandLine(args: readonly string[], registry: Registry): Promise<ExitCode> {
  try {
    await commandProgram(registry).parseAsync(args, { from: 'user' });
    return registry.exitCode;
  } catch (error) {
    return tellError(error, registry.world.terminal, args.includes('--json'), registry.running);
  }
}

/** All commands, as commander reads them. */
export function commandProgram(registry: Registry): Command {
  const { terminal } = registry.world;
  const root = withCommonOptions(new Command('keyline'))
    .description('The provisioning station that gives every device on a factory line an identity of its own.')
    .configureOutput({
      writeOut: (text) => terminal.answer(text.trimEnd()),
      writeErr: (text) => terminal.say(text.trimEnd()),
      // A refusal is told once, in our words, when the error arrives.
      outputError: () => {},
    })
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError(false)
    .exitOverride()
    .helpCommand(false);
  for (const register of COMMANDS) register(root, registry);
  registerHelp(root);
  return root;
}

/** Commander's own help knows the first word only: `help lot create` would show all of `lot`. */
function registerHelp(root: Command): void {
  const command = root.command('help').description('show a command and one example of it').argument('[command...]');
  example(command, 'help lot create').action((names: string[]) => {
    let shown = root;
    for (const name of names) {
      const next = shown.commands.find((each) => each.name() === name);
      if (!next) throw new KeylineError('USAGE', `unknown command '${names.join(' ')}'`);
      shown = next;
    }
    shown.help();
  });
}
