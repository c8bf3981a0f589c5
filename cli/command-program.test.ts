import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import * as schemas from '../contract/cli.ts';
import { newRegistry } from './command-line.ts';
import { commandProgram } from './command-program.ts';
import { type TestWorld, testWorld } from './test-terminal.ts';

const RECIPE = 'examples/aq-200/recipe.json';
const LOT = ['lot', 'create', 'L-1', '--recipe', RECIPE, '--quantity', '8', '--range', 'AQ-0001..AQ-0010'];

let at: TestWorld;
beforeEach(() => {
  at = testWorld();
});
afterEach(() => at.dispose());

/** Runs with --json; the last line of the answer, checked by its schema. */
async function json<T>(schema: z.ZodType<T>, ...args: string[]): Promise<T> {
  const { answers } = await at.keyline(...args, '--json');
  return schema.parse(JSON.parse(answers.at(-1) ?? ''));
}

async function refusal(...args: string[]): Promise<string> {
  const { code, answers, said } = await at.keyline(...args, '--json');
  expect(code).toBe(2);
  expect(said).toHaveLength(1);
  expect(answers).toHaveLength(1);
  const { error } = schemas.RefusalAnswer.parse(JSON.parse(answers[0] ?? ''));
  expect(said[0]).toBe(error.message);
  return error.code;
}

describe('what is not a command line is refused in one plain sentence', () => {
  it.each([
    ['an unknown command', ['nope'], /unknown command 'nope'/],
    ['an unknown command below another', ['lot', 'burn'], /unknown command 'burn'/],
    ['an unknown option', ['status', '--fast'], /unknown option '--fast'/],
    ['an argument too many', ['status', 'now'], /too many arguments/],
    ['an argument too few', ['lot', 'show'], /missing required argument 'lot'/],
    ['an option without its value', ['run', '--ports', 'x', '--lot'], /argument missing/],
    ['a required option that is missing', ['run', '--lot', 'L-1'], /--ports/],
    ['a number that is none', ['run', '--lot', 'L', '--ports', 'x', '--slots', '1e1'], /1 to 64/],
    ['a number out of bounds', ['run', '--lot', 'L', '--ports', 'x', '--slots', '65'], /1 to 64/],
    ['a name with a slash', ['lot', 'show', '../L'], /a name of 1 to 64/],
    ['a word of no outcome', ['device', 'list', '--outcome', 'good'], /passed, failed/],
    ['an export format nobody knows', ['device', 'export', '--out', 'x', '--format', 'xml'], /pem, csv or json/],
    ['a passphrase on the command line', ['ca', 'init', '--passphrase', 'x'], /unknown option/],
    ['a descriptor that is no number', ['ca', 'show', '--passphrase-fd', 'x'], /0 to 1023/],
    ['a service without https', ['station', 'enrol', '--service', 'http://h', '--ca', RECIPE], /https:\/\/host:port/],
    ['a CA file that is none', ['station', 'enrol', '--service', 'https://h', '--ca', RECIPE], /PEM/],
    ['a real CA without a name', ['ca', 'init'], /--organization/],
  ])('%s', async (_, args, sentence) => {
    const { code, said, answers } = await at.keyline(...args);
    expect([code, answers]).toEqual([2, []]);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(sentence);
    expect(said[0]).not.toContain('\n');
  });

  it('no command at all shows the help, and is refused', async () => {
    const { code, said } = await at.keyline();
    expect(code).toBe(2);
    expect(said.join('\n')).toContain('Commands:');
  });

  it.each([
    ['a folder without a station', ['status'], 'NO_STATION'],
    ['a lot on a folder without a station', ['lot', 'release', 'L-1'], 'NO_STATION'],
    ['a run without a CA', ['run', '--lot', 'L-1', '--ports', '/dev'], 'CA_MISSING'],
    ['a recipe that is not there', ['recipe', 'check', 'nowhere.json'], 'FILE_UNREADABLE'],
    ['a recipe that is none', ['recipe', 'check', 'package.json'], 'RECIPE_INVALID'],
    ['a passphrase that nobody gives', ['ca', 'init', '--organization', 'Example'], 'PASSPHRASE_MISSING'],
    ['a lot as the first thing in a folder', LOT, 'NO_STATION'],
    ['a folder below a file', ['simulate', '--dir', 'package.json/bench'], 'DATA_FOLDER_UNUSABLE'],
    ['a service in a file', ['service', 'token', '--data', 'package.json'], 'DATA_FOLDER_UNUSABLE'],
    ['practice with a fault nobody knows', ['practice', '--faults', 'rain'], 'USAGE'],
    ['help for a command nobody knows', ['help', 'lot', 'burn'], 'USAGE'],
  ])('%s, with its code', async (_, args, code) => {
    expect(await refusal(...args)).toBe(code);
  });

  it('a range that is none, or too small, with its code', async () => {
    await at.keyline('ca', 'init', '--practice');
    const lot = [...LOT, '--practice'];
    expect(await refusal(...lot, '--range', 'A1')).toBe('RANGE_INVALID');
    expect(await refusal(...lot, '--spare', '3')).toBe('RANGE_TOO_SMALL');
  });

  it('no command with --json ends with a refusal, as every line does', async () => {
    const { code, answers } = await at.keyline('--json');
    expect(code).toBe(2);
    expect(schemas.RefusalAnswer.parse(JSON.parse(answers.at(-1) ?? '')).error.code).toBe('USAGE');
  });

  it('a refused command makes no folder', async () => {
    await at.keyline('status');
    await at.keyline('audit', 'verify');
    await at.keyline(...LOT);
    await at.keyline('practice', '--faults', 'rain');
    expect(readdirSync(at.dir)).toEqual([]);
  });

  it('a folder of somebody else is refused and left as it is', async () => {
    mkdirSync(join(at.dir, 'station'));
    writeFileSync(join(at.dir, 'station', 'holiday.jpg'), '');
    expect(await refusal('ca', 'init', '--practice')).toBe('DATA_FOLDER_UNUSABLE');
    expect(readdirSync(join(at.dir, 'station'))).toEqual(['holiday.jpg']);
  });
});

