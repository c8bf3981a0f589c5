#!/usr/bin/env node
// The command `keyline`. An older Node gets Node 24 from the packages before anything of ours is loaded.
import { onNode24, runsOnNode24, say } from '../scripts/node-24.mjs';

if (runsOnNode24()) {
  await import('./keyline.ts').catch((cause) => {
    if (cause.code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    say(
      `Keyline is not set up here (${cause.message.split('\n')[0]}). Run npm start once, then the same command again.`,
    );
    process.exitCode = 3;
  });
} else {
  const args = process.argv.slice(2);
  process.exitCode = await onNode24('cli/bin.mjs', args, { stdio: handedOn(args) });
}

/** Standard streams, and each descriptor that an option names at its own number. */
function handedOn(args) {
  const stdio = ['inherit', 'inherit', 'inherit'];
  for (const [index, arg] of args.entries()) {
    const [, joined] = /^--(?:(?:passphrase|token)-)?fd(?:=(.*))?$/.exec(arg) ?? [arg, null];
    const fd = Number(joined === null ? Number.NaN : (joined ?? args[index + 1]));
    // The bound of the option itself.
    if (!Number.isInteger(fd) || fd < 3 || fd > 1023) continue;
    while (stdio.length < fd) stdio.push('ignore');
    stdio[fd] = fd;
  }
  return stdio;
}
