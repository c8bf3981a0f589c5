// Re-work as a technician does it at the command line: real programs, virtual boards on ptys, and a security service, whose
// books are read by plain SQL. A board that refused its certificate is repaired and made once more.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  CaAnswer,
  DeviceAnswer,
  DeviceDecidedAnswer,
  LotAnswer,
  RefusalAnswer,
  RunAnswer,
  ServiceAnswer,
  SyncAnswer,
  TokenAnswer,
} from '../../contract/cli.ts';
import { ERRORS } from '../../domain/error-table.ts';
import { planDevices } from '../../simulator/device-plan.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../../simulator/simulator-process.ts';
import { readBooks } from './both-books.ts';
import { keyline, keylineJson, keylineServing, RECIPE, type Serving } from './keyline-process.ts';

const SEED = 3;
const BOARDS = 2;

const dir = mkdtempSync(join(tmpdir(), 'keyline-rework-'));
const at = (...names: string[]) => join(dir, ...names);
const HERE = ['--data', at('station')];
let service: Serving<z.infer<typeof ServiceAnswer>>;
let boards: SimulatorProcess;

async function bench(faults: readonly string[]): Promise<void> {
  boards = await startSimulatorProcess(
    {
      ...{ slots: BOARDS, devices: BOARDS, dir: at('ports'), stateDir: at('boards'), baud: 0, seed: SEED },
      ...{ faults: [...faults], model: 'AQ-200', hardwareRevision: 'C', firmware: null },
    },
    () => {},
  );
  for (let index = 0; index < BOARDS; index++) await boards.insert(index + 1, index);
}

/** The line runs until its lot is full; `heard` settles when it says so. */
function startRun() {
  const waits: { readonly words: string; readonly heard: () => void }[] = [];
  const said: string[] = [];
  const onSaid = (line: string) => {
    said.push(line);
    for (const { words, heard } of waits) if (line.includes(words)) heard();
  };
  const args = ['run', '--lot', 'L-1', '--ports', at('ports'), '--slots', String(BOARDS), ...HERE];
  const ended = keylineJson(RunAnswer, args, { onSaid });
  const heard = (words: string) =>
    new Promise<void>((resolve) => {
      if (said.some((line) => line.includes(words))) resolve();
      else waits.push({ words, heard: resolve });
    });
  return { ended, heard };
}

beforeAll(async () => {
  // The service lies where the books of a practice folder do.
  service = await keylineServing(ServiceAnswer, [
    'service',
    '--practice',
    '--data',
    at('station', 'service'),
    '--port',
    '0',
  ]);
  const { url, caFile } = service.answer;
  const token = ['service', 'token', '--practice', '--data', at('station', 'service')];
  const { answer } = await keylineJson(TokenAnswer, token);
  const where = ['--service', url, '--ca', caFile, '--token-fd', '3', '--practice', ...HERE];
  await keyline(['station', 'enrol', ...where], { secrets: [answer.token] });
  await keylineJson(CaAnswer, ['ca', 'init', '--practice', ...HERE]);
  const size = ['--quantity', String(BOARDS), '--spare', '2', '--range', 'A-0001..A-0004', '--stop-after', '0'];
  await keylineJson(LotAnswer, [
    'lot',
    'create',
    'L-1',
    '--recipe',
    RECIPE,
    '--practice',
    ...size,
    '--release',
    ...HERE,
  ]);
}, 120_000);
afterAll(async () => {
  await boards?.stop();
  await service?.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('a board that refused its certificate passes after re-work with its serial and a new key, and the old one is void at the service', async () => {
  const ill = planDevices(SEED, BOARDS, ['certificate-refused']).find(({ fault }) => fault !== null);
  const hwid = ill?.hwid ?? '';
  await bench(['certificate-refused']);
  const { ended, heard } = startRun();
  await Promise.all([heard(ERRORS.CERTIFICATE_REFUSED.tile), heard('Passed')]);
  const before = (await keylineJson(DeviceAnswer, ['device', 'show', hwid, ...HERE])).answer.device;
  await boards.stop();

  const rework = ['device', 'rework', hwid, '--reason', 'repaired', ...HERE];
  expect((await keylineJson(DeviceDecidedAnswer, rework)).answer).toEqual({
    ...{ deviceSerial: before.deviceSerial, hwid, state: 'in-rework', certificate: 'void' },
  });
  expect((await keylineJson(RefusalAnswer, rework)).answer.error.code).toBe('REWORK_WAITS');

  // The same boards, repaired: their stores are as they were.
  await bench([]);
  expect((await ended).answer).toMatchObject({ passed: 2, failed: 0 });
  const after = (await keylineJson(DeviceAnswer, ['device', 'show', hwid, ...HERE])).answer.device;
  expect(after.deviceSerial).toBe(before.deviceSerial);
  const [old, made] = after.certificates;
  expect([old?.state, made?.state]).toEqual(['void', 'live']);
  expect(made?.spkiSha256).not.toBe(old?.spkiSha256);

  await keylineJson(SyncAnswer, ['sync', '--once', ...HERE]);
  const { known, sync, certificates } = readBooks(at('station'));
  const ofBoard = known.filter((each) => each.deviceSerial === before.deviceSerial);
  expect(new Map(ofBoard.map(({ fingerprint, state }) => [fingerprint, state]))).toEqual(
    new Map([
      [old?.fingerprint, 'void'],
      [made?.fingerprint, 'registered'],
    ]),
  );
  expect(sync).toEqual({ made: 2, registered: 2, waiting: 0, refused: 0, voidsWaiting: 0 });
  expect(certificates).toEqual({ signed: 3, live: 2, void: 1, inWork: 0 });
}, 240_000);
