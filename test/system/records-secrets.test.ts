// Nothing private on disk (promise 3): no private key of a board outside the board, no passphrase and no enrolment token
// anywhere, not even in the middle of a run, in a log or in a refusal.
import { createPrivateKey, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  CaAnswer,
  EnrolAnswer,
  LotAnswer,
  PracticeAnswer,
  RecipeAnswer,
  RefusalAnswer,
  ServiceAnswer,
  SyncAnswer,
  TokenAnswer,
} from '../../contract/cli.ts';
import { DeviceRecord } from '../../simulator/device-record.ts';
import { type Ended, keylineJson, keylineServing, RECIPE } from './keyline-process.ts';
import { findSecret, readTree, type Tree } from './secret-search.ts';

const DEVICES = 6;
/** Boards keep their own keys; the ballast is filler, too long to search. */
const notSearched = (path: string) => path.startsWith('devices') || path === 'ballast';

const dir = mkdtempSync(join(tmpdir(), 'keyline-secrets-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function found(trees: readonly Tree[], secret: Uint8Array): string[] {
  return trees.flatMap((tree) => findSecret(tree, secret));
}

/** What commands said, searched like a file. */
function spoken(commands: readonly Ended[]): Tree {
  return new Map(
    commands.map(({ said, lastLine }, i) => [`command ${i}`, Buffer.from([...said, lastLine].join('\n'))]),
  );
}

describe('a practice folder', () => {
  const practice = join(dir, 'practice');
  let inWork: Tree = new Map();
  let after: Tree;
  let scalars: Buffer[];

  beforeAll(async () => {
    const order = ['--devices', String(DEVICES), '--slots', '3', '--seed', '1', '--data', practice];
    const ended = await keylineJson(PracticeAnswer, ['practice', ...order], {
      onSaid: (line) => {
        if (line.startsWith(`${DEVICES - 2} of ${DEVICES} `)) inWork = readTree(practice, notSearched);
      },
    });
    expect(ended.answer.passed).toBe(DEVICES);
    after = new Map([...readTree(practice, notSearched), ...spoken([ended])]);
    scalars = [...readTree(join(practice, 'devices'), () => false).values()].map(scalarOf);
  }, 120_000);

  /** The 32 bytes that are a board's whole secret. */
  function scalarOf(file: Buffer): Buffer {
    const { key } = DeviceRecord.parse(JSON.parse(file.toString('utf8')));
    const pkcs8 = createPrivateKey({ key: Buffer.from(key?.pkcs8 ?? '', 'base64'), format: 'der', type: 'pkcs8' });
    return Buffer.from(z.object({ d: z.string() }).parse(pkcs8.export({ format: 'jwk' })).d, 'base64url');
  }

  test('was searched while it was written, write-ahead logs of both databases included, and at its end', () => {
    for (const database of ['station.db', join('service', 'service.db')]) {
      expect(inWork.get(`${database}-wal`)?.length, database).toBeGreaterThan(0);
      expect(after.get(database)?.length, database).toBeGreaterThan(0);
    }
    expect(after.has(join('logs', 'keyline.log'))).toBe(true);
    expect(scalars).toHaveLength(DEVICES);
  });

  test('holds the private key of no board', () => {
    for (const scalar of scalars) expect(found([inWork, after], scalar)).toEqual([]);
  });
});

describe('a folder that is not for practice', () => {
  const service = join(dir, 'service');
  const station = join(dir, 'station');
  const passphrase = `pass ${randomBytes(12).toString('base64')} phrase`;
  const wrong = `wrong ${randomBytes(12).toString('base64')}`;
  let token: string;
  let trees: Tree[];

  beforeAll(async () => {
    const mine = ['--data', station];
    const withPassphrase = [...mine, '--passphrase-fd', '3'];
    const serving = await keylineServing(ServiceAnswer, ['service', '--data', service, '--port', '0']);
    ({ token } = (await keylineJson(TokenAnswer, ['service', 'token', '--data', service])).answer);
    const { url, caFile } = serving.answer;
    const enrol = ['station', 'enrol', '--service', url, '--ca', caFile, '--token-fd', '4', '--passphrase-fd', '3'];
    const secrets = [passphrase, token];
    const create = ['--recipe', RECIPE, '--quantity', '2', '--range', 'S-001..S-004', '--spare', '1'];
    const commands = [
      await keylineJson(EnrolAnswer, [...enrol, ...mine], { secrets }),
      await keylineJson(CaAnswer, ['ca', 'init', '--organization', 'Example', ...withPassphrase], { secrets }),
      await keylineJson(LotAnswer, ['lot', 'create', 'L-1', ...create, '--release', ...mine]),
      await keylineJson(SyncAnswer, ['sync', '--once', ...withPassphrase], { secrets }),
      // Refusals are told and logged too: a wrong passphrase, a token that was used.
      ...(await Promise.all([
        keylineJson(RefusalAnswer, ['sync', '--once', ...withPassphrase], { secrets: [wrong] }),
        keylineJson(RefusalAnswer, [...enrol, '--data', join(dir, 'late')], { secrets }),
        keylineJson(RecipeAnswer, ['recipe', 'check', RECIPE, ...mine]),
      ])),
    ];
    const folders = [service, station, join(dir, 'late')];
    trees = [...folders.map((folder) => readTree(folder, notSearched)), spoken(commands)];
    expect(await serving.stop()).toBe(0);
    trees.push(readTree(service, notSearched));
  }, 120_000);

  test('holds keys and logs, which were searched', () => {
    const paths = trees.flatMap((tree) => [...tree.keys()]);
    const keys = [
      join('keys', 'station.key.pem'),
      join('keys', 'ca', 'main', 'root.key.pem'),
      join('keys', 'ca', 'main', 'issuing.key.pem'),
    ];
    expect(paths).toEqual(
      expect.arrayContaining([...keys, join('logs', 'keyline.log'), 'service.db', 'service.db-wal']),
    );
  });

  test('holds no passphrase, right or wrong', () => {
    for (const secret of [passphrase, wrong]) expect(found(trees, Buffer.from(secret))).toEqual([]);
  });

  test('holds no enrolment token, and neither does its service', () => {
    expect(found(trees, Buffer.from(token))).toEqual([]);
    expect(found(trees, Buffer.from(token, 'base64url'))).toEqual([]);
  });

  test('keeps every private key of the station encrypted', () => {
    const keys = trees.flatMap((tree) => [...tree]).filter(([path]) => path.endsWith('.key.pem'));
    expect(keys.length).toBeGreaterThanOrEqual(3);
    for (const [path, pem] of keys)
      expect([path, pem.toString('utf8').split('\n')[0]]).toEqual([path, '-----BEGIN ENCRYPTED PRIVATE KEY-----']);
  });
});

describe('the search', () => {
  const secret = randomBytes(32);
  const planted = join(dir, 'planted', 'logs');
  const pem = (bytes: Buffer) => bytes.toString('base64').replaceAll(/.{64}/g, '$&\n');

  test.each<[string, (secret: Buffer) => string | Buffer]>([
    ['raw', (bytes) => Buffer.concat([Buffer.from('x'), bytes, Buffer.from('y')])],
    ['hex', (bytes) => `key ${bytes.toString('hex')}`],
    ['upper-case hex', (bytes) => `key ${bytes.toString('hex').toUpperCase()}`],
    ['base64', (bytes) => `key ${bytes.toString('base64')}`],
    ['base64url', (bytes) => `{"d":"${bytes.toString('base64url')}"}`],
    ['PEM, after one byte', (bytes) => pem(Buffer.concat([Buffer.alloc(37, 7), bytes, Buffer.alloc(40, 9)]))],
    ['PEM in JSON, after two bytes', (bytes) => JSON.stringify(pem(Buffer.concat([Buffer.alloc(38, 7), bytes])))],
    ['a buffer in JSON', (bytes) => JSON.stringify({ key: bytes })],
  ])('finds a planted secret in form of %s', (_form, plant) => {
    mkdirSync(planted, { recursive: true });
    writeFileSync(join(planted, 'keyline.log'), plant(secret));
    const tree = readTree(join(dir, 'planted'), notSearched);
    expect(findSecret(tree, secret).length).toBeGreaterThan(0);
    expect(findSecret(tree, randomBytes(32))).toEqual([]);
  });
});
