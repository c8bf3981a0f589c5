#!/usr/bin/env node
// The command `keyline`. An older Node gets Node 24 from the packages before anything of ours is loaded.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { onNode24, root, runsOnNode24, say } from '../scripts/node-24.mjs';
import { handedOn } from './handed-on.mjs';

if (runsOnNode24()) {
  keepCompiled();
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

/**
 * What Node made of our files is kept beside the packages, for the programs that this one starts too: a command starts in
 * half the time. Whoever may write there may change the packages themselves, so nothing new is trusted.
 */
function keepCompiled() {
  const packages = join(root, 'node_modules');
  if (process.env.NODE_COMPILE_CACHE !== undefined || !existsSync(packages)) return;
  const cache = join(packages, '.cache', 'keyline');
  module.enableCompileCache(cache);
  process.env.NODE_COMPILE_CACHE = cache;
}
