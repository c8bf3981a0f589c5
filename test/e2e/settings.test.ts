// The rest of Settings in the real window, by keyboard alone: slots are taught by boards that are plugged in, people come,
// change and are erased, a recipe that is none is refused in words, and a slot's cable is looked at.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PRACTICE_PASSPHRASE } from '../../station/identity/ca-folder.ts';
import { type HandBench, openHandBench } from './hand-bench.ts';
import { BENCH_MS } from './window-app.ts';

const OFFICER = { name: 'Rose Adeyemi', role: 'security-officer', pin: '271828' } as const;
const ADDED = { name: 'Zwetelina Qvist', pin: '141421' };

let bench: HandBench;

beforeAll(async () => {
  bench = await openHandBench({ faults: [], devices: 4 });
  await bench.addPeople([OFFICER]);
  await bench.page.reload();
  await button(OFFICER.name, false).click();
  await bench.page.getByLabel(`PIN of ${OFFICER.name}`).fill(OFFICER.pin);
  await button('Sign in').click();
  await bench.page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Line' }).waitFor();
  await key('F8');
}, 180_000);

afterAll(async () => {
  await bench?.close();
});

const key = (name: string) => bench.page.keyboard.press(name);
const button = (name: string | RegExp, exact = true) => bench.page.getByRole('button', { name, exact });
const says = (words: string | RegExp) => bench.page.getByText(words).first().waitFor({ timeout: BENCH_MS });

/** Focus and Enter: what a keyboard does to a button. */
async function press(name: string | RegExp): Promise<void> {
  await bench.page.getByRole('main').getByRole('button', { name, exact: true }).first().focus();
  await key('Enter');
}

async function openPanel(name: string): Promise<void> {
  const list = bench.page.getByRole('navigation', { name: 'Settings' });
  await list.getByRole('button', { name, exact: true }).focus();
  await key('Enter');
  await bench.page.getByRole('region', { name, exact: true }).first().waitFor();
}

describe('slots', () => {
  test('are taught by a board that goes from slot to slot, in whatever order the ports are', async () => {
    await openPanel('Ports and slots');
    await press('Teach slots');
    for (const [name, times] of [
      ['Rows', 3],
      ['Columns', 2],
    ] as const)
      for (let time = 0; time < times; time++) await press(`${name}: one less`);
    await says('2 slots in all');
    await press('Begin');
    const asked = (slot: string) => bench.page.getByRole('status').getByText(slot, { exact: true }).waitFor();
    await asked('A1');
    await bench.boards.insert(5, bench.board(0));
    await says(/^A1 is /);
    await asked('A2');
    await bench.boards.eject(5);
    await bench.boards.insert(3, bench.board(0));
    await says(/^A2 is /);
    await bench.boards.eject(3);
    expect(bench.audit('slots-taught')).toEqual([]);
    await press('Use this map');
    await says('The map is in use: 2 slots.');
    expect(bench.audit('slots-taught').map(({ body }) => body)).toEqual([{ bound: 2, slots: 2 }]);
  });

  test('stay as they were when teaching is left midway', async () => {
    await press('Teach anew');
    await press('Begin');
    await says('Put a board into slot');
    await press('Skip this slot');
    await key('Escape');
    await says('2 slots, each bound to its port');
    expect(bench.audit('slots-taught')).toHaveLength(1);
  });

  test('show on the Line by their names, and a port that nobody taught calls', async () => {
    await bench.ask((api) => api.signing.unlock({ passphrase: PRACTICE_PASSPHRASE }));
    await bench.makeLot('S1', 4);
    await bench.startLine('S1');
    await key('F2');
    await button(/^Slot A1: /, false).waitFor({ timeout: BENCH_MS });
    expect(await button(/^Slot [A-Z]\d+: /, false).count()).toBe(2);
    await bench.boards.insert(5, bench.board(1));
    await button(/^Slot A1: Passed/, false).waitFor({ timeout: BENCH_MS });
    await bench.boards.insert(7, bench.board(2));
    const card = bench.page.getByRole('article').filter({ hasText: /^Unknown port/ });
    await card.waitFor({ timeout: BENCH_MS });
    await bench.page.getByRole('heading', { name: '1 board needs you' }).waitFor();
    await bench.boards.eject(7);
    await card.waitFor({ state: 'detached', timeout: BENCH_MS });
  });
});

describe('diagnostics', () => {
  test('show what went over the cable of the slot whose detail led there, and no key', async () => {
    await button(/^Slot A1: /, false).focus();
    // Not Space: a letter, and what follows it as fast as this is a scanner's.
    await key('Enter');
    await press('Live trace');
    const trace = bench.page.getByRole('list', { name: 'Trace of slot A1' });
    await trace.getByText('Who are you, how far are you?').first().waitFor({ timeout: BENCH_MS });
    await press('Freeze');
    await button('Go on').waitFor();
    const rows = await trace.getByRole('listitem').allTextContents();
    expect(
      rows.filter((row) => row.includes('Prove that you have the key')).every((row) => row.includes('masked')),
    ).toBe(true);
    expect(rows.some((row) => row.includes('Prove that you have the key'))).toBe(true);
  });

  test('test the station, and write a file for support that anybody can open', async () => {
    await says('Self-test');
    await says(/ports? there now/);
    await says(/events in the chain/);
    await press('Write the file');
    const words = (await bench.page.getByText(/^Written to .*\.tar\.gz/).textContent({ timeout: BENCH_MS })) ?? '';
    const file = /^Written to (.+\.tar\.gz),/.exec(words)?.[1] ?? '';
    const archive = gunzipSync(readFileSync(file)).toString('utf8');
    expect(archive).toContain('"lots": 1');
    expect(archive).not.toContain(OFFICER.name);
  });
});

describe('recipes', () => {
  test('that are none are refused in words, with the place that is wrong', async () => {
    const path = join(tmpdir(), `keyline-bad-recipe-${process.pid}.json`);
    writeFileSync(path, '{"name":"x"}');
    const brought = bench.audit('recipe-imported');
    await openPanel('Recipes');
    await says('aq-200 1.0.0');
    await bench.page.getByLabel('Recipe file on this computer').fill(path);
    await key('Enter');
    await says(/^The recipe does not follow its format\./);
    rmSync(path);
    await press('Check again');
    await says(/^Recipe and image are what they say: /);
    expect(bench.audit('recipe-imported')).toEqual(brought);
  });
});

describe('people', () => {
  test('are added, change and are erased; the last officer stays', async () => {
    await openPanel('People');
    await says('1 person may use this station');
    await press(/^Rose Adeyemi/);
    await says(/^The only security officer/);
    expect(await button('Erase this person').count()).toBe(0);
    await press('Add a person');
    await bench.page.getByLabel('Name', { exact: true }).fill(ADDED.name);
    await bench.page.getByLabel('PIN, 4 to 12 digits', { exact: true }).fill(ADDED.pin);
    await bench.page.getByLabel('PIN again').fill(ADDED.pin);
    await key('Enter');
    await says(`${ADDED.name} is on record.`);
    await press(/^Zwetelina Qvist/);
    await press('Supervisor');
    await says(`${ADDED.name} is Supervisor now, and signs in anew.`);
    await press('Erase this person');
    await press('Erase');
    await says('Erased. What they did stays on record.');
    await says('1 person may use this station');
    expect(bench.audit('person-erased')).toHaveLength(1);
    expect(bench.read((records) => records.people().map(({ name }) => name))).toEqual([OFFICER.name]);
  });
});
