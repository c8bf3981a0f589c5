import { expect, test } from 'vitest';
import type { DeviceRecord } from '../../contract/devices-api.ts';
import { deviceRecord, foundDevice } from '../../test/samples/device-views.ts';
import { slotView } from '../../test/samples/station-views.ts';
import type { Answer } from '../answer.ts';
import { boardOnLine, RecordDesk, type RecordSight, seenOf } from './record-desk.ts';

const HERE = deviceRecord();
const OTHER = deviceRecord({
  device: foundDevice({ deviceId: 870, deviceSerial: '48213-0870', hwid: '240ac49f116f' }),
});
const scrapped = (record: DeviceRecord) => ({ ...record, device: { ...record.device, state: 'scrapped' as const } });

type Shown = Answer<DeviceRecord | null>;
const at = (value: DeviceRecord | null) => async (): Promise<Shown> => ({ ok: true, value });

/** An answer that is on its way. */
function late() {
  let arrive: (answer: Shown) => void = () => {};
  const answer = new Promise<Shown>((resolve) => {
    arrive = resolve;
  });
  return { ask: () => answer, arrive: (value: DeviceRecord) => arrive({ ok: true, value }) };
}

function desk() {
  const told: RecordSight[] = [];
  return { records: new RecordDesk((sight) => told.push(sight)), now: () => told.at(-1), told };
}

test('only the newest of what was looked for is shown, whatever comes last', async () => {
  const { records, now } = desk();
  const slow = late();
  const first = records.open('48213-0869', slow.ask);
  await records.open('48213-0870', at(OTHER));
  slow.arrive(HERE);
  expect(await first).toMatchObject({ ok: true, value: HERE });
  expect(now()?.shown).toBe(OTHER);
});

test('what was closed while its answer was on its way stays closed', async () => {
  const { records, now } = desk();
  const slow = late();
  const opening = records.open('48213-0869', slow.ask);
  records.close();
  slow.arrive(HERE);
  await opening;
  expect(now()?.shown).toBeNull();
});

test('what came of a board never covers the record that is open by now', async () => {
  const { records, now } = desk();
  await records.open('48213-0869', at(HERE));
  const slow = late();
  const looking = records.look(slow.ask);
  await records.open('48213-0870', at(OTHER));
  slow.arrive(HERE);
  await looking;
  records.put(scrapped(HERE));
  expect(now()?.shown).toBe(OTHER);
});

test('an answer from before a decision does not take it back', async () => {
  const { records, now } = desk();
  await records.open('48213-0869', at(HERE));
  const slow = late();
  const looking = records.look(slow.ask);
  records.put(scrapped(HERE));
  slow.arrive(HERE);
  await looking;
  expect(now()?.shown?.device.state).toBe('scrapped');
});

test('a decision about the board that is shown leaves what is looked for on its way', async () => {
  const { records, now } = desk();
  await records.open('48213-0869', at(HERE));
  const slow = late();
  const opening = records.open('48213-0870', slow.ask);
  records.put(scrapped(HERE));
  slow.arrive(OTHER);
  await opening;
  expect(now()?.shown).toBe(OTHER);
});

test('another look shows the board as it is now, by its hardware id where it has no serial', async () => {
  const { records, now } = desk();
  const bare = deviceRecord({ device: foundDevice({ deviceSerial: null, state: 'in-work' }) });
  await records.open('240ac49f116e', at(bare));
  const names: string[] = [];
  await records.look(async (device) => {
    names.push(device);
    return { ok: true, value: HERE };
  });
  expect(names).toEqual(['240ac49f116e']);
  expect(now()?.shown).toBe(HERE);
});

test('a look that is refused keeps the record; a find that is refused is not a missing record', async () => {
  const { records, now } = desk();
  const gone = async (): Promise<Shown> => ({ ok: false, code: 'STATION_GONE', detail: '' });
  await records.open('48213-0869', at(HERE));
  await records.look(gone);
  expect(now()?.shown).toBe(HERE);
  await records.open('48213-0870', gone);
  expect(now()).toMatchObject({ shown: null, missing: null, refused: { code: 'STATION_GONE' } });
  await records.open('48213-0871', at(null));
  expect(now()).toMatchObject({ shown: null, missing: '48213-0871', refused: null });
});

test('a device that passed stands otherwise than it did in work', () => {
  const inWork = deviceRecord({ device: foundDevice({ state: 'in-work' }), identity: null });
  expect(seenOf(inWork)).toEqual({ state: 'in-work', certificate: null });
  expect(seenOf(HERE)).toEqual({ state: 'passed', certificate: 'live' });
});

test('the line tells another thing of a board when it goes on, and nothing new when another board does', () => {
  const hwid = '240ac49f116e';
  const inWork = slotView({ slot: '1', hwid, state: 'working', jobId: 7 });
  const beside = slotView({ slot: '2', hwid: '240ac49f116f', state: 'working', jobId: 8 });
  const before = boardOnLine([inWork, beside], hwid);
  expect(boardOnLine([inWork, { ...beside, state: 'passed' }], hwid)).toBe(before);
  expect(boardOnLine([{ ...inWork, state: 'passed', outcome: 'passed' }, beside], hwid)).not.toBe(before);
  expect(boardOnLine([beside], hwid)).not.toBe(before);
});
