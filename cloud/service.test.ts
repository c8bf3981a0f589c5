import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startService } from './service.ts';
import { type SampleWorld, sampleWorld } from './service-sample.ts';

let world: SampleWorld;
beforeAll(async () => {
  world = await sampleWorld();
});
afterAll(() => world.close());

test('a service that starts again is the same one: its CA and its stations stay', async () => {
  const { client } = await world.station('S1');
  const { caPem } = world.service();
  await world.restart();
  expect(world.service().caPem).toBe(caPem);
  expect((await world.ask(client, 'GET', '/v1/counts')).status).toBe(200);
});

test('a service that runs for years without a start still shows a certificate that is valid then', async () => {
  const { port, caPem } = world.service();
  const socket = connect({ host: '127.0.0.1', port, ca: caPem });
  await once(socket, 'secureConnect');
  const endMs = Date.parse(socket.getPeerX509Certificate()?.validTo ?? '');
  socket.destroy();
  expect(endMs).toBeGreaterThan(world.clock.nowMs() + 5 * 365 * 86_400_000);
});

test('a practice folder never serves for real', async () => {
  const real = { dataDir: world.dataDir, port: 0, host: '127.0.0.1', practice: false };
  await expect(startService(real)).rejects.toMatchObject({ code: 'PRACTICE_MISMATCH' });
});

test('no token is stored, and the one key on disk is readable by its owner only', async () => {
  const token = world.service().issueEnrolmentToken();
  await world.enrol('S2', { token });
  const files = readdirSync(world.dataDir, { recursive: true, encoding: 'utf8' }).map((name) =>
    join(world.dataDir, name),
  );
  const holders = files.filter((path) => statSync(path).isFile() && readFileSync(path).includes('PRIVATE KEY'));
  expect(holders.map((path) => path.slice(world.dataDir.length + 1))).toEqual([join('keys', 'service-ca.key')]);
  if (process.platform !== 'win32') expect(holders.map((path) => statSync(path).mode & 0o777)).toEqual([0o600]);
  expect(files.some((path) => statSync(path).isFile() && readFileSync(path).includes(token))).toBe(false);
});

test('an address that is taken is refused by name, and the folder is free again', async () => {
  const taken = { dataDir: world.dataDir, port: world.service().port, host: '127.0.0.1', practice: true };
  await expect(startService(taken)).rejects.toMatchObject({ code: 'ADDRESS_UNUSABLE' });
  const other = await startService({ ...taken, port: 0 });
  await other.close();
});

test('what a crash or another user left in its folder never gets the key', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'keyline-service-test-'));
  const [keys, elsewhere] = [join(dir, 'data', 'keys'), join(dir, 'elsewhere')];
  mkdirSync(keys, { recursive: true, mode: 0o755 });
  writeFileSync(elsewhere, 'nothing', { mode: 0o644 });
  symlinkSync(elsewhere, join(keys, 'service-ca.key.new'));
  writeFileSync(join(keys, 'service-ca.pem.new'), 'half');
  const service = await startService({ dataDir: join(dir, 'data'), port: 0, host: '127.0.0.1', practice: true });
  await service.close();
  expect(readFileSync(elsewhere, 'utf8')).toBe('nothing');
  expect(readdirSync(keys).sort()).toEqual(['service-ca.key', 'service-ca.pem']);
  const modes = [keys, join(keys, 'service-ca.key')].map((path) => statSync(path).mode & 0o777);
  if (process.platform !== 'win32') expect(modes).toEqual([0o700, 0o600]);
  rmSync(dir, { recursive: true });
});

test('a service in use whose certificate is gone makes no new CA over its key; before that, one cut short is made anew', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'keyline-service-test-'));
  const [key, pem] = ['service-ca.key', 'service-ca.pem'].map((name) => join(dataDir, 'keys', name));
  const start = () => startService({ dataDir, port: 0, host: '127.0.0.1', practice: true });
  mkdirSync(join(dataDir, 'keys'));
  writeFileSync(String(key), 'written, and then the power went');
  await (await start()).close();
  const before = [readFileSync(String(key)), readFileSync(String(pem))];
  rmSync(String(pem));
  await expect(start()).rejects.toMatchObject({ code: 'KEY_FILE_INVALID' });
  expect(readFileSync(String(key))).toEqual(before[0]);
  writeFileSync(String(pem), String(before[1]));
  await (await start()).close();
  // Both gone: the stations in the database would know no other CA either.
  for (const path of [key, pem]) rmSync(String(path));
  await expect(start()).rejects.toMatchObject({ code: 'KEY_FILE_INVALID' });
  rmSync(dataDir, { recursive: true });
});

test("a service whose key is not its certificate's does not start, and says nothing of the key", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'keyline-service-test-'));
  const start = () => startService({ dataDir, port: 0, host: '127.0.0.1', practice: true });
  await (await start()).close();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const other = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  for (const text of [other, other.slice(0, 100)]) {
    writeFileSync(join(dataDir, 'keys', 'service-ca.key'), text);
    const error = await start().catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'KEY_FILE_INVALID' });
    expect(inspect(error, { depth: 10 })).not.toContain(text.split('\n')[1]);
  }
  rmSync(dataDir, { recursive: true });
});
