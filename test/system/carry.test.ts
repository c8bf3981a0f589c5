// A factory without any network: boards pass, their registrations are carried to the service by file, the receipt back.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CarryReadAnswer,
  CarryReceiptAnswer,
  CarryWriteAnswer,
  LotAnswer,
  RefusalAnswer,
  RunAnswer,
  ServiceAnswer,
  StatusAnswer,
  TokenAnswer,
} from '../../contract/cli.ts';
import { keyline, keylineJson, keylineServing, RECIPE } from './keyline-process.ts';

const BOARDS = 4;
const dir = mkdtempSync(join(tmpdir(), 'keyline-carry-'));
const at = (name: string) => join(dir, name);
const STATION = ['--data', at('station')];
const SERVICE = ['--practice', '--data', at('cloud')];
const bench = new AbortController();
let simulating: Promise<unknown> = Promise.resolve();

beforeAll(async () => {
  const service = await keylineServing(ServiceAnswer, ['service', ...SERVICE, '--port', '0']);
  const { url, caFile } = service.answer;
  const { answer } = await keylineJson(TokenAnswer, ['service', 'token', ...SERVICE]);
  const where = ['--service', url, '--ca', caFile, '--token-fd', '3', '--practice', ...STATION];
  await keyline(['station', 'enrol', ...where], { secrets: [answer.token] });
  await service.stop();
  await keyline(['ca', 'init', '--practice', ...STATION]);
  const there = Promise.withResolvers<void>();
  const order = ['simulate', '--slots', String(BOARDS), '--dir', at('bench')];
  simulating = keyline(order, { signal: bench.signal, onSaid: () => there.resolve() });
  await there.promise;
  const size = ['--quantity', String(BOARDS), '--range', 'AQ-0001..AQ-0004', '--practice', '--release'];
  await keylineJson(LotAnswer, ['lot', 'create', 'L-1', '--recipe', RECIPE, ...size, ...STATION]);
  await keylineJson(RunAnswer, ['run', '--lot', 'L-1', '--ports', at('bench'), '--slots', String(BOARDS), ...STATION]);
}, 120_000);
afterAll(async () => {
  bench.abort();
  await simulating;
  rmSync(dir, { recursive: true, force: true });
});

const sync = async () => (await keylineJson(StatusAnswer, ['status', ...STATION])).answer.sync;

test('what waits is registered by file and marked by the receipt, and both may be read twice', async () => {
  const written = await keylineJson(CarryWriteAnswer, ['carry', 'write', at('out'), ...STATION]);
  expect(written.answer).toMatchObject({ entries: BOARDS, more: false });
  expect(await sync()).toMatchObject({ made: BOARDS, waiting: BOARDS, registered: 0 });

  const changed = readFileSync(at('out'), 'utf8').replace('AQ-0001', 'AQ-0002');
  writeFileSync(at('changed'), changed);
  const read = ['service', 'carry', 'read', at('changed'), '--receipt', at('in'), ...SERVICE];
  expect((await keylineJson(RefusalAnswer, read)).answer.error.code).toBe('CARRY_REFUSED');

  for (const receipt of [at('in'), at('in again')]) {
    const order = ['service', 'carry', 'read', at('out'), '--receipt', receipt, ...SERVICE];
    expect((await keylineJson(CarryReadAnswer, order)).answer).toMatchObject({ accepted: BOARDS, refused: 0 });
  }
  writeFileSync(at('forged'), readFileSync(at('in'), 'utf8').replace('"refused":null', '"refused":"DEVICE_TAKEN"'));
  const forged = await keylineJson(RefusalAnswer, ['carry', 'receipt', at('forged'), ...STATION]);
  expect(forged.answer.error.code).toBe('CARRY_REFUSED');

  const first = await keylineJson(CarryReceiptAnswer, ['carry', 'receipt', at('in'), ...STATION]);
  expect(first.answer).toEqual({ accepted: BOARDS, refused: 0, known: 0 });
  const again = await keylineJson(CarryReceiptAnswer, ['carry', 'receipt', at('in again'), ...STATION]);
  expect(again.answer).toEqual({ accepted: 0, refused: 0, known: BOARDS });
  expect(await sync()).toMatchObject({ made: BOARDS, waiting: 0, registered: BOARDS });
});

test('a station that no service enrolled takes no receipt', async () => {
  await keyline(['ca', 'init', '--practice', '--data', at('other')]);
  const { answer } = await keylineJson(RefusalAnswer, ['carry', 'receipt', at('in'), '--data', at('other')]);
  expect(answer.error.code).toBe('NOT_ENROLLED');
});
