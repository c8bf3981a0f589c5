// Whole commands at a station that knows people: a script shows a badge through a descriptor, a technician is refused an
// officer's command, and every act is on record for the person who did it.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeStation } from '../../cli/new-station.ts';
import { systemWorld, useOf } from '../../cli/surroundings.ts';
import { BackupAnswer, CaAnswer, RefusalAnswer, RestoreAnswer, StatusAnswer } from '../../contract/cli.ts';
import { onRecord } from '../e2e/on-record.ts';
import { keylineJson } from './keyline-process.ts';

const OFFICER = { name: 'Ada Öz', role: 'security-officer', badge: 'ADA-77310', pin: '830614' } as const;
const LINH = { name: 'Linh Trần', role: 'technician', badge: 'LINH-204', pin: '516093' } as const;
const PASSPHRASE = 'Rauhreif auf 41 Zaunlatten';

let dir: string;
let where: string[];
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-terminal-'));
  where = ['--data', join(dir, 'station')];
  const use = useOf(systemWorld, { data: join(dir, 'station') });
  await makeStation(use, { pixelMm: null, bench: null, people: [OFFICER, LINH] });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const people = () => onRecord(join(dir, 'station'), (records) => records.people());
const idOf = (name: string) => people().find((person) => person.name === name)?.personId;
const actorsOf = (type: string) =>
  onRecord(join(dir, 'station'), (records) =>
    [...records.auditEvents()].filter((event) => event.type === type).map(({ actorId }) => actorId),
  );
const init = ['ca', 'init', '--organization', 'Example', '--badge-fd', '3', '--person-pin-fd', '4'];

test('a technician is refused an officer’s command, and nothing is made', async () => {
  const args = [...init, '--passphrase-fd', '5', ...where];
  const { exitCode, answer } = await keylineJson(RefusalAnswer, args, { secrets: [LINH.badge, LINH.pin, PASSPHRASE] });
  expect([exitCode, answer.error.code]).toEqual([2, 'NOT_ALLOWED']);
  expect(actorsOf('ca-created')).toEqual([]);
});

test('a wrong PIN is refused and counted', async () => {
  const args = [...init, '--passphrase-fd', '5', ...where];
  const { exitCode, answer } = await keylineJson(RefusalAnswer, args, {
    secrets: [OFFICER.badge, '000000', PASSPHRASE],
  });
  expect([exitCode, answer.error.code]).toEqual([2, 'PIN_WRONG']);
  expect(people().find(({ name }) => name === OFFICER.name)?.wrongPins).toBe(1);
});

test('an officer is allowed, and stands in the event; the right PIN ends the count', async () => {
  const args = [...init, '--passphrase-fd', '5', ...where];
  const made = await keylineJson(CaAnswer, args, { secrets: [OFFICER.badge, OFFICER.pin, PASSPHRASE] });
  expect(made.exitCode).toBe(0);
  expect(actorsOf('ca-created')).toEqual([idOf(OFFICER.name)]);
  expect(people().find(({ name }) => name === OFFICER.name)?.wrongPins).toBe(0);
});

test('a technician’s own command takes the name and the PIN, and no terminal means no', async () => {
  const named = ['backup', '--person', LINH.name, '--person-pin-fd', '3', ...where];
  const copied = await keylineJson(BackupAnswer, named, { secrets: [LINH.pin] });
  expect(copied.exitCode).toBe(0);
  expect(actorsOf('records-copied')).toEqual([idOf(LINH.name)]);
  const nobody = await keylineJson(RefusalAnswer, ['backup', ...where]);
  expect([nobody.exitCode, nobody.answer.error.code]).toEqual([2, 'NOT_SIGNED_IN']);
});

test('looking asks nobody, and no badge or PIN is in the records', async () => {
  expect((await keylineJson(StatusAnswer, ['status', ...where])).exitCode).toBe(0);
  const records = readFileSync(join(dir, 'station', 'station.db'), 'latin1');
  for (const secret of [OFFICER.badge, OFFICER.pin, LINH.badge, LINH.pin]) expect(records).not.toContain(secret);
});

test('a restore asks an officer of the backup: a technician is refused and nothing is made; the officer stands in its event', async () => {
  const kept = join(dir, 'kept');
  const copied = ['backup', '--to', kept, '--person', LINH.name, '--person-pin-fd', '3', ...where];
  expect((await keylineJson(BackupAnswer, copied, { secrets: [LINH.pin] })).exitCode).toBe(0);
  const other = join(dir, 'other');
  const restore = ['restore', '--from', kept, '--offline', '--badge-fd', '3', '--person-pin-fd', '4', '--data', other];
  const refused = await keylineJson(RefusalAnswer, restore, { secrets: [LINH.badge, LINH.pin] });
  expect([refused.exitCode, refused.answer.error.code]).toEqual([2, 'NOT_ALLOWED']);
  expect(existsSync(join(other, 'station.db'))).toBe(false);
  expect(readdirSync(join(other, 'keys'))).toEqual([]);
  expect((await keylineJson(RestoreAnswer, restore, { secrets: [OFFICER.badge, OFFICER.pin] })).exitCode).toBe(0);
  const events = onRecord(other, (records) => [...records.auditEvents()]);
  const { backupSeq } = JSON.parse(events.find(({ type }) => type === 'station-restored')?.body ?? '{}');
  expect(events.find(({ seq }) => seq === backupSeq + 1)).toMatchObject({
    type: 'station-restored',
    actorId: idOf(OFFICER.name),
  });
});
