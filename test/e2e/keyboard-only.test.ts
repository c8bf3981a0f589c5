// What people decide rarely, in the real window with hands on the keyboard alone: a board is scrapped, an identity revoked
// by two officers, registrations are carried by file, a conflict and a difference with the cloud are decided, records are
// copied, and the cloud is tested.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { CarryReadAnswer, ServiceAnswer, TokenAnswer } from '../../contract/cli.ts';
import { PRACTICE_PASSPHRASE } from '../../station/identity/ca-folder.ts';
import { keylineJson, keylineServing, type Serving } from '../system/keyline-process.ts';
import { type HandBench, openHandBench, tileSays } from './hand-bench.ts';
import { type Keyboard, keyboardOf } from './keyboard.ts';
import { BENCH_MS } from './window-app.ts';

const ROSE = { name: 'Rose Adeyemi', role: 'security-officer', pin: '271828' } as const;
const THEO = { name: 'Theo Brandt', role: 'security-officer', pin: '161803' } as const;
const LOT = 'K-1';
/** Slot, board and serial go together. */
const SERIALS = ['K-1-0001', 'K-1-0002', 'K-1-0003'] as const;

const dir = mkdtempSync(join(tmpdir(), 'keyline-keys-'));
const at = (name: string) => join(dir, name);
const SERVICE = ['--practice', '--data', at('cloud')];
let service: Serving<z.infer<typeof ServiceAnswer>> | null = null;
let bench: HandBench;
let hand: Keyboard;

beforeAll(async () => {
  service = await keylineServing(ServiceAnswer, ['service', ...SERVICE, '--port', '0']);
  const { answer } = await keylineJson(TokenAnswer, ['service', 'token', ...SERVICE]);
  const { url, caFile } = service.answer;
  bench = await openHandBench({ faults: [], devices: 3, service: { url, caFile, token: answer.token } });
  hand = keyboardOf(bench.page);
  await bench.ask((api) => api.signing.unlock({ passphrase: PRACTICE_PASSPHRASE }));
  await bench.addPeople([ROSE, THEO]);
  await bench.makeLot(LOT);
  await bench.startLine(LOT);
  await bench.page.reload();
  await hand.press(ROSE.name);
  await bench.page.getByText(`PIN of ${ROSE.name}`).waitFor();
  await hand.type(ROSE.pin);
  await hand.key('Enter');
  await rail('Line').waitFor();
});

afterAll(async () => {
  await bench?.close();
  await service?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const rail = (name: string) =>
  bench.page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name, exact: true });
const says = (words: string | RegExp) => bench.page.getByText(words).first().waitFor({ timeout: BENCH_MS });
const certificate = (board: number) => {
  const found = bench.certificates(bench.board(board)).at(-1);
  if (!found) throw new Error(`board ${board} has no certificate`);
  return found;
};
const sync = () => bench.read((records) => records.syncCounts());

async function passIn(slot: number): Promise<void> {
  await hand.key('F2');
  await bench.boards.insert(slot, bench.board(slot - 1));
  await tileSays(bench.page, slot, 'Passed');
}

