// The end of the chain outside the data folder: where it lies, what it says, and that it never stops anything by itself.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ChainMark, isRolledBack, marksFolder, readMark, writeMark } from './chain-mark.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-mark-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const head = (digit: string) => digit.repeat(64);
const mark = (change: Partial<ChainMark> = {}): ChainMark => ({
  ...{ stationId: 'KL-1', folder: dir, epoch: 2, seq: 10, head: head('a') },
  ...change,
});
const chain = (hashes: Readonly<Record<number, string>>) => ({ eventHash: (seq: number) => hashes[seq] ?? null });

test.each<[NodeJS.Platform, Record<string, string>, string]>([
  ['linux', {}, '/home/ann/.local/state/keyline/marks'],
  ['linux', { XDG_STATE_HOME: '/state' }, '/state/keyline/marks'],
  ['linux', { XDG_STATE_HOME: 'state' }, '/home/ann/.local/state/keyline/marks'],
  ['darwin', {}, '/home/ann/Library/Application Support/Keyline/marks'],
  ['win32', { LOCALAPPDATA: 'C:\\Local' }, 'C:\\Local\\Keyline\\marks'],
])('on %s with %o it lies outside every data folder', (platform, env, folder) => {
  expect(marksFolder({ platform, env, homeDir: '/home/ann' })).toBe(folder);
});

test('records that hold the marked event, or have a later epoch, go on; others were rolled back', () => {
  expect(isRolledBack(null, 1, chain({}))).toBe(false);
  expect(isRolledBack(mark(), 2, chain({ 10: head('a') }))).toBe(false);
  expect(isRolledBack(mark({ seq: 0 }), 2, chain({}))).toBe(false);
  expect(isRolledBack(mark(), 3, chain({}))).toBe(false);
  expect(isRolledBack(mark(), 2, chain({ 9: head('a') }))).toBe(true);
  expect(isRolledBack(mark(), 2, chain({ 10: head('b') }))).toBe(true);
  expect(isRolledBack(mark(), 1, chain({ 10: head('a') }))).toBe(true);
});

test('what was written is read, and the last one stands', () => {
  writeMark(join(dir, 'marks'), mark());
  writeMark(join(dir, 'marks'), mark({ seq: 11 }));
  expect(readMark(join(dir, 'marks'), 'KL-1')).toEqual(mark({ seq: 11 }));
  expect(readMark(join(dir, 'marks'), 'KL-2')).toBeNull();
});

test('bytes that are no mark, and a mark under another name, say nothing', () => {
  const marks = join(dir, 'marks');
  mkdirSync(marks);
  writeFileSync(join(marks, 'KL-1.json'), '{"stationId":"KL-1"');
  writeFileSync(join(marks, 'KL-2.json'), JSON.stringify(mark()));
  expect([readMark(marks, 'KL-1'), readMark(marks, 'KL-2')]).toEqual([null, null]);
});

test('marks of practice runs that are no more are forgotten when a new station comes; one of a station whose disk is away stays', () => {
  const marks = join(dir, 'marks');
  const away = mark({ stationId: 'KL-away', folder: join(dir, 'away') });
  writeMark(marks, away);
  writeMark(marks, mark({ stationId: 'KL-gone', folder: join(dir, 'practice', 'run-0007') }));
  writeMark(marks, mark());
  expect(readdirSync(marks).toSorted()).toEqual(['KL-1.json', 'KL-away.json']);
  expect(readMark(marks, 'KL-away')).toEqual(away);
});

test('a place that takes no mark is no reason to stop', () => {
  writeFileSync(join(dir, 'file'), '');
  writeMark(join(dir, 'file', 'marks'), mark());
  expect(existsSync(join(dir, 'file', 'marks'))).toBe(false);
});
