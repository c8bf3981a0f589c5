// The programs of the packed app that run now, as the system lists them.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inject } from 'vitest';

const LIST: readonly [string, ...string[]] =
  process.platform === 'win32'
    ? ['powershell', '-Command', 'Get-CimInstance Win32_Process | % { "$($_.ProcessId) $($_.CommandLine)" }']
    : ['ps', '-eo', 'pid=,args='];

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

/** Process ids of those that were started with that word in a path or as an argument. */
export function programs(word: string): number[] {
  const folder = dirname(inject('packedApp').program);
  return listed()
    .filter((line) => line.includes(folder) && line.split(/[ /\\.]/).includes(word))
    .map((line) => Number.parseInt(line, 10));
}
