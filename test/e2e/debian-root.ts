// A clean Debian of its own, below a folder: made with the mirror that this computer's apt uses, entered by chroot in a mount
// namespace of its own, so that nothing stays mounted when a command ends. Needs root.
import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

/** Where Debian keeps the addresses of its own mirror, new way and old. */
const SOURCES = ['/etc/apt/sources.list.d/debian.sources', '/etc/apt/sources.list'];
/** Thrice what a slow mirror took. */
const MAKE_LIMIT_MS = 400_000;
const COMMAND_LIMIT_MS = 180_000;

/** What is not here to make one with; empty where all is. */
export function missingForDebian(): string[] {
  const missing: string[] = [];
  if (process.getuid?.() !== 0) missing.push('root');
  if (!existsSync('/etc/debian_version')) missing.push('Debian');
  for (const program of ['mmdebstrap', 'dpkg-deb', 'unshare'])
    if (spawnSync('which', [program]).status !== 0) missing.push(program);
  return missing;
}

export interface Ended {
  readonly code: number | null;
  /** Both streams, as a person sees them. */
  readonly said: string;
}

export class DebianRoot {
  readonly #folder = mkdtempSync(join(tmpdir(), 'keyline-debian-'));
  readonly path = join(this.#folder, 'root');

  /** Makes it, with these packages of the distribution. Throws with the maker's own words. */
  async make(packages: readonly string[]): Promise<void> {
    const suite = /^VERSION_CODENAME=(\w+)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
    if (!suite) throw new Error('this Debian does not say its name');
    const sources = SOURCES.filter((path) => existsSync(path));
    const args = ['--quiet', '--mode=root', '--variant=apt', `--include=${packages.join(',')}`, suite, this.path];
    await promisify(execFile)('mmdebstrap', [...args, ...sources], { timeout: MAKE_LIMIT_MS });
    // No service of the package manager is started in it.
    writeFileSync(join(this.path, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  }

  /** Runs a program in it, to its end. */
  run(command: string, args: readonly string[]): Ended {
    const ended = spawnSync(this.#program(command), args, { encoding: 'utf8', timeout: COMMAND_LIMIT_MS });
    return { code: ended.status, said: `${ended.stdout}${ended.stderr}` };
  }

  /** Installs a package file; what it depends on must be there. */
  install(deb: string): Ended {
    copyFileSync(deb, join(this.path, 'tmp', basename(deb)));
    return this.run('dpkg', ['--install', `/tmp/${basename(deb)}`]);
  }

  /** A program of this computer that is `command` in there. */
  #program(command: string): string {
    const path = join(this.#folder, `enter-${basename(command)}`);
    const mounts = ['/proc', '/dev'];
    const binds = mounts.map((from) => `mount --rbind ${from} '${this.path}${from}'`).join(' && ');
    const inside = `${binds} && exec chroot '${this.path}' ${command} "$@"`;
    const clean = 'HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8';
    writeFileSync(
      path,
      `#!/bin/sh\nexport ${clean}\nexec unshare --mount --propagation private sh -c '${inside.replaceAll("'", `'"'"'`)}' sh "$@"\n`,
    );
    chmodSync(path, 0o755);
    return path;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
