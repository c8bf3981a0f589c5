// The programs of the packed app that run now, as the system lists them.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { inject } from 'vitest';

const LIST: readonly [string, ...string[]] =
  process.platform === 'win32'
    ? ['powershell', '-Command', 'Get-CimInstance Win32_Process | % { "$($_.ProcessId) $($_.CommandLine)" }']
    : ['ps', '-eo', 'pid=,args='];

/** Process ids of those that were started with that word in a path or as an argument. */
export function programs(word: string): number[] {
  const [command, ...args] = LIST;
  const { stdout } = spawnSync(command, args, { encoding: 'utf8' });
  const folder = dirname(inject('packedApp').program);
  return stdout
    .split('\n')
    .filter((line) => line.includes(folder) && line.split(/[ /\\.]/).includes(word))
    .map((line) => Number.parseInt(line, 10));
}
