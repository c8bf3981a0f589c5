import { openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../domain/error-table.ts';
import { PRACTICE_PASSPHRASE } from '../station/identity/ca-folder.ts';
import type { Secret } from '../station/identity/secret.ts';
import { passphraseSource, readSecret } from './passphrase.ts';
import { type TestWorld, testWorld } from './test-terminal.ts';

let at: TestWorld;
beforeEach(() => {
  at = testWorld();
});
afterEach(() => at.dispose());

function descriptorOf(text: string | Buffer): number {
  const path = join(at.dir, 'secret');
  writeFileSync(path, text);
  return openSync(path, 'r');
}

async function told(secret: Promise<Secret>): Promise<string> {
  return (await secret).bytes.toString();
}

function refused(code: ErrorCode): { code: ErrorCode } {
  return expect.objectContaining({ code });
}

describe('a secret from a descriptor', () => {
  it.each([
    ['without a line end', 'correct horse'],
    ['with a line end', 'correct horse\n'],
    ['with the line end of Windows', 'correct horse\r\n'],
    ['with more lines', 'correct horse\nbattery\n'],
  ])('is its first line, %s', (_, text) => {
    expect(readSecret(descriptorOf(text)).bytes.toString()).toBe('correct horse');
  });

  it('may hold 1024 bytes and no more', () => {
    expect(readSecret(descriptorOf('x'.repeat(1024))).bytes).toHaveLength(1024);
    expect(() => readSecret(descriptorOf('x'.repeat(1025)))).toThrow(refused('USAGE'));
  });

  it('can be read only from what was handed over', () => {
    expect(() => readSecret(1000)).toThrow(refused('FILE_UNREADABLE'));
    const folder = openSync(at.dir, 'r');
    expect(() => readSecret(folder)).toThrow(refused('FILE_UNREADABLE'));
  });
});

describe('a passphrase', () => {
  it('of a practice folder is public and asked for by nobody', async () => {
    const source = passphraseSource({ terminal: at.world.terminal, fd: null, keyring: null }, true);
    expect([await told(source.known()), await told(source.fresh())]).toEqual([
      PRACTICE_PASSPHRASE,
      PRACTICE_PASSPHRASE,
    ]);
  });

  it('is read once from its descriptor, for a new key as for a known one', async () => {
    const source = passphraseSource(
      { terminal: at.world.terminal, fd: descriptorOf('correct horse\n'), keyring: null },
      false,
    );
    expect([await told(source.fresh()), await told(source.known())]).toEqual(['correct horse', 'correct horse']);
  });

  it('of a new key is typed twice, and both are the same', async () => {
    at.typed.push('correct horse', 'correct hose');
    await expect(
      passphraseSource({ terminal: at.world.terminal, fd: null, keyring: null }, false).fresh(),
    ).rejects.toEqual(refused('PASSPHRASE_WRONG'));
    at.typed.push('correct horse', 'correct horse');
    const source = passphraseSource({ terminal: at.world.terminal, fd: null, keyring: null }, false);
    expect([await told(source.fresh()), await told(source.known())]).toEqual(['correct horse', 'correct horse']);
  });

  it.each([[null], ['']])('that is %j is none', async (answer) => {
    at.typed.push(answer);
    await expect(
      passphraseSource({ terminal: at.world.terminal, fd: null, keyring: null }, false).known(),
    ).rejects.toEqual(refused('PASSPHRASE_MISSING'));
  });
});
