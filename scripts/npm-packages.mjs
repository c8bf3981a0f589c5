// Installs the npm packages when npm's own record of what is installed differs from package-lock.json. One of them is
// built here from source, for PKCS#11 tokens: where that does not work Keyline starts without it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNode24, root, run, say } from './node-24.mjs';
import { hasCompiler, nodeHeaders } from './system-packages.mjs';

/**
 * Not `npm ci`: that refuses a lock file which lacks an optional binary of another system, and such binaries are not on
 * every registry. Versions and digests are the lock file's all the same, and `--no-save` leaves it as it is.
 */
const INSTALL = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];

/** Makes node_modules what package-lock.json says. Answers false, after a line, when that did not work. */
export async function installNpmPackages() {
  const buildsMore = !tokensBuilt() && hasCompiler() && nodeHeaders() !== null;
  if (packagesMatch() && findNode24() !== null && !buildsMore) return true;
  say('Keyline: installing npm packages (needs the network, takes about a minute).');
  const [command, args, shell] = npmCommand();
  const code = await run(command, [...args, ...INSTALL], {
    cwd: root,
    shell,
    env: withHeaders(),
    stdio: ['inherit', process.stderr.fd, 'inherit'],
  });
  if (code === 0 && findNode24() !== null) {
    if (!tokensBuilt())
      say('Keyline: without PKCS#11 tokens. For them install g++, make and python3, then run npm run setup.');
    return true;
  }
  say('Keyline: the npm packages are not installed. Check the network, then run the same command again.');
  return false;
}

/** Whether the native part for PKCS#11 tokens stands. */
function tokensBuilt() {
  return existsSync(join(root, 'node_modules', 'pkcs11js', 'build', 'Release', 'pkcs11.node'));
}

/** node-gyp would load the headers from Node's own server, which a factory may not reach; any Node's will do. */
function withHeaders() {
  const headers = nodeHeaders();
  return headers === null || process.env.npm_config_nodedir
    ? process.env
    : { ...process.env, npm_config_nodedir: headers };
}

/** npm as it started us, else the one on the path. npm.cmd is a batch file and needs a shell; its arguments are fixed. */
function npmCommand() {
  const started = process.env.npm_execpath;
  if (started?.endsWith('npm-cli.js')) return [process.execPath, [started], false];
  return process.platform === 'win32' ? ['npm.cmd', [], true] : ['npm', [], false];
}

function packagesMatch() {
  const wanted = readPackages('package-lock.json');
  const present = readPackages(join('node_modules', '.package-lock.json'));
  if (wanted === null || present === null) return false;
  return (
    Object.keys(present).every((path) => path in wanted) &&
    Object.entries(wanted).every(([path, entry]) =>
      path in present ? present[path].version === entry.version : path === '' || entry.optional === true,
    )
  );
}

/** The `packages` of a lock file, or null when there is none that can be read. npm writes the second one last. */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}
