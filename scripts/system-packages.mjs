// System programs that npm does not bring. As root on Debian they are installed; elsewhere the one command is printed.
// Practice needs none of them: without socat it runs over TCP.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { run, say } from './node-24.mjs';

const PROGRAMS = [
  { package: 'socat', for: ['start', 'window', 'test'], present: () => onPath('socat') },
  // What Electron draws with, and what its stand-in is unpacked with.
  { package: 'libgtk-3-0', for: ['window', 'test'], present: () => hasLibrary('libgtk-3.so.0') },
  { package: 'libnss3', for: ['window', 'test'], present: () => hasLibrary('libnss3.so') },
  { package: 'libgbm1', for: ['window', 'test'], present: () => hasLibrary('libgbm.so.1') },
  { package: 'libasound2', for: ['window', 'test'], present: () => hasLibrary('libasound.so.2') },
  { package: 'unzip', for: ['window', 'test'], present: () => onPath('unzip') },
  { package: 'xvfb', for: ['test'], present: () => process.platform !== 'linux' || onPath('Xvfb') },
  { package: 'xauth', for: ['test'], present: () => process.platform !== 'linux' || onPath('xauth') },
  // A clean Debian for the installer's test.
  { package: 'mmdebstrap', for: ['test'], present: () => !onPath('dpkg-deb') || onPath('mmdebstrap') },
  { package: 'mount', for: ['test'], present: () => !onPath('dpkg-deb') || onPath('mount') },
  { package: 'openssl', for: ['test'], present: () => onPath('openssl') },
  { package: 'python3', for: ['test'], present: () => onPath('python3') },
  { package: 'softhsm2', for: ['test'], present: () => onPath('softhsm2-util') },
  { package: 'opensc', for: ['test'], present: () => onPath('pkcs11-tool') },
  // What the native part for PKCS#11 tokens, and the tests' own module, are built with.
  { package: 'g++', for: ['test'], present: () => onPath('g++') },
  { package: 'make', for: ['test'], present: () => onPath('make') },
  { package: 'libnode-dev', for: ['test'], present: () => nodeHeaders() !== null },
  // A keyring of the system, in a session of its own.
  {
    package: 'gnome-keyring',
    for: ['test'],
    present: () => process.platform !== 'linux' || onPath('gnome-keyring-daemon'),
  },
  { package: 'dbus-daemon', for: ['test'], present: () => process.platform !== 'linux' || onPath('dbus-run-session') },
  { package: 'python3-serial', for: ['test'], present: () => pythonHas('serial') },
  { package: 'python3-cbor2', for: ['test'], present: () => pythonHas('cbor2') },
  // What firmware/ is built, run and fuzzed with; scripts/firmware-tools.ts names them again where they are missing.
  { package: 'make', for: ['test'], present: () => onPath('make') },
  { package: 'gcc', for: ['test'], present: () => onPath('gcc') },
  { package: 'libc6-dev', for: ['test'], present: () => isHere('/usr/include/stdio.h') },
  { package: 'bzip2', for: ['test'], present: () => onPath('bzip2') },
  { package: 'gcc-arm-none-eabi', for: ['test'], present: () => onPath('arm-none-eabi-gcc') },
  { package: 'picolibc-arm-none-eabi', for: ['test'], present: () => isHere('/usr/lib/picolibc/arm-none-eabi') },
  { package: 'qemu-system-arm', for: ['test'], present: () => onPath('qemu-system-arm') },
  { package: 'clang', for: ['test'], present: () => onPath('clang') },
  { package: 'libclang-rt-dev', for: ['test'], present: () => clangFuzzes() },
  { package: 'clang-format', for: ['test'], present: () => onPath('clang-format') },
];

/** Where Debian, Fedora and Arch keep shared libraries of the two processors that Electron is built for. */
const LIBRARY_FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'];

/** A mirror that is being renewed answers wrongly for seconds, not minutes. */
const UPDATE_ATTEMPTS = 3;
const PAUSE_MS = 3_000;

/** A package list or a package that does not come in this time does not come. */
const APT_LIMIT_MS = 300_000;

/** Whether npm can build native code here. */
export function hasCompiler() {
  return ['g++', 'make', 'python3'].every(onPath);
}

/** Folder above `include/node` of any Node on this computer, or null. */
export function nodeHeaders() {
  const places = [dirname(dirname(process.execPath)), '/usr', '/usr/local'];
  return places.find((place) => existsSync(join(place, 'include', 'node', 'node_api.h'))) ?? null;
}

/** Installs or names what is missing for `purpose` ('start', 'window' or 'test'). Never ends the set-up: what needs them will say so. */
export async function installSystemPackages(purpose) {
  if (process.platform === 'win32') return;
  const missing = missingFor(purpose);
  if (missing.length === 0) return;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !onPath('apt-get')) return tell(purpose, missing);
  say(`Keyline: installing system packages: ${missing.join(' ')}.`);
  await aptInstall(missing);
  const still = missingFor(purpose);
  if (still.length > 0) tell(purpose, still);
}

function missingFor(purpose) {
  return PROGRAMS.filter((program) => program.for.includes(purpose) && !program.present()).map(
    (program) => program.package,
  );
}

async function aptInstall(packages) {
  for (let attempt = 1; (await apt(['update', '-qq'])) !== 0; attempt++) {
    if (attempt === UPDATE_ATTEMPTS) break;
    say(`Keyline: apt-get update did not work (${attempt} of ${UPDATE_ATTEMPTS}), trying again.`);
    await pause(PAUSE_MS);
  }
  await apt(['install', '-y', '-qq', '--no-install-recommends', ...packages]);
}

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return run('apt-get', args, { env, stdio: ['ignore', process.stderr.fd, 'inherit'], timeLimitMs: APT_LIMIT_MS });
}

function tell(purpose, packages) {
  const list = packages.join(' ');
  const command = onPath('apt-get')
    ? `sudo apt-get install -y --no-install-recommends ${list}`
    : `install ${list} with your package manager (macOS: brew install ${packages[0]})`;
  say(`Keyline: missing ${list}. To have it: ${command}`);
  if (purpose !== 'test' && packages.includes('socat'))
    say('Keyline: going on without it; practice uses TCP in place of serial ports.');
}

function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));
}

/** A file of a Debian package; elsewhere its program's presence has to do. */
function isHere(path) {
  return process.platform !== 'linux' || existsSync(path);
}

/** Whether clang finds the library that its fuzz targets are linked with. */
function clangFuzzes() {
  if (process.platform !== 'linux' || !onPath('clang')) return process.platform !== 'linux';
  const asked = spawnSync('clang', ['-print-runtime-dir'], { encoding: 'utf8' });
  const folder = asked.stdout?.trim() ?? '';
  return ['libclang_rt.fuzzer-x86_64.a', 'libclang_rt.fuzzer-aarch64.a', 'libclang_rt.fuzzer.a'].some((name) =>
    existsSync(join(folder, name)),
  );
}

/** Only Linux leaves these libraries to its distribution. */
function hasLibrary(name) {
  if (process.platform !== 'linux') return true;
  return LIBRARY_FOLDERS.some((folder) => existsSync(join(folder, name)));
}

/** The system's own python3 comes first: that is the one the distribution's packages are for. */
function pythonHas(module) {
  return ['/usr/bin/python3', 'python3'].some(
    (python) => spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0,
  );
}
