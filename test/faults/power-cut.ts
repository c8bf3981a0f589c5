// A power cut at its worst: a writer of the station's records is killed, and every byte that was not flushed is taken
// back. What it acknowledged must be there. The lost page cache is shim/page-cache.c, preloaded; Linux and a C compiler.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { sampleLot } from '../../db/station-sample.ts';
import { openStationStore } from '../../db/station-store.ts';
import type { Violation } from './checker/books.ts';
import { losePageCache } from './shim/lose-page-cache.ts';
import { buildShim } from './shim/shim.ts';

const WRITER = join(import.meta.dirname, '../../db/station-crash-child.ts');

export interface PowerCut {
  /** Devices that the writer said were recorded. */
  readonly acknowledged: number;
  /** Devices that the records hold when they are opened again. */
  readonly held: number;
  /** Writes that the cut took back. */
  readonly undone: number;
}

/** One writer, killed after it acknowledged each of these many devices in turn. */
export async function cutPower(moments: readonly number[]): Promise<PowerCut[]> {
  const folder = mkdtempSync(join(tmpdir(), 'keyline-power-'));
  try {
    const library = buildShim('page-cache', folder);
    const path = join(folder, 'station.db');
    const { store, close } = openStationStore(path);
    store.transaction(() => store.insertLot(sampleLot()));
    close();
    const cuts: PowerCut[] = [];
    let held = 0;
    for (const enough of moments) {
      const acknowledged = await writeAndKill(folder, library, path, held + 1, enough);
      const undone = losePageCache(folder);
      openStationStore(path).close();
      held = passedIn(path);
      cuts.push({ acknowledged, held, undone });
    }
    return cuts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeAndKill(
  folder: string,
  library: string,
  path: string,
  first: number,
  enough: number,
): Promise<number> {
  const child = spawn(process.execPath, [WRITER, path, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LD_PRELOAD: library, KEYLINE_CACHE_FOLDER: folder },
  });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
    if (told.split('\n').length > enough) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return Number(told.slice(0, told.lastIndexOf('\n')).split('\n').at(-1));
}

function passedIn(path: string): number {
  const database = new Database(path, { readonly: true });
  try {
    const row = database.prepare("SELECT count(*) AS n FROM job WHERE outcome = 'passed'").get();
    return z.object({ n: z.number() }).parse(row).n;
  } finally {
    database.close();
  }
}

/** In the words of the checker. */
export function lostInPowerCut(cuts: readonly PowerCut[]): Violation[] {
  return cuts
    .filter(({ acknowledged, held }) => held < acknowledged)
    .map(({ acknowledged, held }) => ({
      rule: 'acknowledgedSurvivesAPowerCut',
      ids: `${acknowledged} acknowledged, ${held} held`,
    }));
}
