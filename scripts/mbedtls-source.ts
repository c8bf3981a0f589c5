// The sources of mbedTLS for firmware/: Debian's archive of them, from this machine's own mirror, unpacked once into a cache
// outside the clone. Pinned by digest; nothing of it is in the repository. Refuses any other bytes.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

interface Archive {
  readonly version: string;
  readonly file: string;
  readonly sha256: string;
}

/** The first that can be had: what trixie has, then what bookworm has. A point release may take either from the mirrors. */
const ARCHIVES: readonly Archive[] = [
  {
    version: '3.6.6',
    file: 'mbedtls_3.6.6.orig.tar.bz2',
    sha256: '8fb65fae8dcae5840f793c0a334860a411f884cc537ea290ce1c52bb64ca007a',
  },
  {
    version: '2.28.3',
    file: 'mbedtls_2.28.3.orig.tar.gz',
    sha256: '3b4953aa55a681e084d31892d9904cc5328d6b4958ea57b90ae4b4f94ae69a8d',
  },
];

/** Where every Debian mirror keeps source archives of this package. */
const POOL = 'pool/main/m/mbedtls';
/** apt's own downloader: it goes through whatever proxy and access the machine's apt goes through. */
const APT_HELPER = '/usr/lib/apt/apt-helper';
/** 5.5 MB: what does not come in this time does not come. */
const DOWNLOAD_LIMIT_MS = 120_000;
/** What the build reads; the rest of the archive is not kept. */
const KEPT = ['include', 'library', 'LICENSE'];
const STAMP = 'keyline.sha256';

/** Folder of the sources of the preferred version that can be had, or of `version`. Throws an Error that says what to do. */
export function mbedtlsSource(version?: string): string {
  const wanted = ARCHIVES.filter((archive) => version === undefined || archive.version === version);
  for (const archive of wanted) {
    const folder = folderOf(archive);
    if (isWhole(folder)) return folder;
  }
  for (const archive of wanted) {
    const packed = findArchive(archive);
    if (packed !== null) return unpack(archive, packed);
  }
  throw new Error(
    `The sources of mbedTLS are not here and could not be fetched from this machine's Debian mirror. Put ${wanted
      .map(({ file }) => file)
      .join(' or ')} into ${cacheFolder()}, then try again.`,
  );
}

/** Outside the clone, so that every clone shares it. */
function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'keyline');
}

function folderOf({ version }: Archive): string {
  return join(cacheFolder(), `mbedtls-${version}`);
}

/** Path of the archive with the pinned digest: one that a person put there, or a fetched one. Null where there is none. */
function findArchive(archive: Archive): string | null {
  const path = join(cacheFolder(), archive.file);
  mkdirSync(cacheFolder(), { recursive: true });
  if (existsSync(path) && digestOf(readFileSync(path)) === archive.sha256) return path;
  rmSync(path, { force: true });
  for (const mirror of existsSync(APT_HELPER) ? debianMirrors() : []) {
    const fetched = spawnSync(
      APT_HELPER,
      ['-qq', 'download-file', `${mirror}/${POOL}/${archive.file}`, path, `SHA256:${archive.sha256}`],
      { stdio: 'ignore', timeout: DOWNLOAD_LIMIT_MS },
    );
    if (fetched.status === 0 && existsSync(path) && digestOf(readFileSync(path)) === archive.sha256) return path;
    rmSync(path, { force: true });
  }
  return null;
}

/** The addresses that this machine's apt has for packages of its distribution, in order. */
function debianMirrors(): string[] {
  const folder = '/etc/apt/sources.list.d';
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(?:list|sources)$/.test(name)) : [];
  const texts = ['/etc/apt/sources.list', ...names.map((name) => join(folder, name))]
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'));
  const mirrors = texts.flatMap((text) => text.match(/^[^#\n]*?https?:\/\/[^\s]+/gm) ?? []);
  const addresses = mirrors.map((line) => line.slice(line.indexOf('http')).replace(/\/$/, ''));
  return [...new Set(addresses)].filter((address) => /\/debian$/.test(address));
}

/** Unpacks beside its place and moves it there in one step: nobody ever sees half of it. */
function unpack(archive: Archive, packed: string): string {
  const folder = folderOf(archive);
  const work = mkdtempSync(join(cacheFolder(), 'unpacking-'));
  try {
    const done = spawnSync('tar', ['-xf', packed, '-C', work, '--strip-components=1'], { stdio: 'ignore' });
    if (done.status !== 0) throw new Error(`tar could not unpack ${packed}: it needs bzip2.`);
    for (const name of readdirSync(work)) {
      if (!KEPT.includes(name)) rmSync(join(work, name), { recursive: true });
    }
    writeFileSync(join(work, STAMP), treeDigest(work));
    rmSync(folder, { recursive: true, force: true });
    renameSync(work, folder);
    rmSync(packed, { force: true });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

function isWhole(folder: string): boolean {
  const stamp = join(folder, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === treeDigest(folder);
}

/** One digest over the names and contents of all files but the stamp. */
function treeDigest(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const hash = createHash('sha256');
  for (const name of names) {
    const path = join(folder, name);
    if (name === STAMP || !statSync(path).isFile()) continue;
    hash.update(`${digestOf(readFileSync(path))}  ${name}\n`);
  }
  return hash.digest('hex');
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
