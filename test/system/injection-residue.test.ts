// A key that was injected is in its board and nowhere else: not in the station's folder, its logs, the service's folder,
// nor in the memory of the station's process right after the lot. Only here do the simulated boards tell their keys.
import { type ChildProcess, spawn } from 'node:child_process';
import { createPrivateKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PRACTICE_RECIPES } from '../../cli/practice/practice-plan.ts';
import { CaAnswer, EnrolAnswer, LotAnswer, ServiceAnswer, StatusAnswer, TokenAnswer } from '../../contract/cli.ts';
import { PRACTICE_SECRET } from '../../domain/practice-secret.ts';
import { pskInfo } from '../../protocol/injection.ts';
import { DeviceRecord } from '../../simulator/device-record.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../../simulator/simulator-process.ts';
import { PRACTICE_PASSPHRASE } from '../../station/identity/ca-folder.ts';
import { openKey } from '../../station/identity/file-signer.ts';
import { Secret } from '../../station/identity/secret.ts';
import { keylineJson, keylineServing, type Serving } from './keyline-process.ts';
import { eachMemoryBlock } from './process-memory.ts';
import { readTree, SecretSearch } from './secret-search.ts';

const KEYLINE = fileURLToPath(new URL('../../cli/bin.mjs', import.meta.url));
const BOARDS = 4;
const notSearched = (path: string) => path === 'ballast';

const dir = mkdtempSync(join(tmpdir(), 'keyline-residue-'));
const [station, service, boards] = ['station', 'service', 'boards'].map((name) => join(dir, name)) as [
  string,
  string,
  string,
];

/** The 32 bytes that are a private key's whole secret. */
function numberOf(key: KeyObject): Buffer {
  return Buffer.from(z.object({ d: z.string() }).parse(key.export({ format: 'jwk' })).d, 'base64url');
}

/** Searches the memory of a process that this one started; what was found, and how much was read. */
function memoryOf(pid: number, secrets: ReadonlyMap<string, Uint8Array>): { found: string[]; bytes: number } {
  const search = new SecretSearch(secrets);
  const found: string[] = [];
  const bytes = eachMemoryBlock(pid, ({ where, content }) => {
    for (const name of search.find(content)) found.push(`${where}: ${name}`);
  });
  return { found, bytes };
}

