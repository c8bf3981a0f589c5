// Sync and audit in the real window: the equation agrees with the records while a lot runs; a security officer finds a
// changed audit event and exports the journal; a technician reads and acts on nothing; all of it by keyboard, axe: none.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkJournalFile } from '../../db/journal-file-check.ts';
import type { Role } from '../../domain/person.ts';
import { PRACTICE_PASSPHRASE } from '../../station/identity/ca-folder.ts';
import { violations } from './axe.ts';
import { type HandBench, openHandBench, tileSays } from './hand-bench.ts';

const PEOPLE: readonly { readonly name: string; readonly role: Role; readonly pin: string }[] = [
  { name: 'Rose Adeyemi', role: 'security-officer', pin: '271828' },
  { name: 'Linh Trần', role: 'technician', pin: '141421' },
];

let bench: HandBench;
beforeAll(async () => {
  bench = await openHandBench({ faults: [], devices: 2 });
  await bench.addPeople(PEOPLE);
  await bench.page.reload();
});
afterAll(async () => {
  await bench?.close();
});

const key = (name: string) => bench.page.keyboard.press(name);
const sum = () => bench.page.locator('.sync-sum');
const journal = () => bench.page.locator('.sync-journal');

async function signIn(role: Role): Promise<void> {
  const person = PEOPLE.find((each) => each.role === role);
  if (person === undefined) throw new Error(`nobody is a ${role}`);
  await bench.page.getByRole('button', { name: person.name }).click();
  await bench.page.getByLabel(`PIN of ${person.name}`).fill(person.pin);
  await bench.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await bench.page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Line' }).waitFor();
}

/** Tab to what has this name, as a person without a mouse does. */
async function tabTo(name: string | RegExp): Promise<void> {
  for (let tabs = 0; tabs < 80; tabs++) {
    await key('Tab');
    const at = await bench.page.evaluate(() => {
      const here = document.activeElement;
      const label = here instanceof HTMLInputElement ? here.labels?.[0]?.textContent : null;
      return here?.getAttribute('aria-label') ?? label ?? here?.textContent ?? '';
    });
    if (typeof name === 'string' ? at === name : name.test(at)) return;
  }
  throw new Error(`no Tab leads to ${name}`);
}

/** Faster, and it is a scanner that types. */
const typeAsPerson = (text: string) => bench.page.keyboard.type(text, { delay: 60 });

const axe = async () => expect(await violations(bench.page)).toEqual([]);

/** As SQL of our own counts it, at one moment. */
function counted(): number[] {
  const database = new Database(join(bench.window.dataDir, 'station.db'), { readonly: true });
  try {
    const row = database
      .prepare<[], Record<string, number>>(
        `SELECT (SELECT count(DISTINCT device_id) FROM job WHERE outcome = 'passed') AS made,
           (SELECT count(*) FROM outbox WHERE kind = 'register' AND state = 'accepted') AS registered,
           (SELECT count(*) FROM outbox WHERE kind = 'register' AND state = 'waiting') AS waiting,
           (SELECT count(*) FROM outbox WHERE kind = 'register' AND state = 'refused') AS refused`,
      )
      .get();
    return Object.values(row ?? {});
  } finally {
    database.close();
  }
}

async function shown(): Promise<number[]> {
  return (await sum().locator('b').allTextContents()).map((text) => Number(text.replaceAll(',', '')));
}

