import { mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemRandom } from '../random.ts';
import { factorySecretNames, importFactorySecret, openFactorySecrets } from './factory-secrets.ts';
import { Secret } from './secret.ts';

const keys = mkdtempSync(join(tmpdir(), 'keyline-secrets-'));
afterAll(() => rmSync(keys, { recursive: true, force: true }));

const secret = systemRandom.bytes(32);
const order = (name: string, bytes = secret) => ({
  name,
  secret: bytes,
  passphrase: Secret.fromText('right'),
  random: systemRandom,
});
beforeAll(() => importFactorySecret(keys, order('aq-200')));

describe('a factory secret', () => {
  test('is there by its name, owner only, and encrypted', () => {
    const file = join(keys, 'psk', 'aq-200');
    expect(factorySecretNames(keys)).toEqual(['aq-200']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^-----BEGIN KEYLINE ENCRYPTED SECRET-----\n/);
    expect(Buffer.from(text.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64').includes(Buffer.from(secret))).toBe(
      false,
    );
  });

  test('opens with the passphrase of the station and no other', async () => {
    expect(await openFactorySecrets(keys, Secret.fromText('right'))).toEqual(new Map([['aq-200', secret]]));
    await expect(openFactorySecrets(keys, Secret.fromText('wrong'))).rejects.toMatchObject({
      code: 'PASSPHRASE_WRONG',
    });
  });

  test('is never replaced', async () => {
    await expect(importFactorySecret(keys, order('aq-200'))).rejects.toMatchObject({ code: 'PSK_EXISTS' });
  });

  test('under the name of another model is refused, not used for it', async () => {
    const moved = mkdtempSync(join(tmpdir(), 'keyline-moved-'));
    await importFactorySecret(moved, order('one'));
    renameSync(join(moved, 'psk', 'one'), join(moved, 'psk', 'two'));
    await expect(openFactorySecrets(moved, Secret.fromText('right'))).rejects.toMatchObject({
      code: 'PASSPHRASE_WRONG',
    });
    rmSync(moved, { recursive: true });
  });

  test.each([
    ['of another length', order('b', new Uint8Array(31).fill(1)), 'PSK_INVALID'],
    ['of one byte again and again', order('b', new Uint8Array(32).fill(7)), 'PSK_INVALID'],
    ['that practice has', order('practice'), 'USAGE'],
    ['named as another folder', order('../ca'), 'USAGE'],
    ['named as a device of Windows', order('con'), 'USAGE'],
  ])('%s is refused', async (_what, given, code) => {
    await expect(importFactorySecret(keys, given)).rejects.toMatchObject({ code });
  });
});

test('a station without any has none', async () => {
  expect(factorySecretNames(join(keys, 'nowhere'))).toEqual([]);
  expect(await openFactorySecrets(join(keys, 'nowhere'), Secret.fromText('any'))).toEqual(new Map());
});
