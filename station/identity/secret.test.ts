import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Secret } from './secret.ts';

describe('a secret', () => {
  test('is shown by nothing that prints', () => {
    const secret = Secret.fromText('correct horse');
    const held = { passphrase: secret };
    const shown = [`${secret}`, String(secret), JSON.stringify(held), inspect(held, { depth: 9, showHidden: true })];
    expect(shown.join('\n')).not.toMatch(/correct|horse|63 ?6f ?72 ?72/);
    expect(JSON.stringify(held)).toBe('{"passphrase":"[secret]"}');
  });

  test('is its text in UTF-8, until it is wiped', () => {
    const secret = Secret.fromText('Größe');
    const { bytes } = secret;
    expect(bytes.toString('utf8')).toBe('Größe');
    secret.wipe();
    expect([...bytes]).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(() => secret.bytes).toThrow('a secret is not used once it was wiped');
    secret.wipe();
  });

  test('takes the bytes over that it is made of', () => {
    const bytes = Buffer.alloc(4, 'p');
    new Secret(bytes).wipe();
    expect([...bytes]).toEqual([0, 0, 0, 0]);
  });

  test('may be empty, and says so', () => {
    expect([Secret.fromText('').isEmpty, Secret.fromText('p').isEmpty]).toEqual([true, false]);
  });
});
