// `node scripts/on-node-24.mjs FILE [args]`: the npm scripts' way to run a program under Node 24, also on Windows.
import { onNode24, say } from './node-24.mjs';

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  say('Say which file to run: node scripts/on-node-24.mjs FILE [args]');
  process.exitCode = 2;
} else {
  process.exitCode = await onNode24(file, args);
}
