// A factory secret at a real station, from its descriptor to its lot: kept under the passphrase, shown nowhere, asked for by
// recipes.
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PRACTICE_RECIPES } from '../../cli/practice/practice-plan.ts';
import { CaAnswer, LotAnswer, PskListAnswer, RecipeAnswer, RefusalAnswer } from '../../contract/cli.ts';
import { type Ended, keylineJson } from './keyline-process.ts';
import { readTree, SecretSearch } from './secret-search.ts';

const dir = mkdtempSync(join(tmpdir(), 'keyline-factory-secret-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const station = join(dir, 'station');
const mine = ['--data', station];
const passphrase = randomBytes(12).toString('base64');
const secret = randomBytes(32);
const [file, recipe] = [join(dir, 'aq-200.secret'), join(dir, 'recipe.json')];
const said: Ended[] = [];

beforeAll(async () => {
  const { psk: _, ...example } = JSON.parse(readFileSync(PRACTICE_RECIPES['injected-psk'], 'utf8'));
  copyFileSync(
    join(dirname(PRACTICE_RECIPES['injected-psk']), example.firmware.file),
    join(dir, example.firmware.file),
  );
  writeFileSync(recipe, JSON.stringify({ ...example, psk: 'aq-200' }));
  writeFileSync(file, `${secret.toString('hex')}\n`);
  const init = ['ca', 'init', '--organization', 'Example', '--passphrase-fd', '3', ...mine];
  await keylineJson(CaAnswer, init, { secrets: [passphrase] });
});

const create = ['lot', 'create', 'L-1', '--quantity', '2', '--range', 'S-01..S-04', '--recipe', recipe, ...mine];

test('a recipe that names a secret makes no lot before the station holds it', async () => {
  const { answer } = await keylineJson(RecipeAnswer, ['recipe', 'check', recipe]);
  expect(answer).toMatchObject({ keyMode: 'injected', cableGuard: 'psk' });
  const refused = await keylineJson(RefusalAnswer, create);
  expect([refused.exitCode, refused.answer.error.code]).toEqual([2, 'PSK_MISSING']);
});

test('a secret comes under the passphrase of the station alone, once', async () => {
  const bring = (source: readonly string[], secrets: readonly string[]) =>
    [['psk', 'import', 'aq-200', ...source, '--passphrase-fd', '3', ...mine], { secrets }] as const;
  const wrong = await keylineJson(RefusalAnswer, ...bring(['--file', file], ['wrong']));
  expect(wrong.answer.error.code).toBe('PASSPHRASE_WRONG');
  const short = await keylineJson(RefusalAnswer, ...bring(['--fd', '4'], [passphrase, 'abcd']));
  expect(short.answer.error.code).toBe('PSK_INVALID');
  const both = await keylineJson(RefusalAnswer, ...bring(['--fd', '4', '--file', file], [passphrase, 'abcd']));
  expect(both.answer.error.code).toBe('USAGE');
  const kept = await keylineJson(PskListAnswer, ...bring(['--fd', '4'], [passphrase, secret.toString('base64')]));
  expect(kept.answer).toEqual({ names: ['aq-200'] });
  const again = await keylineJson(RefusalAnswer, ...bring(['--file', file], [passphrase]));
  expect(again.answer.error.code).toBe('PSK_EXISTS');
  const listed = await keylineJson(PskListAnswer, ['psk', 'list', ...mine]);
  expect(listed.answer).toEqual({ names: ['aq-200'] });
  said.push(wrong, short, both, kept, again, listed);
});

test('then the lot is made, and says how its keys come', async () => {
  const { answer } = await keylineJson(LotAnswer, create);
  expect(answer).toMatchObject({ keyMode: 'injected', cableGuard: 'psk' });
});

test('nothing that was written or said holds the secret or the passphrase', () => {
  const search = new SecretSearch(
    new Map([
      ['secret', secret],
      ['passphrase', Buffer.from(passphrase)],
    ]),
  );
  const tree = readTree(station, (path) => path === 'ballast');
  expect([...tree.keys()]).toContain(join('keys', 'psk', 'aq-200'));
  for (const { said: lines, lastLine } of said)
    tree.set(`said ${tree.size}`, Buffer.from([...lines, lastLine].join('\n')));
  for (const [path, content] of tree) expect([path, search.find(content)]).toEqual([path, []]);
});
