// The archive that a clean Debian is unpacked from: made by mmdebstrap with the mirror that this computer's apt uses, once for
// each list of packages, and kept outside the clone, so that every clone shares it.
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where Debian keeps the addresses of its own mirror, new way and old. */
const SOURCES = ['/etc/apt/sources.list.d/debian.sources', '/etc/apt/sources.list'];
/** Twice what a slow mirror took. */
const MAKE_LIMIT_MS = 400_000;

/** What is not here to make one with; empty where all is. */
export function missingForDebian(): string[] {
  const missing: string[] = [];
  if (process.getuid?.() !== 0) missing.push('root');
  if (!existsSync('/etc/debian_version')) missing.push('Debian');
  for (const program of ['mmdebstrap', 'dpkg-deb', 'unshare', 'mount', 'tar'])
    if (spawnSync('which', [program]).status !== 0) missing.push(program);
  return missing;
}

/** Path of an archive of a Debian with these packages, made where there is none yet. Throws with the maker's own words. */
export async function debianArchive(packages: readonly string[]): Promise<string> {
  const suite = /^VERSION_CODENAME=(\w+)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
  if (!suite) throw new Error('this Debian does not say its name');
  const list = packages.join(',');
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'keyline');
  const digest = createHash('sha256').update(list).digest('hex').slice(0, 12);
  const archive = join(cache, `debian-${suite}-${process.arch}-${digest}.tar`);
  if (existsSync(archive)) return archive;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'debian-making-'));
  try {
    const made = join(work, 'root.tar');
    const sources = SOURCES.filter((path) => existsSync(path));
    const args = ['--quiet', '--mode=root', '--variant=essential', `--include=${list}`, suite, made, ...sources];
    await promisify(execFile)('mmdebstrap', args, { timeout: MAKE_LIMIT_MS });
    renameSync(made, archive);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return archive;
}
