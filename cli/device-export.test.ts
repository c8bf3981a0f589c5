// An export to a stick that fills up: told as that, and the export before it is still there, whole.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sampleLot, samplePassed } from '../db/station-sample.ts';
import { openStationStore } from '../db/station-store.ts';
import { type TestWorld, testWorld } from './test-terminal.ts';

const stick = vi.hoisted(() => ({ full: false }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const unlessFull =
    <A extends [number | unknown, ...unknown[]], R>(write: (...args: A) => R) =>
    (...args: A) => {
      const full = { code: 'ENOSPC', syscall: 'write' };
      if (stick.full && typeof args[0] === 'number')
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), full);
      return write(...args);
    };
  return { ...fs, writeSync: unlessFull(fs.writeSync), writeFileSync: unlessFull(fs.writeFileSync) };
});

let at: TestWorld;
beforeEach(() => {
  at = testWorld();
  stick.full = false;
});
afterEach(() => at.dispose());

function passed(...numbers: number[]): void {
  const data = join(at.dir, 'station');
  mkdirSync(data, { recursive: true });
  const { store, close } = openStationStore(join(data, 'station.db'));
  store.transaction(() => {
    if (!store.lot('LOT-1'))
      store.insertLot(sampleLot('LOT-1', { recipe: readFileSync('examples/aq-200/recipe.json', 'utf8') }));
    for (const number of numbers) samplePassed(store, number);
  });
  close();
}

test.each(['csv', 'json'])('a full stick is told, and the %s of the export before stays whole', async (format) => {
  const out = join(at.dir, 'out');
  const exported = () => at.keyline('device', 'export', '--out', out, '--format', format, '--json');
  passed(1);
  expect(await exported()).toMatchObject({ code: 0 });
  const before = readFileSync(join(out, `devices.${format}`), 'utf8');
  passed(2);
  stick.full = true;
  const { code, answers } = await exported();
  expect(code).toBe(2);
  expect(JSON.parse(answers[0] ?? '')).toMatchObject({ error: { code: 'FILE_UNWRITABLE' } });
  expect(readdirSync(out)).toEqual([`devices.${format}`]);
  expect(readFileSync(join(out, `devices.${format}`), 'utf8')).toBe(before);
  stick.full = false;
  expect(await exported()).toMatchObject({ code: 0 });
  expect(readFileSync(join(out, `devices.${format}`), 'utf8').length).toBeGreaterThan(before.length);
});