describe('after a lot with injected keys', () => {
  let serving: Serving<z.infer<typeof ServiceAnswer>>;
  let simulator: SimulatorProcess;
  let run: ChildProcess;
  let said = '';
  const secrets = new Map<string, Uint8Array>();

  beforeAll(async () => {
    const mine = ['--practice', '--data', station];
    serving = await keylineServing(ServiceAnswer, ['service', '--practice', '--data', service, '--port', '0']);
    const { token } = (await keylineJson(TokenAnswer, ['service', 'token', '--practice', '--data', service])).answer;
    const { url, caFile } = serving.answer;
    await keylineJson(EnrolAnswer, ['station', 'enrol', '--service', url, '--ca', caFile, '--token-fd', '3', ...mine], {
      secrets: [token],
    });
    await keylineJson(CaAnswer, ['ca', 'init', ...mine]);
    const lot = [
      '--quantity',
      String(BOARDS + 1),
      '--range',
      'R-001..R-020',
      '--recipe',
      PRACTICE_RECIPES['injected-psk'],
    ];
    await keylineJson(LotAnswer, ['lot', 'create', 'R', '--release', ...lot, ...mine]);
    simulator = await startSimulatorProcess(
      {
        ...{
          slots: BOARDS,
          devices: BOARDS,
          dir: boards,
          stateDir: join(boards, 'devices'),
          baud: 0,
          seed: 1,
          faults: [],
        },
        ...{ model: 'AQ-200', hardwareRevision: 'C', firmware: null, factorySecret: true },
      },
      () => {},
    );
    for (let slot = 1; slot <= BOARDS; slot++) await simulator.insert(slot, slot - 1);
    // One board is missing: the line goes on waiting for it, and its memory is as the lot left it.
    const line = ['run', '--lot', 'R', '--ports', boards, '--slots', String(BOARDS), '--data', station, '--json'];
    run = spawn(process.execPath, [KEYLINE, ...line], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const output of [run.stdout, run.stderr])
      output?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    await passed(BOARDS);
    for (const [name, file] of readTree(join(boards, 'devices'), () => false)) {
      const { key, hwid } = DeviceRecord.parse(JSON.parse(file.toString('utf8')));
      expect(key?.injectSha256).toBeDefined();
      secrets.set(
        `key of ${name}`,
        numberOf(createPrivateKey({ key: Buffer.from(key?.pkcs8 ?? '', 'base64'), format: 'der', type: 'pkcs8' })),
      );
      const info = pskInfo(Uint8Array.from(Buffer.from(hwid, 'hex')));
      secrets.set(`PSK of ${name}`, new Uint8Array(hkdfSync('sha256', PRACTICE_SECRET, new Uint8Array(0), info, 32)));
    }
  }, 120_000);

  afterAll(async () => {
    run.kill('SIGKILL');
    await simulator.stop();
    await serving.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  async function passed(count: number): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      const { answer } = await keylineJson(StatusAnswer, ['status', '--data', station]);
      if (answer.lot?.passed === count) return;
    }
    throw new Error(`not all boards passed: ${said}`);
  }

  test('every board has told its key, to this test alone', () => {
    expect(secrets.size).toBe(2 * BOARDS);
  });

  test('no file of station or service holds one, nor does anything that was said', () => {
    const search = new SecretSearch(secrets);
    const trees = [
      readTree(station, notSearched),
      readTree(service, notSearched),
      new Map([['said', Buffer.from(said)]]),
    ];
    const paths = trees.flatMap((tree) => [...tree.keys()]);
    expect(paths).toEqual(
      expect.arrayContaining(['station.db', 'station.db-wal', join('logs', 'keyline.log'), 'service.db']),
    );
    for (const [path, content] of trees.flatMap((tree) => [...tree]))
      expect([path, search.find(content)]).toEqual([path, []]);
  });

  test("the station's memory holds none, where the key that it does work with is found", async () => {
    const own = numberOf(
      await openKey(join(station, 'keys', 'ca', 'main', 'issuing.key.pem'), Secret.fromText(PRACTICE_PASSPHRASE)),
    );
    expect(run.pid).toBeDefined();
    const { found, bytes } = memoryOf(run.pid ?? 0, new Map([...secrets, ['the signing key', own]]));
    expect(bytes).toBeGreaterThan(20_000_000);
    expect(found.filter((where) => where.includes('the signing key')).length).toBeGreaterThan(0);
    expect(found.filter((where) => !where.includes('the signing key'))).toEqual([]);
  });
});

describe('the search', () => {
  const secret = randomBytes(32);
  const search = new SecretSearch(new Map([['planted', secret]]));

  test.each<[string, () => string | Buffer]>([
    ['raw', () => Buffer.concat([Buffer.from('x'), secret, Buffer.from('y')])],
    ['back to front', () => Buffer.from(secret).reverse()],
    ['hex', () => secret.toString('hex')],
    ['upper-case hex', () => secret.toString('hex').toUpperCase()],
    ['base64url', () => secret.toString('base64url')],
    ['two bytes a character', () => Buffer.from(`d ${secret.toString('base64')}`, 'utf16le')],
    [
      'PKCS#8 in PEM',
      () =>
        Buffer.concat([Buffer.alloc(36, 7), secret, Buffer.alloc(70, 9)])
          .toString('base64')
          .replaceAll(/.{64}/g, '$&\n'),
    ],
  ])('finds one that was planted in form of %s', (_form, plant) => {
    expect(search.find(Buffer.from(plant())).length).toBeGreaterThan(0);
  });

  test('finds nothing where nothing was planted', () => {
    expect(search.find(Buffer.alloc(100_000, 'keyline'))).toEqual([]);
  });
});
