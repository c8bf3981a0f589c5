import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleLot } from './station-sample.ts';
import { openStationStore } from './station-store.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-crash-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Kills the writer once it has acknowledged `enough` devices; the last number that it acknowledged. */
async function writeAndKill(path: string, first: number, enough: number): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'station-crash-child.ts'), path, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
    if (told.split('\n').length > enough) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return Number(told.slice(0, told.lastIndexOf('\n')).split('\n').at(-1));
}

test('a writer that is killed has lost nothing that it acknowledged, and left nothing half done', async () => {
  const path = join(folder, 'station.db');
  const { store, close } = openStationStore(path);
  store.transaction(() => store.insertLot(sampleLot()));
  close();
  let next = 1;
  for (const enough of [1, 7, 20]) {
    const acknowledged = await writeAndKill(path, next, enough);
    expect(acknowledged).toBeGreaterThanOrEqual(next);
    const again = openStationStore(path);
    const { passed, running, signatures } = again.store.lotTally('LOT-1');
    const { waiting } = again.store.counts();
    again.close();
    // A commit may land just before the kill, without a word: more than acknowledged, never less.
    expect(passed).toBeGreaterThanOrEqual(acknowledged);
    expect([signatures, waiting, running]).toEqual([passed, passed, 0]);
    next = passed + 1;
  }
}, 30_000);
