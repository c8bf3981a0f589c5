import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkStationCsr } from '../../pki/csr.ts';
import { chance } from '../../pki/made-for-tests.ts';
import { verifySignature } from '../../pki/p256.ts';
import { spkiOf } from './file-signer.ts';
import { Secret } from './secret.ts';
import { createStationKey, openStationKey } from './station-key.ts';

const dir = mkdtempSync(join(tmpdir(), 'keyline-station-'));
afterAll(() => rmSync(dir, { recursive: true }));
const path = join(dir, 'station.key.pem');
const made = await createStationKey(path, Secret.fromText('p'), chance);

test('a station key is the same after a restart, and there is only one', async () => {
  const opened = await openStationKey(path, Secret.fromText('p'));
  expect([opened.spki, opened.spkiSha256]).toEqual([made.spki, made.spkiSha256]);
  await expect(createStationKey(path, Secret.fromText('p'), chance)).rejects.toMatchObject({ code: 'KEY_FILE_EXISTS' });
  await expect(openStationKey(path, Secret.fromText('q'))).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
});

test('its request names the station and is signed by it', () => {
  expect(checkStationCsr(made.csr('line-4'), { stationId: 'line-4' })).toMatchObject({ ok: true, spki: made.spki });
});

test('its signature of a text is verified with its public key, and of no other text', () => {
  const signature = Buffer.from(made.sign('keyline-checkpoint-v1\nä'), 'base64');
  const verifies = (text: string) => verifySignature(made.spki, new TextEncoder().encode(text), signature);
  expect([verifies('keyline-checkpoint-v1\nä'), verifies('keyline-checkpoint-v1\na')]).toEqual([true, false]);
});

test('TLS gets the very key, and nothing shows it by accident', () => {
  expect(spkiOf(createPrivateKey(made.tlsKey()))).toEqual(made.spki);
  expect(JSON.stringify(made)).not.toContain('PRIVATE');
});
