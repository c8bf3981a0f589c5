// The Signing panel of Settings in the real window: a security officer opens the key, sees the CA and tests it; whoever
// may not do so does not see it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ERRORS } from '../../domain/error-table.ts';
import type { Role } from '../../domain/person.ts';
import { PRACTICE_PASSPHRASE } from '../../station/identity/ca-folder.ts';
import { cardAt, type HandBench, openHandBench } from './hand-bench.ts';

const PEOPLE: readonly { readonly name: string; readonly role: Role; readonly pin: string }[] = [
  { name: 'Rose Adeyemi', role: 'security-officer', pin: '271828' },
  { name: 'María Ríos', role: 'supervisor', pin: '161803' },
  { name: 'Linh Trần', role: 'technician', pin: '141421' },
];

let bench: HandBench;

beforeAll(async () => {
  bench = await openHandBench({ faults: [], devices: 1, standby: 'second' });
  await bench.addPeople(PEOPLE);
  // The list of names is asked for once, and the first of them opened it.
  await bench.page.reload();
});

afterAll(async () => {
  await bench?.close();
});

const key = (name: string) => bench.page.keyboard.press(name);
const button = (name: string | RegExp) => bench.page.getByRole('button', { name, exact: true });
const rail = () => bench.page.getByRole('navigation', { name: 'Main' });
const cards = () => bench.page.getByRole('article');
/** Of the active CA, which comes first. */
const ca = () => cards().first();
const second = () => cards().filter({ has: bench.page.getByRole('heading', { name: 'second' }) });
const passphrase = () => ca().getByLabel('Passphrase of the signing key');

async function signIn(role: Role): Promise<void> {
  const person = PEOPLE.find((each) => each.role === role);
  if (person === undefined) throw new Error(`nobody is a ${role}`);
  await bench.page.getByRole('button', { name: person.name }).click();
  await bench.page.getByLabel(`PIN of ${person.name}`).fill(person.pin);
  await button('Sign in').click();
  await rail().getByRole('button', { name: 'Line' }).waitFor();
}

async function signOut(): Promise<void> {
  await key('Control+L');
  await bench.page.getByRole('heading', { name: 'Scan your badge' }).waitFor();
}

describe('a station whose signing keys are locked', () => {
  test('shows a supervisor how its CA stands, and nothing of its key', async () => {
    await signIn('supervisor');
    await key('F8');
    await ca().getByText('Locked', { exact: true }).waitFor();
    expect(await ca().getByRole('button').count()).toBe(0);
    expect(await passphrase().count()).toBe(0);
    expect(await ca().textContent()).not.toContain('Key in');
    await signOut();
  });

  test('shows a technician no Settings, also where they were left open, and whom to call', async () => {
    await signIn('technician');
    await bench.page.getByRole('heading', { name: 'Scan a work order' }).waitFor();
    await cardAt(bench.page, 'Line').getByText(ERRORS.SIGNER_LOCKED.todo, { exact: true }).waitFor();
    expect(await rail().getByRole('button').allTextContents()).toEqual(['Line', 'Lots', 'Devices', 'Sync', 'Help']);
    await key('F8');
    expect(await bench.page.getByRole('navigation', { name: 'Settings' }).count()).toBe(0);
    await signOut();
  });

  test('refuses a wrong passphrase of its officer, and keeps none', async () => {
    await signIn('security-officer');
    await key('F8');
    await passphrase().fill('three green boards');
    await ca().getByRole('button', { name: 'Unlock' }).click();
    const { happened, todo } = ERRORS.PASSPHRASE_WRONG;
    await ca().getByRole('status').getByText(`${happened} ${todo}`).waitFor();
    expect(await passphrase().inputValue()).toBe('');
    expect(bench.audit('signing-unlocked')).toEqual([]);
  });

  test('forgets what was half typed once the officer goes elsewhere', async () => {
    await passphrase().fill(PRACTICE_PASSPHRASE);
    await rail().getByRole('button', { name: 'Lots' }).focus();
    expect(await passphrase().inputValue()).toBe('');
  });

  test('opens with the right one, on record under the officer', async () => {
    await passphrase().fill(PRACTICE_PASSPHRASE);
    await ca().getByRole('button', { name: 'Unlock' }).click();
    await ca().getByText('Ready', { exact: true }).waitFor();
    await ca().getByRole('status').getByText('Its key is open.').waitFor();
    expect(await passphrase().count()).toBe(0);
    const [unlocked, ...more] = bench.audit('signing-unlocked');
    expect(more).toEqual([]);
    expect(unlocked?.actorId).toMatch(/^[0-9a-f]{16}$/);
  });

  test('signs a test that is no certificate, and says how long it took', async () => {
    await ca().getByRole('button', { name: 'Test signing' }).click();
    await ca()
      .getByRole('status')
      .getByText(/^Signed and checked in \d+ ms\.$/)
      .waitFor();
    expect(bench.read((records) => records.certificateCounts().live)).toBe(0);
    await ca().getByText('Practice', { exact: true }).waitFor();
    await ca().getByText('Key in a file here', { exact: true }).waitFor();
  });

  test('lets a CA on standby take over after a question, on record', async () => {
    await second().getByText('Standby', { exact: true }).waitFor();
    await second().getByRole('button', { name: 'Make active' }).click();
    await key('Escape');
    expect(await button('Keep as it is').count()).toBe(0);
    expect(bench.audit('ca-rotated')).toEqual([]);
    await second().getByRole('button', { name: 'Make active' }).click();
    const ask = second().getByRole('alert').locator('..');
    await ask.getByRole('button', { name: 'Make active' }).click();
    await second().getByRole('status').getByText('second signs from now on. No board was in work.').waitFor();
    await second().getByText('Ready', { exact: true }).waitFor();
    await cards().nth(1).getByText('Retired', { exact: true }).waitFor();
    expect(bench.audit('ca-rotated')).toHaveLength(1);
  });

  test('asks for nothing on the Line any more', async () => {
    await key('F2');
    await bench.page.getByRole('heading', { name: 'Scan a work order' }).waitFor();
    expect(await cardAt(bench.page, 'Line').count()).toBe(0);
  });
});