/** A dozen commands, of which some open keys and one copies the records. */
const MANY_COMMANDS_MS = 20_000;

describe('a data folder', () => {
  it('stays for practice once it is, or never is', async () => {
    await at.keyline('ca', 'init', '--practice');
    expect(await refusal(...LOT)).toBe('PRACTICE_MISMATCH');
    expect(await refusal('ca', 'init', '--organization', 'Example')).toBe('PRACTICE_MISMATCH');
    const real = ['--data', join(at.dir, 'real')];
    at.typed.push('a long passphrase', 'a long passphrase');
    const made = await json(schemas.CaAnswer, 'ca', 'init', '--organization', 'Example', ...real);
    expect(made.cas).toMatchObject([{ name: 'main', practice: false, state: 'active' }]);
    expect(await refusal(...LOT, '--practice', ...real)).toBe('PRACTICE_MISMATCH');
  });

  it('has one CA of a name, and its passphrase is nowhere on disk', async () => {
    at.typed.push('a long passphrase', 'a long passphrase');
    const made = await json(schemas.CaAnswer, 'ca', 'init', '--organization', 'Example');
    expect(await json(schemas.CaAnswer, 'ca', 'show')).toEqual(made);
    expect(await refusal('ca', 'init', '--organization', 'Example')).toBe('CA_EXISTS');
    const files = readdirSync(join(at.dir, 'station'), { recursive: true, withFileTypes: true });
    const texts = files.filter((file) => file.isFile()).map((file) => readFileSync(join(file.parentPath, file.name)));
    expect(texts.length).toBeGreaterThan(4);
    expect(texts.some((text) => text.includes('a long passphrase'))).toBe(false);
  });

  it('a passphrase that is typed in two ways makes no CA', async () => {
    at.typed.push('a long passphrase', 'a wrong passphrase');
    expect(await refusal('ca', 'init', '--organization', 'Example')).toBe('PASSPHRASE_WRONG');
    expect(await refusal('ca', 'show')).toBe('CA_MISSING');
  });

  it(
    'every answer follows its schema',
    async () => {
      await at.keyline('ca', 'init', '--practice');
      const lot = await json(schemas.LotAnswer, ...LOT, '--practice', '--spare', '2');
      expect(lot).toMatchObject({ lotId: 'L-1', state: 'draft', quantity: 8, spare: 2, passed: 0 });
      expect((await json(schemas.LotAnswer, 'lot', 'release', 'L-1')).state).toBe('released');
      expect((await json(schemas.LotAnswer, 'lot', 'hold', 'L-1', '--because', 'lunch')).heldBecause).toBe('lunch');
      expect(await json(schemas.LotListAnswer, 'lot', 'list')).toEqual({
        lots: [{ lotId: 'L-1', state: 'held', quantity: 8, passed: 0 }],
      });
      expect(await json(schemas.DeviceListAnswer, 'device', 'list')).toEqual({ devices: [] });
      expect(await refusal('device', 'show', 'AQ-0001')).toBe('DEVICE_UNKNOWN');
      expect(await refusal('lot', 'show', 'L-2')).toBe('LOT_UNKNOWN');
      expect(await refusal('sync', '--once')).toBe('NOT_ENROLLED');
      const status = await json(schemas.StatusAnswer, 'status');
      expect(status).toMatchObject({ practice: true, lineRunning: false, slots: [], lot: null, sync: { made: 0 } });
      expect(status.stationId).toMatch(/^KL-[0-9a-f]{8}$/);
      const out = join(at.dir, 'out');
      const files = ['root.pem', 'issuing.pem', 'devices'].map((name) => join(out, name));
      expect(await json(schemas.DeviceExportAnswer, 'device', 'export', '--out', out)).toEqual({
        ...{ format: 'pem', devices: 0, files },
      });
      expect(files.filter((file) => !existsSync(file))).toEqual([]);
      await at.keyline('device', 'export', '--out', out, '--format', 'json');
      expect(JSON.parse(readFileSync(join(out, 'devices.json'), 'utf8'))).toEqual({ devices: [] });
      expect((await json(schemas.LotAnswer, 'lot', 'close', 'L-1')).state).toBe('closed');
      expect((await json(schemas.AuditAnswer, 'audit', 'verify')).ok).toBe(true);
      expect((await json(schemas.RecipeAnswer, 'recipe', 'check', RECIPE)).model).toBe('AQ-200');
    },
    MANY_COMMANDS_MS,
  );

  it('is examined, and what helps from afar holds no key', async () => {
    await at.keyline('ca', 'init', '--practice');
    const file = join(at.dir, 'report.json.gz');
    const answer = await json(schemas.DoctorAnswer, 'doctor', '--bundle', file);
    expect(answer.checks.map(({ check }) => check)).toEqual([
      ...['records', 'disk', 'clock', 'signing CA', 'ports', 'service'],
    ]);
    const bundle = gunzipSync(readFileSync(file)).toString('utf8');
    expect(JSON.parse(bundle).checks).toEqual(answer.checks);
    expect(bundle).not.toContain('PRIVATE KEY');
    expect(await refusal('doctor', '--bundle', file)).toBe('FILE_UNWRITABLE');
  });
});

