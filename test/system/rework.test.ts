// Re-work, scrap, revocation and the live check, with real jobs, records and boards behind them: before the lock a board is
// made once more under its serial with another key, after it its identity never changes.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openQueries, type StationQueries } from '../../db/queries.ts';
import type { ErrorCode } from '../../domain/error-table.ts';
import type { StationEvent } from '../../domain/station-event.ts';
import { IDENTITY_COMMAND, IDENTITY_GROUP, IDENTITY_RC } from '../../protocol/identity-group.ts';
import type { DeviceHooks } from '../../simulator/device-state.ts';
import { identityError } from '../../simulator/reply.ts';
import { lastWords, type MemoryBench, openBench } from './memory-bench.ts';

let bench: MemoryBench;
async function open(options: Parameters<typeof openBench>[0] = {}): Promise<MemoryBench> {
  bench = await openBench(options);
  return bench;
}
afterEach(() => bench.close());

const HWID = 'a1b2c3d4e5f60718';
const ended = (count: number) => (events: readonly StationEvent[]) => lastWords(events).length >= count;

function read<T>(look: (records: StationQueries) => T): T {
  const records = openQueries(bench.database);
  try {
    return records.together(() => look(records));
  } finally {
    records.close();
  }
}

function refusal(work: () => unknown): ErrorCode | string {
  try {
    work();
    return 'nothing was refused';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

/** Faults at this command while `sick`. */
function ailing(command: keyof typeof IDENTITY_COMMAND, sick: () => boolean): DeviceHooks {
  return {
    onRequest: ({ group, command: asked }) =>
      group === IDENTITY_GROUP && asked === IDENTITY_COMMAND[command] && sick()
        ? identityError(IDENTITY_RC.FAULT)
        : ('serve' as const),
  };
}

const record = () => {
  const found = bench.station.devices.show(HWID);
  if (!found) throw new Error('there is no such device');
  return found;
};
/** As somebody decides who is shown the record as it is now. */
const order = <Reason extends string>(reason: Reason) => {
  const { device, identity } = record();
  return { deviceId: device.deviceId, reason, seen: { state: device.state, certificate: identity?.state ?? null } };
};
const sendToRework = () => bench.station.devices.rework('linh', order('repaired'));
const journal = (type: string) =>
  read((records) => [...records.auditEvents()].filter((event) => event.type === type)).map(({ actorId, body }) => ({
    actorId,
    ...JSON.parse(body),
  }));

/** Both equations of CERTAINTY.md. */
function expectSums(): void {
  const { signed, live, void: voided, inWork } = read((records) => records.certificateCounts());
  expect(signed).toBe(live + voided + inWork);
  const { made, registered, waiting, refused } = read((records) => records.syncCounts());
  expect(made).toBe(registered + waiting + refused);
}

describe('a board whose certificate could not be installed', () => {
  async function refused(): Promise<() => void> {
    let sick = true;
    await open();
    bench.ports.insert('1', bench.board({ hooks: ailing('item', () => sick) }));
    await bench.until(ended(1));
    return () => {
      sick = false;
    };
  }

  test('is refused until a person sends it to re-work; then it passes where it sits, with its serial and a new key', async () => {
    const mend = await refused();
    const before = record();
    expect(before).toMatchObject({ device: { state: 'errored', deviceSerial: 'T-0001' }, identity: { state: 'void' } });
    mend();
    expect(sendToRework()).toMatchObject({ device: { state: 'in-rework', deviceSerial: 'T-0001' } });
    await bench.until(ended(2));
    expect(lastWords(bench.events).at(-1)).toBe('passed');
    const after = record();
    expect(after).toMatchObject({ device: { state: 'passed', deviceSerial: 'T-0001' }, identity: { state: 'live' } });
    expect(after.identity?.spkiSha256).not.toBe(before.identity?.spkiSha256);
    expect(after.attempts.map(({ outcome }) => outcome)).toEqual(['errored', 'passed']);
    expect(bench.store.lotTally('L1')).toMatchObject({ passed: 1, errored: 0, signatures: 2 });
    expect(bench.store.waiting(9).map(({ kind }) => kind)).toEqual(['void', 'register']);
    expect(journal('device-reworked')).toEqual([
      { actorId: 'linh', hwid: HWID, deviceSerial: 'T-0001', jobId: null, reason: 'repaired' },
    ]);
    expect(journal('key-voided')).toContainEqual(
      expect.objectContaining({ spkiSha256: before.identity?.spkiSha256, because: 're-work' }),
    );
    expectSums();
  });

  test('waits in re-work over a restart of the station, and once is enough', async () => {
    const mend = await refused();
    sendToRework();
    bench.ports.eject('1');
    mend();
    expect(refusal(sendToRework)).toBe('REWORK_WAITS');
    await bench.restart();
    expect(record().device.state).toBe('in-rework');
    bench.ports.insert('2', bench.board());
    await bench.until((events) => lastWords(events).includes('passed'));
    expect(record().device).toMatchObject({ state: 'passed', deviceSerial: 'T-0001' });
    expect(refusal(sendToRework)).toBe('IDENTITY_FIXED');
    expectSums();
  });
});

test('a board that was pulled out with its certificate on it is made anew: the new key wipes the old leaf', async () => {
  const { ports, board, until, store } = await open();
  let held = true;
  const slow: DeviceHooks = {
    delayMs: ({ group, command }) =>
      held && group === IDENTITY_GROUP && command === IDENTITY_COMMAND.lock ? 60_000 : 0,
  };
  const line = board({ hooks: slow });
  ports.insert('1', line);
  await until(() => store.standingCertificate(1)?.state === 'installed');
  expect(refusal(sendToRework)).toBe('DEVICE_IN_WORK');
  expect(refusal(() => bench.station.devices.scrap('linh', order('damaged')))).toBe('DEVICE_IN_WORK');
  ports.eject('1');
  await until(() => bench.station.status().slots[0]?.code === 'PULLED_OUT');
  await until(() => refusal(sendToRework) === 'nothing was refused' || record().device.state === 'in-rework');
  expect(record()).toMatchObject({
    device: { state: 'in-rework', deviceSerial: 'T-0001' },
    identity: { state: 'void' },
  });
  expect(store.waiting(9).map(({ kind }) => kind)).toEqual(['void']);
  held = false;
  ports.insert('2', line);
  await until(ended(1));
  expect(lastWords(bench.events)).toEqual(['passed']);
  expect(record().device).toMatchObject({ state: 'passed', deviceSerial: 'T-0001' });
  expect(store.waiting(9).map(({ kind }) => kind)).toEqual(['void', 'register']);
  expectSums();
});

test('a scrapped board is refused for ever, and a signature does not come back', async () => {
  const { ports, board, until, station, store } = await open();
  let sick = true;
  const line = board({ hooks: ailing('item', () => sick) });
  ports.insert('1', line);
  await until(ended(1));
  ports.eject('1');
  expect(station.devices.scrap('maria', order('damaged')).device.state).toBe('scrapped');
  expect(journal('device-scrapped')).toMatchObject([{ actorId: 'maria', hwid: HWID, reason: 'damaged' }]);
  sick = false;
  ports.insert('2', line);
  await until(() => station.status().slots[1]?.code === 'SCRAPPED');
  expect(refusal(sendToRework)).toBe('SCRAPPED');
  expect(refusal(() => station.devices.scrap('maria', order('damaged')))).toBe('SCRAPPED');
  expect(store.lotTally('L1')).toMatchObject({ passed: 0, signatures: 1 });
  expect(record().can).toEqual(['save', 'check']);
  expectSums();
});

describe('a board that passed', () => {
  async function passed() {
    await open();
    bench.ports.insert('1', bench.board());
    await bench.until(ended(1));
    return record();
  }

  test('proves itself in its slot when it is asked, without a job, and the answer is on record', async () => {
    const { device } = await passed();
    const events = bench.events.length;
    const check = await bench.station.devices.check('linh', device.deviceId);
    expect(check).toMatchObject({ slot: '1', faults: [], life: 'locked', isVoid: false });
    expect(journal('identity-checked')).toEqual([
      {
        ...{ actorId: 'linh', hwid: HWID, deviceSerial: 'T-0001', certificateId: 1, slot: '1', faults: [] },
        transcriptSha256: check.transcriptSha256,
      },
    ]);
    expect(bench.store.jobsOf(device.deviceId, 'L1')).toBe(1);
    expect(bench.events).toHaveLength(events);
    expect(bench.station.status().slots[0]?.state).toBe('passed');
    const again = await bench.station.devices.check('linh', device.deviceId);
    expect(again.transcriptSha256).not.toBe(check.transcriptSha256);
  });

  test('is not scrapped or made again by who was shown it as it was before', async () => {
    const { device } = await passed();
    const { devices } = bench.station;
    const before = { deviceId: device.deviceId, seen: { state: 'in-work', certificate: 'installed' } } as const;
    expect(refusal(() => devices.scrap('maria', { ...before, reason: 'damaged' }))).toBe('ROW_CHANGED');
    expect(refusal(() => devices.rework('linh', { ...before, reason: 'repaired' }))).toBe('ROW_CHANGED');
    const sameState = { ...order('damaged'), seen: { state: 'passed', certificate: 'void' } } as const;
    expect(refusal(() => devices.scrap('maria', sameState))).toBe('ROW_CHANGED');
    expect(record().device.state).toBe('passed');
    expect(journal('device-scrapped')).toEqual([]);
  });

  test('is asked for where it is not in a slot', async () => {
    const { device } = await passed();
    bench.ports.eject('1');
    await bench.until(() => bench.station.status().slots[0]?.state === 'empty');
    await expect(bench.station.devices.check('linh', device.deviceId)).rejects.toMatchObject({
      code: 'DEVICE_NOT_HERE',
    });
    expect(journal('identity-checked')).toEqual([]);
  });

  test('may be scrapped with its live identity, which is revoked apart; then it is void at the service too', async () => {
    const { device } = await passed();
    const { devices } = bench.station;
    expect(devices.scrap('maria', order('damaged'))).toMatchObject({
      ...{ device: { state: 'scrapped' }, identity: { state: 'live' }, can: ['save', 'check', 'revoke'] },
    });
    const revocation = { deviceId: device.deviceId, reason: 'stolen', second: null };
    expect(await devices.revoke('rose', revocation)).toMatchObject({ identity: { state: 'void', reason: 'REVOKED' } });
    await expect(devices.revoke('rose', revocation)).rejects.toMatchObject({ code: 'NO_IDENTITY' });
    expect(bench.store.waiting(9).map(({ kind }) => kind)).toEqual(['register', 'void']);
    expect(journal('identity-revoked')).toMatchObject([{ actorId: 'rose', secondId: null, reason: 'stolen' }]);
    expectSums();
  });

  test('is told from the records: between its neighbours, not sealed yet, saved, waiting for the cloud', async () => {
    const { device, seal, places, identity } = await passed();
    const [certificate] = read((records) => records.certificatesOf(device.deviceId));
    expect(identity).toMatchObject({
      ...{ fingerprint: certificate?.fingerprint, spkiSha256: certificate?.spkiSha256, notAfterMs: null },
    });
    const last = read((records) => [...records.auditEvents()].find(({ type }) => type === 'job-passed'));
    expect(seal).toMatchObject({ seq: last?.seq, before: (last?.seq ?? 0) - 1, state: 'open' });
    expect(places).toMatchObject({
      savedMs: last?.timeMs,
      copiedMs: null,
      cloud: { state: 'waiting', place: 1, waiting: 1 },
    });
    const { file } = bench.station.devices.save(device.deviceId);
    expect(basename(file)).toBe('T-0001.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      device: { hwid: HWID },
      certificates: [{ state: 'live' }],
    });
    expect(bench.station.devices.show('T-9999')).toBeNull();
  });
});

test('revoking takes another security officer, with their own PIN', async () => {
  const { ports, board, until, station } = await open();
  ports.insert('1', board());
  await until(ended(1));
  const person = (name: string, role: 'security-officer' | 'supervisor', pin: string) =>
    station.people.add('operator', { name, role, pin, badge: null });
  const rose = await person('Rose', 'security-officer', '271828');
  const maria = await person('María', 'supervisor', '161803');
  const ada = await person('Ada', 'security-officer', '314159');
  const order = { deviceId: record().device.deviceId, reason: 'stolen' };
  const revoke = (second: { personId: string; pin: string } | null) =>
    station.devices.revoke(rose.personId, { ...order, second: second && { ...second, badge: null } });
  await expect(revoke(null)).rejects.toMatchObject({ code: 'SECOND_OFFICER' });
  await expect(revoke({ personId: rose.personId, pin: '271828' })).rejects.toMatchObject({ code: 'SECOND_OFFICER' });
  await expect(revoke({ personId: maria.personId, pin: '161803' })).rejects.toMatchObject({ code: 'SECOND_OFFICER' });
  await expect(revoke({ personId: ada.personId, pin: '111111' })).rejects.toMatchObject({ code: 'PIN_WRONG' });
  expect(record().device.state).toBe('passed');
  expect((await revoke({ personId: ada.personId, pin: '314159' })).device.state).toBe('revoked');
  expect(journal('identity-revoked')).toMatchObject([{ actorId: rose.personId, secondId: ada.personId }]);
});
