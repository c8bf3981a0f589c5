// A clean Debian of its own, below a folder, unpacked anew for each run. Entered by chroot in a mount namespace of its own, so
// that nothing stays mounted when a command ends. Needs root.
import { execFile, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { debianArchive } from './debian-archive.ts';

/** On a disk: a folder in memory can be small, and may allow no program to be more than who starts it, which a sandbox needs. */
const PLACE = '/var/tmp';
const COMMAND_LIMIT_MS = 180_000;
/** A station ends its boards in work first; there are none. */
const END_LIMIT_MS = 60_000;
const LOOK_AGAIN_MS = 200;

/** The person who works in it: an account of its own, in Debian's group for serial ports. */
export const PERSON = { name: 'line', id: 1000, dialout: 20, home: '/home/line' } as const;

export interface Ended {
  readonly code: number | null;
  /** Both streams, as a person sees them. */
  readonly said: string;
}

export class DebianRoot {
  readonly #folder = mkdtempSync(join(PLACE, 'keyline-debian-'));
  readonly path = join(this.#folder, 'root');
  /** Where package files for it go: beside it, on the same disk. */
  readonly packages = join(this.#folder, 'packages');

  constructor() {
    mkdirSync(this.packages);
  }

  /** Makes it, with these packages of the distribution. Throws with the maker's own words. */
  async make(packages: readonly string[]): Promise<void> {
    mkdirSync(this.path);
    await promisify(execFile)('tar', ['-C', this.path, '-xf', await debianArchive(packages)]);
    // No service of the package manager is started in it.
    writeFileSync(join(this.path, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    // As Debian's installer leaves it; no package brings these.
    writeFileSync(join(this.path, 'etc/hosts'), '127.0.0.1 localhost\n');
    const { name, id, home } = PERSON;
    appendFileSync(join(this.path, 'etc/passwd'), `${name}:x:${id}:${id}::${home}:/bin/sh\n`);
    mkdirSync(join(this.path, home));
    chownSync(join(this.path, home), id, id);
  }

  /** Runs a program in it, to its end. */
  run(command: string, args: readonly string[], as: 'root' | 'person' = 'root'): Ended {
    const ended = spawnSync(this.program(command, as), args, { encoding: 'utf8', timeout: COMMAND_LIMIT_MS });
    return { code: ended.status, said: `${ended.stdout}${ended.stderr}` };
  }

  /** Installs a file of `packages`; what it depends on must be there. */
  install(deb: string): Ended {
    const inside = join('/tmp', basename(deb));
    rmSync(join(this.path, inside), { force: true });
    linkSync(deb, join(this.path, inside));
    // A root that is thrown away needs no flushed disk.
    return this.run('dpkg', ['--force-unsafe-io', '--install', inside]);
  }

  /** Path of a program of this computer that is `command` in there, with nothing of this computer's environment. */
  program(command: string, as: 'root' | 'person', env: Readonly<Record<string, string>> = {}): string {
    const path = join(this.#folder, `${as}-${basename(command)}`);
    const { id, dialout, home } = PERSON;
    const who = as === 'root' ? '' : `--userspec=${id}:${id} --groups=${id},${dialout}`;
    const binds = ['/proc', '/dev'].map((from) => `mount --rbind ${from} ${this.path}${from}`).join(' && ');
    const named = {
      HOME: as === 'root' ? '/root' : home,
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      DEBIAN_FRONTEND: 'noninteractive',
      LC_ALL: 'C.UTF-8',
      ...env,
    };
    const variables = Object.entries(named).map(([name, value]) => `${name}=${value}`);
    writeFileSync(
      path,
      `#!/bin/sh\nexec env -i ${variables.join(' ')} unshare --mount --propagation private \\
  sh -c '${binds} && exec chroot ${who} ${this.path} ${command} "$@"' sh "$@"\n`,
    );
    chmodSync(path, 0o755);
    return path;
  }

  /** Settles when none of its programs runs. */
  async ended(): Promise<void> {
    for (let waitedMs = 0; waitedMs < END_LIMIT_MS; waitedMs += LOOK_AGAIN_MS) {
      if (this.#running().length === 0) return;
      await pause(LOOK_AGAIN_MS);
    }
    throw new Error('Programs in the clean Debian do not end.');
  }

  /** Ends what still runs in it, the hard way, and removes it. */
  async remove(): Promise<void> {
    spawnSync('kill', ['-KILL', ...this.#running()]);
    await this.ended();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #running(): string[] {
    return readdirSync('/proc').filter((entry) => programOf(entry).startsWith(`${this.path}/`));
  }
}

/** Path of what a process runs; '' where it is none any more. */
function programOf(pid: string): string {
  try {
    return readlinkSync(join('/proc', pid, 'exe'));
  } catch {
    return '';
  }
}