describe('Sync and audit', () => {
  test('shows a technician how it stands, and nothing to decide', async () => {
    await signIn('technician');
    await key('F7');
    await bench.page.getByRole('heading', { name: 'This station has no cloud yet.' }).waitFor();
    expect(await bench.page.getByRole('button', { name: 'Export…' }).count()).toBe(0);
    expect(await bench.page.getByRole('button', { name: 'Reconcile' }).count()).toBe(0);
    await journal()
      .getByText(/^Unbroken, [0-9,]+ entries$/)
      .waitFor();
    await axe();
    await key('Control+L');
    await bench.page.getByRole('heading', { name: 'Scan your badge' }).waitFor();
  });

  test('counts as the records do while a lot runs', async () => {
    await bench.ask((api) => api.signing.unlock({ passphrase: PRACTICE_PASSPHRASE }));
    await bench.makeLot('L-1', 10);
    await bench.startLine('L-1');
    await signIn('security-officer');
    await bench.boards.insert(1, 0);
    await bench.boards.insert(2, 1);
    await key('F2');
    await tileSays(bench.page, 1, 'Passed');
    await tileSays(bench.page, 2, 'Passed');
    await key('F7');
    await expect.poll(shown, { timeout: 10_000 }).toEqual(counted());
    const [made, registered, waiting, refused] = await shown();
    expect(made).toBe(2);
    expect(made).toBe((registered ?? 0) + (waiting ?? 0) + (refused ?? 0));
    await axe();
  });

  test('finds the journal of one board by its serial, with the keyboard alone', async () => {
    await tabTo('Serial, person, lot');
    await typeAsPerson('L-1-0001');
    await key('Enter');
    // The first page holds both boards: it is what was found only when the other one is gone.
    await expect
      .poll(() =>
        journal()
          .getByText(/L-1-0002/)
          .count(),
      )
      .toBe(0);
    await journal().getByText('L-1-0001 passed, locked').waitFor();
    await tabTo('Newest entries');
    await key('Enter');
  });

  test('finds a changed audit event, and shows where it stands', async () => {
    const database = new Database(join(bench.window.dataDir, 'station.db'));
    database.exec(`DROP TRIGGER audit_event_never_changed;
      UPDATE audit_event SET body = '{"lotId":"L-9"}' WHERE type = 'lot-created'`);
    const changed = database.prepare("SELECT seq FROM audit_event WHERE type = 'lot-created'").pluck().get();
    database.close();
    await tabTo('Check again');
    await key('Enter');
    await journal().getByText(`Entry ${changed} was changed`).waitFor({ timeout: 30_000 });
    await journal().getByRole('alert').filter({ hasText: 'Stop and call security.' }).waitFor();
    await tabTo('Show it');
    await key('Enter');
    const row = journal().locator(`tr[data-seq="${changed}"]`);
    await row.getByText('Lot L-9 made').waitFor();
    expect(await row.getAttribute('class')).toContain('m-fail');
    await axe();
  });

  test('exports the journal, signed, changed event and all', async () => {
    const exports = join(bench.window.dataDir, 'exports');
    mkdirSync(exports, { recursive: true });
    const file = join(exports, 'out.journal');
    await tabTo('Export…');
    await key('Enter');
    await tabTo('File to write');
    await typeAsPerson(file);
    await key('Enter');
    await journal()
      .getByRole('status')
      .getByText(/entries written, signed by this station/)
      .waitFor({ timeout: 30_000 });
    const found = checkJournalFile(file, null);
    expect(found.sealed).toBe(true);
    expect(found.verdict.ok).toBe(false);
    expect(bench.audit('journal-exported').map(({ actorId }) => actorId)).toEqual([
      expect.stringMatching(/^[0-9a-f]{16}$/),
    ]);
    await axe();
  });

  test('opens with an octagon and "Stop and call security" when the equation fails', async () => {
    const database = new Database(join(bench.window.dataDir, 'station.db'));
    database.exec('DROP TRIGGER outbox_never_deleted; DELETE FROM outbox WHERE id = 1');
    database.close();
    await bench.ask((api) => api.backup.make({ dir: null }));
    await bench.page
      .locator('.sync-first')
      .getByRole('alert')
      .filter({ hasText: /^Stop and call security\.$/ })
      .waitFor();
    expect(await sum().getAttribute('aria-label')).toMatch(/^2 made is not /);
    expect(await bench.page.locator('.sync-first .octagon').count()).toBe(1);
    await axe();
  });
});
