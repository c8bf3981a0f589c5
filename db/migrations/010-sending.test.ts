import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../sqlite.ts';
import { openStationDatabase } from '../station-database.ts';
import { openStationStore } from '../station-store.ts';
import { firstStation } from './001-station.ts';
import { people } from './002-people.ts';
import { lineOnScreen } from './003-line.ts';
import { keyOfJob } from './004-key-of-job.ts';
import { signing } from './005-signing.ts';
import { restored } from './006-restore.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyline-sending-'));
  path = join(folder, 'station.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const hash = (n: number) => String(n).padStart(64, '0');

test('what an older Keyline sent is told of: its answered registrations count, and when the last one was', () => {
  const migrations = [firstStation, people, lineOnScreen, keyOfJob, signing, restored];
  const old = openDatabase(path, { kind: 'station', migrations });
  const events = [
    [1_000, 'certificate-live', '{"certificateId":1}'],
    [5_000, 'registration-accepted', '{"certificateId":1,"kind":"register"}'],
    [9_000, 'registration-accepted', '{"certificateId":2,"kind":"void"}'],
  ] as const;
  for (const [index, [timeMs, type, body]] of events.entries())
    old
      .prepare('INSERT INTO audit_event VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(index + 1, timeMs, 'station', type, body, hash(index), hash(index + 1));
  old.close();
  const { store, close } = openStationStore(path);
  expect(store.lastTakenMs()).toBe(5_000);
  expect(store.waitingSteps(0, 1_000)).toEqual([
    { step: 1, change: 1 },
    { step: 5, change: -1 },
    { step: 9, change: 0 },
  ]);
  close();
});

test('it is read from the indexes, never the whole table', () => {
  const database = openStationDatabase(path);
  const plan = (sql: string) =>
    database
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => detail)
      .join('\n');
  const sending =
    "type IN ('certificate-live', 'registration-accepted', 'registration-refused', 'registration-resent')";
  expect(
    plan(
      `SELECT time_ms / 1 AS step, sum(json_extract(body, '$.kind') = 'x') FROM audit_event
       WHERE ${sending} AND time_ms >= 5 GROUP BY step`,
    ),
  ).toMatch(/SEARCH audit_event USING (?:COVERING )?INDEX audit_event_of_sending \(time_ms>/);
  expect(plan("SELECT seq FROM audit_event WHERE json_extract(body, '$.certificateId') IN (1, 2)")).toMatch(
    /SEARCH audit_event USING (?:COVERING )?INDEX audit_event_of_certificate/,
  );
  expect(plan("SELECT id FROM outbox WHERE state = 'refused' AND id > 5 ORDER BY id")).toMatch(/outbox_refused/);
  database.close();
});