describe('the bundle of doctor', () => {
  it('holds no key, passphrase or token, not even those that another version wrote into a log', async () => {
    at.typed.push('correct horse', 'correct horse');
    expect((await at.keyline('ca', 'init', '--organization', 'Example')).code).toBe(0);
    const keys = join(at.dir, 'station', 'keys');
    const files = readdirSync(keys, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('key.pem'));
    expect(files.sort()).toEqual([
      join('ca', 'main', 'issuing.key.pem'),
      join('ca', 'main', 'root.key.pem'),
      'station.key.pem',
    ]);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const clear = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const pems = [clear, ...files.map((name) => readFileSync(join(keys, name), 'utf8'))];
    const told = JSON.stringify({ passphrase: 'correct horse', token: 'WnVn2tLrl0m4', msg: 'kept' });
    writeFileSync(join(at.dir, 'station', 'logs', 'old.log'), [told, ...pems, told].join('\n'));

    const file = join(at.dir, 'report.json.gz');
    await at.keyline('doctor', '--bundle', file);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const bundle = gunzipSync(readFileSync(file)).toString('utf8');
    expect(bundle.split('kept')).toHaveLength(3);
    const bodies = pems.flatMap((pem) => pem.split('\n').filter((line) => line !== '' && !line.startsWith('-')));
    expect(bodies.length).toBeGreaterThan(10);
    for (const secret of [...bodies, 'correct horse', 'WnVn2tLrl0m4', 'PRIVATE KEY'])
      expect(bundle).not.toContain(secret);
  });
});

describe('help', () => {
  it('has one example for every command', async () => {
    const leaves: string[][] = [];
    const walk = (command: ReturnType<typeof commandProgram>, path: string[]) => {
      if (command.commands.length === 0 || path[0] === 'service') leaves.push(path);
      for (const child of command.commands) walk(child, [...path, child.name()]);
    };
    walk(commandProgram(newRegistry(at.world)), []);
    expect(leaves.length).toBeGreaterThan(18);
    for (const path of leaves) {
      const { code, answers } = await at.keyline(...path, '--help');
      expect(await at.keyline('help', ...path)).toEqual({ code, answers, said: [] });
      const [, example = ''] = answers.join('\n').split('Example:\n  $ keyline ');
      expect([path, code]).toEqual([path, 0]);
      expect(example.startsWith(path.join(' '))).toBe(true);
    }
  });
});
