// `keyline`: everything the station can do, without a screen. This file is the process: its arguments, its end.
import { runCommandLine } from './command-program.ts';
import { tellError } from './outcome.ts';
import { systemWorld } from './surroundings.ts';

/** Nothing that still runs is waited for: what is recorded is recorded, and the next start resumes. */
function stopByFault(error: unknown): never {
  process.exit(tellError(error, systemWorld.terminal, process.argv.includes('--json'), null));
}

process.on('uncaughtException', stopByFault);
process.on('unhandledRejection', stopByFault);
const code = await runCommandLine(process.argv.slice(2), systemWorld);
process.exitCode = code;
// After a fault boards may still be in work here: the process ends without them as soon as its answer is out.
if (code === 3) process.stdout.write('', () => process.exit(code));
