// CA folders that were taken away, copied or made too often by hand: the station still opens, or says in plain words why
// not; and another CA can always take over from one whose key is lost.
import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type TestWorld, testWorld } from '../cli/test-terminal.ts';
import { CaAnswer, RefusalAnswer } from '../contract/cli.ts';

vi.setConfig({ testTimeout: 60_000 });

let at: TestWorld;
beforeEach(async () => {
  at = testWorld();
  await keyline('ca', 'init', '--practice');
});
afterEach(() => at.dispose());

const place = (...names: string[]) => join(at.dir, 'station', 'keys', 'ca', ...names);
const answer = () => JSON.parse(at.answers.at(-1) ?? '');

/** `ok`, or the code of the refusal. */
async function keyline(...args: string[]): Promise<string> {
  const { code } = await at.keyline(...args, '--json');
  return code === 0 ? 'ok' : RefusalAnswer.parse(answer()).error.code;
}

/** Names and states of the CAs. */
async function states(): Promise<string[][]> {
  expect(await keyline('ca', 'show')).toBe('ok');
  return CaAnswer.parse(answer()).cas.map(({ name, state }) => [name, state]);
}

test('a name that is on record is never given to another CA, be its folder there or not', async () => {
  renameSync(place('main'), place('elsewhere'));
  expect(await keyline('ca', 'init', 'main', '--practice')).toBe('CA_EXISTS');
  expect(await keyline('ca', 'request', 'main', '--practice')).toBe('CA_EXISTS');
  renameSync(place('elsewhere'), place('main'));
  expect(await keyline('ca', 'init', 'next', '--practice')).toBe('ok');
});

test('a folder in which another CA lies than the one on record under its name is told of', async () => {
  expect(await keyline('ca', 'init', 'next', '--practice')).toBe('ok');
  const other = testWorld();
  await other.keyline('ca', 'init', 'next', '--practice');
  rmSync(place('next'), { recursive: true });
  cpSync(join(other.dir, 'station', 'keys', 'ca', 'next'), place('next'), { recursive: true });
  other.dispose();
  expect(await keyline('ca', 'rotate', 'next')).toBe('CA_INVALID');
});

test('the CA that would be one too many is refused before it is made', async () => {
  expect(await keyline('ca', 'request', 'r0', '--practice')).toBe('ok');
  for (let i = 1; i < 63; i++) cpSync(place('r0'), place(`r${i}`), { recursive: true });
  expect(await keyline('ca', 'request', 'more', '--practice')).toBe('USAGE');
  expect((await states()).length).toBe(64);
});

test.each([
  ['a link', () => symlinkSync(at.dir, place('next'))],
  ['an empty link', () => symlinkSync('/nowhere', place('next'))],
])('a name where %s stands is taken', async (_, stand) => {
  stand();
  expect(await keyline('ca', 'init', 'next', '--practice')).toBe('CA_EXISTS');
});

test('what a power cut left beside a folder is no CA', async () => {
  mkdirSync(place('next.partial'));
  cpSync(place('main'), place('next.partial'), { recursive: true });
  expect(await keyline('ca', 'init', 'next', '--practice')).toBe('ok');
  expect((await states()).map(([name]) => name)).toEqual(['main', 'next']);
});

test('another CA takes over from one whose key file is lost', async () => {
  expect(await keyline('ca', 'init', 'next', '--practice')).toBe('ok');
  rmSync(place('main', 'issuing.key.pem'));
  expect(await keyline('ca', 'rotate', 'next')).toBe('ok');
  expect(await states()).toEqual([
    ['next', 'active'],
    ['main', 'retired'],
  ]);
});
