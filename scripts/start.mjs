// `npm start [-- args]`: set-up, then the practice line. Standard output carries only what practice prints.
import { onNode24 } from './node-24.mjs';
import { setUp } from './set-up.mjs';

process.exitCode = (await setUp('start')) ? await onNode24('cli/bin.mjs', ['practice', ...process.argv.slice(2)]) : 3;
