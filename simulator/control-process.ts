// Entry of the simulator as a process of its own, driven over standard input and output (control-messages.ts).
import { serveControl } from './control.ts';
import { systemClock } from './system-clock.ts';

// An orderly end of the input lets all ports go; a second signal ends the process at once.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.stdin.destroy());

try {
  await serveControl({ input: process.stdin, say: (line) => void process.stdout.write(line) }, systemClock);
} catch (error) {
  // Destroying the input ends the loop that reads it with this error; anything else is a bug and goes on its way.
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error;
}
process.exit(0);
