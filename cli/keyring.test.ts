import { openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestWorld, testWorld } from './test-terminal.ts';

let at: TestWorld;
beforeEach(() => {
  at = testWorld();
});
afterEach(() => at.dispose());

describe('the keyring', () => {
  it('keeps a passphrase that was typed twice, and opens the keys of its folder with it', async () => {
    at.typed.push('correct horse', 'correct horse');
    expect((await at.keyline('keyring', 'store')).code).toBe(0);
    expect((await at.keyline('ca', 'init', '--organization', 'Example', '--keyring')).code).toBe(0);
    expect(at.typed).toEqual([]);
  });

  it('keeps nothing that was typed in two ways', async () => {
    at.typed.push('correct horse', 'correct hose');
    expect((await at.keyline('keyring', 'store')).code).toBe(2);
    const { code, said } = await at.keyline('ca', 'init', '--organization', 'Example', '--keyring');
    expect([code, said.join()]).toEqual([2, expect.stringContaining('The keyring holds no such secret.')]);
  });

  it('is not asked for what a descriptor gives, nor without its option', async () => {
    const { code, said } = await at.keyline('ca', 'init', '--organization', 'Example');
    expect([code, said.join()]).toEqual([2, expect.stringContaining('A passphrase is needed')]);
    const path = join(at.dir, 'secret');
    writeFileSync(path, 'correct horse\n');
    const fd = String(openSync(path, 'r'));
    const given = await at.keyline('ca', 'init', '--organization', 'Example', '--keyring', '--passphrase-fd', fd);
    expect(given.code).toBe(0);
  });

  it('forgets a PIN when it is told to, and says when there was none', async () => {
    at.typed.push('4711', '4711');
    const stored = await at.keyline('keyring', 'store', '--token', 'line-4');
    expect(stored.answers).toEqual(['The keyring keeps the PIN of token line-4.']);
    const forget = async () => (await at.keyline('keyring', 'forget', '--token', 'line-4')).answers;
    expect([await forget(), await forget()]).toEqual([
      ['The keyring has forgotten the PIN of token line-4.'],
      ['The keyring held no PIN of token line-4.'],
    ]);
  });
});
