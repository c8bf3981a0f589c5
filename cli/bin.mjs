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
  process.exitCode = await onNode24('cli/bin.mjs', process.argv.slice(2));
}
