// `npm run installers`: what a factory installs, for this system. Linux: a tar.gz and a Debian package made by its own
// dpkg-deb; Windows and macOS: what electron-builder makes of packaging/electron-builder.mjs. On the stand-in runtime
// they are named -ci and never published.
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { electronRuntime, isStandIn } from './electron-runtime.mjs';
import { root, run, say } from './node-24.mjs';
import { packApp } from './package.mjs';
import { setUp } from './set-up.mjs';
import { buildWindow } from './window.mjs';

/** 400 MB are packed in some 30 s on two cores. */
const PACK_LIMIT_MS = 600_000;
const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };

const linux = (name) => join(root, 'packaging', 'linux', name);

/**
 * Makes the Debian package of the packed app whose program is `program`; answers its path. `fast` packs nothing together. Throws
 * when dpkg-deb does not.
 */
export async function makeDeb(program, { version, output, fast = false }) {
  // Beside the app: its files are linked, not copied.
  const stage = mkdtempSync(join(dirname(dirname(program)), 'deb-'));
  // dpkg takes the folder's own mode for the root of every system.
  chmodSync(stage, 0o755);
  try {
    await stageFiles(stage, dirname(program), version);
    const deb = join(output, `keyline_${version}_${ARCHITECTURES[process.arch]}.deb`);
    const tight = fast ? ['-Znone'] : ['-Zxz', '-z3'];
    await must('dpkg-deb', ['--root-owner-group', ...tight, '--build', stage, deb]);
    return deb;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** Package names of what the Debian package depends on; of alternatives the first. */
export function debDepends() {
  const [, depends] = /^Depends: (.+)$/m.exec(readFileSync(linux('deb/control'), 'utf8'));
  return depends.split(', ').map((names) => names.split(' | ')[0]);
}

async function stageFiles(stage, unpacked, version) {
  const put = (from, to, mode) => {
    const path = join(stage, to);
    mkdirSync(dirname(path), { recursive: true });
    copyFileSync(from, path);
    chmodSync(path, mode);
  };
  const program = join(stage, 'opt/keyline');
  mkdirSync(dirname(program));
  await must('cp', ['-al', unpacked, program]);
  // Chromium's sandbox where a system does not give namespaces to everybody. A copy: the app beside keeps its own mode.
  rmSync(join(program, 'chrome-sandbox'));
  put(join(unpacked, 'chrome-sandbox'), 'opt/keyline/chrome-sandbox', 0o4755);
  put(linux('60-keyline.rules'), 'usr/lib/udev/rules.d/60-keyline.rules', 0o644);
  put(linux('keyline.desktop'), 'usr/share/applications/io.github.keyline.station.desktop', 0o644);
  put(linux('keyline.svg'), 'usr/share/icons/hicolor/scalable/apps/keyline.svg', 0o644);
  put(linux('keyline.sh'), 'usr/bin/keyline', 0o755);
  put(join(root, 'LICENSE'), 'usr/share/doc/keyline/copyright', 0o644);
  for (const script of ['preinst', 'postinst', 'prerm', 'postrm'])
    put(linux(`deb/${script}`), `DEBIAN/${script}`, 0o755);
  const control = readFileSync(linux('deb/control'), 'utf8')
    .replace('@VERSION@', version)
    .replace('@ARCHITECTURE@', ARCHITECTURES[process.arch]);
  writeFileSync(join(stage, 'DEBIAN', 'control'), control);
}

async function must(program, args) {
  const stdio = ['ignore', 'ignore', 'inherit'];
  const code = await run(program, args, { stdio, timeLimitMs: PACK_LIMIT_MS });
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
}

async function main() {
  if (!(await setUp('window'))) return 3;
  const electron = await electronRuntime();
  if (electron === null) return 3;
  const built = await buildWindow();
  if (built !== 0) return built;
  const forTests = isStandIn(electron);
  if (process.platform !== 'linux') {
    const program = await packApp(electron, forTests, 'installer');
    if (program !== null) say(`Keyline: packed. The installer lies in ${join(root, 'release')}`);
    return program === null ? 3 : 0;
  }
  const program = await packApp(electron, forTests);
  if (program === null) return 3;
  const { version: plain } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  // A tilde is older than the release of that name (Debian Policy 5.6.12).
  const version = forTests ? `${plain}~ci` : plain;
  const output = dirname(dirname(program));
  const archive = join(output, `keyline-${plain}-linux-${process.arch}${forTests ? '-ci' : ''}.tar.gz`);
  await must('tar', [
    '-C',
    dirname(dirname(program)),
    '--transform',
    's,^linux-unpacked,keyline,',
    '-czf',
    archive,
    'linux-unpacked',
  ]);
  const deb = await makeDeb(program, { version, output });
  say(`Keyline: ${forTests ? 'for tests only, on the stand-in: ' : ''}${archive}`);
  say(`Keyline: ${forTests ? 'for tests only, on the stand-in: ' : ''}${deb}`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
