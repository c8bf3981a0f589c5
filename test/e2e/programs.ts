// The programs that one packed app has started and that run now, as the system lists them. Other apps may be open beside
// it: another worker's.
import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { ElectronApplication } from '@playwright/test';

/** One a line: process id, that of its parent, and how it was started. */
const LIST: readonly [string, ...string[]] =
  process.platform === 'win32'
    ? [
        'powershell',
        '-Command',
        'Get-CimInstance Win32_Process | % { "$($_.ProcessId) $($_.ParentProcessId) $($_.CommandLine)" }',
      ]
    : ['ps', '-eo', 'pid=,ppid=,args='];

/** A station finishes its boards in work when its main has gone: retries included, as long as main itself would wait. */
const GONE_LIMIT_MS = 180_000;
const LOOK_AGAIN_MS = 200;

/** Settles when no program names any of these folders. */
export async function programsGone(...folders: readonly string[]): Promise<void> {
  for (let waitedMs = 0; waitedMs < GONE_LIMIT_MS; waitedMs += LOOK_AGAIN_MS) {
    if (!listed().some((line) => folders.some((folder) => line.includes(folder)))) return;
    await pause(LOOK_AGAIN_MS);
  }
  throw new Error('Programs of the app do not end.');
}

function listed(): string[] {
  const [command, ...args] = LIST;
  return spawnSync(command, args, { encoding: 'utf8' }).stdout.split('\n');
}

/** Process ids of those below the app that were started with that word in a path or as an argument. */
export function programs(app: ElectronApplication, word: string): number[] {
  const all = listed().flatMap((line) => {
    const [, pid, parent, started = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), started }];
  });
  const below = new Set([app.process().pid]);
  // A child may be listed before its parent, and each round finds one generation more.
  for (let found = 0; found < below.size; ) {
    found = below.size;
    for (const { pid, parent } of all) if (below.has(parent)) below.add(pid);
  }
  return all
    .filter(({ pid, started }) => below.has(pid) && started.split(/[ /\\.]/).includes(word))
    .map(({ pid }) => pid);
}

/** Those of these process ids that run still. */
export function running(pids: readonly number[]): number[] {
  const now = listed().map((line) => Number.parseInt(line, 10));
  return pids.filter((pid) => now.includes(pid));
}
