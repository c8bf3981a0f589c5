// `npm run package`: builds the app and packs it for this computer, without the network. On the stand-in runtime the
// package is named -ci and lets tests steer it: it is never published.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { electronRuntime, isStandIn } from './electron-runtime.mjs';
import { onNode24, root, say } from './node-24.mjs';
import { setUp } from './set-up.mjs';
import { buildWindow } from './window.mjs';

/** Packing copies 400 MB: seconds on a disk of today. */
const PACK_LIMIT_MS = 300_000;

/**
 * Packs what is in dist/ on this runtime; with `forTests` the inspector is left on; with `as` 'installer' also what this
 * system installs from (Windows, macOS). Answers the program's path, or null after the packer's own words.
 */
export async function packApp(electron, forTests, as = 'folder') {
  const dist = dirname(electron);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const name = `keyline-${version}-${process.platform}-${process.arch}${forTests ? '-ci' : ''}`;
  const output = join(root, 'release', name);
  rmSync(output, { recursive: true, force: true });
  const settings = {
    electronDist: dist,
    electronVersion: readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, ''),
    'directories.output': output,
    ...(forTests && { 'electronFuses.enableNodeCliInspectArguments': true }),
  };
  const args = [
    ...(as === 'folder' ? ['--dir'] : []),
    '--config',
    join('packaging', 'electron-builder.mjs'),
    '--publish',
    'never',
  ];
  for (const [key, value] of Object.entries(settings)) args.push(`--config.${key}=${value}`);
  const stdio = ['ignore', 'ignore', 'inherit'];
  const code = await onNode24(join('node_modules', 'electron-builder', 'cli.js'), args, {
    stdio,
    timeLimitMs: PACK_LIMIT_MS,
  });
  const program = programIn(output);
  // What a development runtime opens folders with.
  rmSync(join(dirname(program), 'resources', 'default_app.asar'), { force: true });
  return code === 0 && existsSync(program) ? program : null;
}

function programIn(output) {
  if (process.platform === 'win32') return join(output, 'win-unpacked', 'Keyline.exe');
  if (process.platform === 'linux') return join(output, 'linux-unpacked', 'keyline');
  const folder = process.arch === 'arm64' ? 'mac-arm64' : 'mac';
  return join(output, folder, 'Keyline.app', 'Contents', 'MacOS', 'Keyline');
}

async function main() {
  if (!(await setUp('window'))) return 3;
  const electron = await electronRuntime();
  if (electron === null) return 3;
  const built = await buildWindow();
  if (built !== 0) return built;
  const program = await packApp(electron, isStandIn(electron));
  if (program === null) return 3;
  say(`Keyline: packed. ${isStandIn(electron) ? 'For tests only, on the stand-in: ' : ''}${program}`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
