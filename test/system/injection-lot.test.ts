// A lot whose keys are injected, with everything that can go wrong around one: how each board ends, and that each key that
// was ever sealed is accounted for.

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { BenchRobot } from '../../cli/practice/bench-robot.ts';
import { expectedEnd, faultNames } from '../../simulator/faults/fault-list.ts';
import { openWorld, runAll, type World } from './world.ts';

const SLOTS = 6;
const AROUND_KEYS = ['restart-in-key', 'weak-entropy', 'store-bad', 'busy'];
const LOTS = [
  ['injected', [...faultNames(true).filter((name) => /inject|session/.test(name)), ...AROUND_KEYS]],
  ['injected-psk', ['session-lost', 'inject-not-opened-once', 'restart-in-key']],
] as const;

describe.each(LOTS)('a lot with %s keys', (keyMode, faults) => {
  const devices = faults.length + 2;
  let world: World;
  let robot: BenchRobot;
  let database: Database.Database;
  const count = (sql: string) => z.object({ n: z.number() }).parse(database.prepare(sql).get()).n;

  beforeAll(async () => {
    world = await openWorld({ devices, slots: SLOTS, faults, keyMode });
    robot = await runAll(world, SLOTS);
    database = new Database(join(world.dir, 'station', 'station.db'), { readonly: true });
  });
  afterAll(async () => {
    database.close();
    await world.close();
  });

  test('brings each board to the end that its fault must have', async () => {
    const ends = robot.results.map(({ device, outcome, code }) => [device.fault, outcome, code]);
    const wanted = robot.results.map(({ device: { fault } }) => [
      fault,
      expectedEnd(fault).outcome,
      expectedEnd(fault).code,
    ]);
    expect(ends).toEqual(wanted);
    for (const device of await world.simulator.list())
      expect([device.fault, device.fired]).toEqual([device.fault, device.fault !== null]);
  });

  test('accounts for each sealed key: on its board with a certificate, or void with an event', () => {
    const sealed = count("SELECT count(*) AS n FROM audit_event WHERE type = 'injection-intended'");
    expect(sealed).toBeGreaterThan(devices);
    expect(count('SELECT count(*) AS n FROM key')).toBe(sealed);
    const certified = 'SELECT spki_sha256 FROM certificate';
    expect(count(`SELECT count(*) AS n FROM key WHERE discarded = 0 AND spki_sha256 NOT IN (${certified})`)).toBe(0);
    expect(count(`SELECT count(*) AS n FROM key WHERE discarded = 1 AND spki_sha256 IN (${certified})`)).toBe(0);
    const voided = "SELECT json_extract(body, '$.spkiSha256') FROM audit_event WHERE type = 'key-voided'";
    expect(count(`SELECT count(*) AS n FROM key WHERE discarded = 1 AND spki_sha256 NOT IN (${voided})`)).toBe(0);
    expect(count(`SELECT count(*) AS n FROM (${voided} GROUP BY 1 HAVING count(*) > 1)`)).toBe(0);
  });

  test('says in every record how its keys came', () => {
    const cableGuard = keyMode === 'injected' ? 'risk-accepted' : 'psk';
    expect(world.station.status().lot).toMatchObject({ keyMode: 'injected', cableGuard });
    for (const type of ['device-seen', 'injection-intended'])
      expect(
        count(
          `SELECT count(*) AS n FROM audit_event WHERE type = '${type}' AND json_extract(body, '$.cableGuard') IS NOT '${cableGuard}'`,
        ),
      ).toBe(0);
  });

  test('keeps nothing of what was sent', () => {
    const bodies = database.prepare("SELECT body FROM audit_event WHERE type = 'injection-intended'").all();
    for (const row of bodies) {
      const body = z.object({ body: z.string() }).parse(row);
      expect(Object.keys(JSON.parse(body.body)).sort()).toEqual(
        ['cableGuard', 'deviceNonce', 'hwid', 'jobId', 'nonce', 'spkiSha256', 'was'].sort(),
      );
    }
  });
});
