// `npm start [-- args]`: set-up, then the window on the practice bench where there is a display, else the practice line
// in the terminal. With arguments it is always the terminal. Standard output carries only what practice prints.
import { onNode24, say } from './node-24.mjs';
import { setUp } from './set-up.mjs';
import { hasDisplay, openWindow } from './window.mjs';

async function main(args) {
  const withWindow = args.length === 0 && hasDisplay();
  if (!(await setUp(withWindow ? 'window' : 'start'))) return 3;
  if (withWindow) {
    const code = await openWindow();
    if (code !== null) return code;
    say('Keyline: going on in the terminal.');
  }
  return onNode24('cli/bin.mjs', ['practice', ...args]);
}

process.exitCode = await main(process.argv.slice(2));
