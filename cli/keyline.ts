// `keyline`: everything the station can do, without a screen. This file is the process: its arguments, its end.
import { newRegistry } from './command-line.ts';
import { runCommandLine } from './command-program.ts';
import { tellError } from './outcome.ts';
import { systemWorld } from './surroundings.ts';

const registry = newRegistry(systemWorld);

/** Nothing that still runs is waited for: what is recorded is recorded, and the next start resumes. */
function stopByFault(error: unknown): never {
  process.exit(tellError(error, systemWorld.terminal, process.argv.includes('--json'), registry.running));
}

// Whoever read our output may leave, as `| head` does: that ends the output and neither the command nor the line.
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EPIPE') throw cause;
  });
}
process.on('uncaughtException', stopByFault);
process.on('unhandledRejection', stopByFault);
const code = await runCommandLine(process.argv.slice(2), registry);
process.exitCode = code;
// After a fault boards may still be in work here: the process ends without them as soon as its answer is out.
if (code === 3) process.stdout.write('', () => process.exit(code));