/** By what the service itself has on record. */
function inTheCloud<T>(work: (database: Database.Database) => T): T {
  const database = new Database(at('cloud/service.db'));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const stateThere = (fingerprint: string | null) =>
  inTheCloud((database) =>
    database.prepare('SELECT state FROM certificate WHERE fingerprint = ?').pluck().get(fingerprint),
  );

describe('without a network', () => {
  test('what waits goes to a file, and the receipt comes back', async () => {
    const port = new URL(service?.answer.url ?? '').port;
    await service?.stop();
    await passIn(1);
    await passIn(2);
    await hand.key('F7');
    await hand.press('Carry by file');
    await hand.write('File to write', at('out'));
    await hand.key('Enter');
    await says('2 registrations are in the file.');
    const read = ['service', 'carry', 'read', at('out'), '--receipt', at('in'), ...SERVICE];
    expect((await keylineJson(CarryReadAnswer, read)).answer).toMatchObject({ accepted: 2, refused: 0 });
    await hand.write('Receipt to read', at('in'));
    await hand.key('Enter');
    await says('2 registered, 0 refused, 0 read before.');
    expect(sync()).toMatchObject({ made: 2, waiting: 0, registered: 2 });
    await hand.key('Escape');
    service = await keylineServing(ServiceAnswer, ['service', ...SERVICE, '--port', port]);
  });
});

describe('a difference with the cloud', () => {
  test('in which another board has the serial is compared, and this one made void', async () => {
    // As if another station had given the serial to another board.
    inTheCloud((database) =>
      database
        .prepare(
          `INSERT INTO certificate SELECT @other, station_id, issuer_id, hardware_type, '4b01a6f94ff05d00', @serial, @other,
             certificate, state, void_reason, first_seen_ms, registered_ms, entry FROM certificate WHERE fingerprint = @like`,
        )
        .run({ other: 'f'.repeat(64), serial: SERIALS[2], like: certificate(0).fingerprint }),
    );
    await passIn(3);
    await hand.key('F7');
    await hand.press(`Compare ${SERIALS[2]}`);
    await hand.press('Make void');
    await says(`Make the certificate of ${SERIALS[2]} void, for ever?`);
    await hand.press('Make it void');
    await says(`${SERIALS[2]} is void.`);
    expect(certificate(2).state).toBe('void');
    expect(stateThere('f'.repeat(64))).toBe('registered');
    await hand.key('Escape');
  });

  test('in which the cloud holds a board void is found by Reconcile, and decided', async () => {
    const { fingerprint } = certificate(1);
    inTheCloud((database) =>
      database
        .prepare("UPDATE certificate SET state = 'void', void_reason = 'stolen' WHERE fingerprint = ?")
        .run(fingerprint),
    );
    await hand.press('Reconcile');
    await says('Station and cloud side by side');
    await hand.press('Make void');
    await hand.press('Make it void');
    await says(`${SERIALS[1]} is void.`);
    expect(certificate(1).state).toBe('void');
    await hand.press('Back');
  });
});

describe('Copies', () => {
  test('go to a second folder, and one is made at once', async () => {
    await hand.press('Second folder…');
    await hand.write('Folder on another disk', at('copies'));
    await hand.key('Enter');
    const said = bench.page.getByText(/^Copied and read back: /);
    await said.waitFor({ timeout: BENCH_MS });
    const first = await said.textContent();
    expect(first).toContain(at('copies'));
    await hand.press('Copy now');
    await expect.poll(() => said.textContent(), { timeout: BENCH_MS }).not.toBe(first);
    expect(await said.textContent()).toContain(at('copies'));
  });
});

describe('Devices', () => {
  test('are found by lot and day, and all of them again', async () => {
    const { page } = bench;
    const rows = () => page.locator('[data-device]').count();
    const lot = page.getByRole('combobox', { name: 'Lot' });
    await hand.key('F6');
    await expect.poll(rows).toBe(3);
    await hand.tabTo(lot);
    await hand.key('ArrowDown');
    await expect.poll(() => lot.inputValue()).toBe(LOT);
    await hand.tabTo(page.getByLabel('Day'));
    await hand.type('01012024');
    await says('No record fits. Choose another lot or day.');
    await hand.press('Clear');
    await expect.poll(rows).toBe(3);
  });

  test('one is scrapped after a question, which begins at the answer that changes nothing', async () => {
    await hand.write('Serial or hardware id', SERIALS[2]);
    await hand.key('Enter');
    await hand.press('Scrap…');
    await says(`Scrap ${SERIALS[2]} for ever?`);
    await hand.key('Enter');
    expect(bench.audit('device-scrapped')).toEqual([]);
    await hand.press('Scrap…');
    await hand.press('Damaged');
    await says(`${SERIALS[2]} is scrapped. Put it in the red bin.`);
    expect(bench.audit('device-scrapped')).toMatchObject([{ body: { reason: 'damaged' } }]);
    await hand.key('Escape');
  });

  test('the identity of one is revoked by two officers, and the cloud hears it', async () => {
    await hand.write('Serial or hardware id', SERIALS[0]);
    await hand.key('Enter');
    await hand.press('Revoke identity…');
    await hand.tabTo(bench.page.getByLabel('Why?'));
    await hand.type('l');
    await expect.poll(() => bench.page.getByLabel('Why?').inputValue()).toBe('lost');
    await hand.tabTo(bench.page.getByLabel(`PIN of ${THEO.name}`));
    await hand.type(THEO.pin);
    await hand.key('Enter');
    await says(`The identity of ${SERIALS[0]} is revoked, confirmed by ${THEO.name}.`);
    expect(certificate(0).state).toBe('void');
    expect(bench.audit('identity-revoked')).toMatchObject([{ body: { reason: 'lost' } }]);
    await expect.poll(() => stateThere(certificate(0).fingerprint), { timeout: BENCH_MS }).toBe('void');
  });
});

describe('Settings', () => {
  test('test the cloud', async () => {
    await hand.key('F8');
    await hand.press('Cloud');
    await hand.press('Test');
    await says(/^It answered in [0-9,]+ ms, and holds/);
  });

  test('turn the screen dark for this person, at whatever bench', async () => {
    await hand.press('Screen and sound');
    await hand.press('Dark');
    await expect.poll(() => bench.page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
    await expect
      .poll(() => bench.read((records) => records.people().find(({ name }) => name === ROSE.name)?.preferences.theme))
      .toBe('dark');
  });
});
