// A CA whose token is lost for good: another one takes over by the command alone, from a file or from a token of its own,
// and no try of any PIN is spent on the lost one.
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newRegistry } from '../../cli/command-line.ts';
import { runCommandLine } from '../../cli/command-program.ts';
import { type TestWorld, testWorld } from '../../cli/test-terminal.ts';
import { CaAnswer, RefusalAnswer } from '../../contract/cli.ts';
import { systemClock } from '../../station/clock.ts';
import { makeSoftToken, type SoftToken } from './soft-token.ts';

let at: TestWorld;
let token: SoftToken;
let dir: string;

beforeEach(async () => {
  at = testWorld();
  token = makeSoftToken();
  dir = mkdtempSync(join(tmpdir(), 'keyline-pin-'));
  expect(await withPin('ca', 'init', '--practice', ...inToken('first'))).toBe(0);
});
afterEach(() => {
  token.dispose();
  at.dispose();
  rmSync(dir, { recursive: true });
});

function inToken(keyLabel: string, label = token.label): string[] {
  return ['--token', label, '--token-module', token.module, '--token-key', keyLabel];
}

/** A token answers in time of its own. */
function keyline(...args: string[]): Promise<number> {
  at.answers.length = 0;
  return runCommandLine([...args, '--json'], newRegistry({ ...at.world, clock: systemClock }));
}

function withPin(...args: string[]): Promise<number> {
  writeFileSync(join(dir, 'pin'), token.pin);
  return keyline(...args, '--pin-fd', String(openSync(join(dir, 'pin'), 'r')));
}

function refusal(): string {
  return RefusalAnswer.parse(JSON.parse(at.answers.at(-1) ?? '')).error.code;
}

async function states(): Promise<string[][]> {
  await keyline('ca', 'show');
  return CaAnswer.parse(JSON.parse(at.answers.at(-1) ?? '')).cas.map(({ name, state }) => [name, state]);
}

test('one in a file takes over without any PIN', async () => {
  expect(await keyline('ca', 'init', 'next', '--practice')).toBe(0);
  token.pullOut();
  expect(await keyline('ca', 'rotate', 'next')).toBe(0);
  expect(await states()).toEqual([
    ['next', 'active'],
    ['main', 'retired'],
  ]);
});

test('one in another token takes over with the PIN of that token', async () => {
  token.pullOut();
  token.add('line-5');
  expect(await withPin('ca', 'init', 'next', '--practice', ...inToken('second', 'line-5'))).toBe(0);
  expect(await withPin('ca', 'rotate', 'next')).toBe(0);
  expect((await states())[0]).toEqual(['next', 'active']);
});

test('what waits for the service leaves without it, and a lot is closed without it', async () => {
  token.pullOut();
  expect(await keyline('sync', '--once')).toBe(2);
  expect(refusal()).toBe('NOT_ENROLLED');
  expect(await keyline('lot', 'close', 'L-1')).toBe(2);
  expect(refusal()).toBe('LOT_UNKNOWN');
});
