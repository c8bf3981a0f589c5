import { expect, test } from 'vitest';
import { deviceEvent, deviceRecord, foundDevice } from '../../test/samples/device-views.ts';
import { boardSlip } from './board-slip.ts';

const sent = { type: 'device-reworked', reason: 'repaired', person: 'Linh Trần', seq: 8420 } as const;
const EVENTS = [
  deviceEvent({ ...sent, seq: 8400, reason: 'other' }),
  deviceEvent(sent),
  deviceEvent({ type: 'device-scrapped', reason: 'damaged', person: 'María Ríos', seq: 8430 }),
];

test('a board that waits for its re-work has a slip with the last reason, who gave it, and the event', () => {
  const device = foundDevice({ state: 'in-rework' });
  expect(boardSlip({ device, events: EVENTS })).toMatchObject({
    ...{ kind: 'rework', code: '48213-0869', reason: 'repaired', person: 'Linh Trần', seq: 8420 },
  });
});

test('the slip of a scrapped board without a serial has its hardware id as its code', () => {
  const device = foundDevice({ state: 'scrapped', deviceSerial: null });
  expect(boardSlip({ device, events: EVENTS })).toMatchObject({ kind: 'scrap', code: device.hwid, seq: 8430 });
});

test.each(['passed', 'failed', 'in-work', 'revoked'] as const)('a board that is %s has none', (state) => {
  expect(boardSlip({ ...deviceRecord(), device: foundDevice({ state }), events: EVENTS })).toBeNull();
});
