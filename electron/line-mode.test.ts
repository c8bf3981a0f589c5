// What the window opens on.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lineMode } from './line-mode.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'keyline-mode-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const around = (env: Record<string, string> = {}) => ({ platform: 'linux', env, homeDir: home }) as const;

test('a computer without a station is in its first run', () => {
  expect(lineMode([], around())).toEqual({
    mode: 'first-run',
    dataDir: join(home, '.local', 'share', 'keyline', 'station'),
  });
});

test('a station in the named folder is opened', () => {
  writeFileSync(join(home, 'station.db'), '');
  expect(lineMode([], around({ KEYLINE_DATA: home }))).toEqual({ mode: 'real', dataDir: home });
});

test('practice does not look at the real station', () => {
  writeFileSync(join(home, 'station.db'), '');
  const there = around({ KEYLINE_DATA: home });
  expect(lineMode(['keyline', '--practice'], there)).toEqual({ mode: 'practice', slots: '' });
  expect(lineMode(['keyline', '--slots=64', '--practice'], there)).toEqual({ mode: 'practice', slots: '64' });
});
