// What the robot of a practice bench does and what it leaves alone, on boards that are only counted.
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { LotView, StationEvent } from '../../domain/station-event.ts';
import { FakeClock } from '../../simulator/fake-clock.ts';
import type { ListedDevice } from '../../simulator/simulator-process.ts';
import { lotView, slotView } from '../../test/samples/station-views.ts';
import { BenchSlots, type Boards } from './bench-slots.ts';
import { EndlessRobot, TAKE_OUT_MS } from './endless-robot.ts';

const LOT = { lotId: 'P1', state: 'released', quantity: 100, passed: 0 } as const;

function openRobot({ slots: count = 3, boards = 50 } = {}) {
  const clock = new FakeClock();
  let trays = 0;
  const open = async (): Promise<Boards> => {
    const tray = trays++;
    const device = (index: number): ListedDevice => ({
      ...{ device: index, hwid: `tray-${tray}-${index}`, fault: null, fired: false, slot: null },
      expected: { outcome: 'passed', code: null },
    });
    const devices = Array.from({ length: boards }, (_, index) => device(index));
    return { devices, insert: async () => {}, eject: async () => {}, stop: async () => {} };
  };
  const asked: string[] = [];
  const bug = (error: unknown) => {
    throw error;
  };
  return open().then((first) => {
    const slots = new BenchSlots(count, first, open, () => {});
    const robot = new EndlessRobot({ clock, slots, onBug: bug, lotFull: () => asked.push('lot') });
    const passed = (slot: number): StationEvent => ({
      ...{ type: 'job-ended', slot: String(slot), jobId: 1, hwid: slots.sitting(slot)?.device.hwid ?? null },
      ...{ deviceSerial: null, outcome: 'passed', code: null, durationMs: 1 },
    });
    return {
      ...{ slots, robot, asked, passed, trays: () => trays },
      lot: (change: Partial<LotView> = {}) => robot.look({ lot: lotView({ ...LOT, ...change }), slots: [] }),
      /** Takes its time, and lets hands come to their end. */
      async wait(ms: number) {
        await setImmediate();
        clock.advance(ms);
        await setImmediate();
      },
    };
  });
}

describe('the robot of a practice bench', () => {
  test('waits for a lot, then fills every slot', async () => {
    const { robot, slots, lot } = await openRobot();
    robot.set(true);
    expect(slots.occupied).toEqual([]);
    lot();
    expect(slots.occupied).toEqual([1, 2, 3]);
  });

  test('takes a finished board out after a look at it, and puts another one in', async () => {
    const { robot, slots, lot, passed, wait } = await openRobot();
    robot.set(true);
    lot();
    const first = slots.sitting(2);
    robot.station(passed(2));
    await wait(TAKE_OUT_MS - 1);
    expect(slots.sitting(2)).toBe(first);
    await wait(1);
    expect(slots.sitting(2)).not.toBe(first);
    expect(slots.occupied).toEqual([1, 2, 3]);
  });

  test('touches nothing while it is off, and goes on with what it finds when it is on again', async () => {
    const { robot, slots, lot, passed, wait } = await openRobot();
    lot();
    await slots.insert(1, 'good');
    const byHand = slots.sitting(1);
    robot.station(passed(1));
    await wait(TAKE_OUT_MS * 2);
    expect(slots.occupied).toEqual([1]);
    robot.set(true);
    expect(slots.occupied).toEqual([1, 2, 3]);
    await wait(TAKE_OUT_MS);
    expect(slots.sitting(1)).not.toBe(byHand);
  });

  test('lets the screen say what became of a board that a hand pulled out', async () => {
    const { robot, slots, lot, wait } = await openRobot();
    robot.set(true);
    lot();
    const pulled = slots.sitting(1)?.device;
    robot.rest(1);
    await slots.eject(1);
    lot();
    expect(slots.occupied).toEqual([2, 3]);
    await wait(TAKE_OUT_MS);
    expect(slots.sitting(1)?.device).toBe(pulled);
  });

  test('uses no slot that is off, and uses it again when it is on', async () => {
    const { robot, slots, lot } = await openRobot();
    robot.station({ type: 'slot-changed', slot: slotView({ slot: '2', state: 'off' }) });
    robot.set(true);
    lot();
    expect(slots.occupied).toEqual([1, 3]);
    robot.station({ type: 'slot-changed', slot: slotView({ slot: '2', state: 'empty' }) });
    expect(slots.occupied).toEqual([1, 2, 3]);
  });

  test('puts in no more boards than the lot has left', async () => {
    const { robot, slots, lot } = await openRobot();
    robot.set(true);
    lot({ passed: 98 });
    expect(slots.occupied).toEqual([1, 2]);
  });

  test('asks once for the next lot, when the last board of a full one is out', async () => {
    const { robot, slots, lot, passed, wait, asked } = await openRobot();
    robot.set(true);
    lot({ passed: 99 });
    robot.station(passed(1));
    robot.station({ type: 'lot-changed', lot: lotView({ ...LOT, passed: 100 }), current: true });
    expect(asked).toEqual([]);
    await wait(TAKE_OUT_MS);
    expect(slots.occupied).toEqual([]);
    await wait(TAKE_OUT_MS);
    lot({ passed: 100 });
    await wait(TAKE_OUT_MS);
    expect(asked).toEqual(['lot']);
    lot({ lotId: 'P2' });
    expect(slots.occupied).toEqual([1, 2, 3]);
  });

  test('puts nothing into a lot that is held', async () => {
    const { robot, slots, lot } = await openRobot();
    robot.set(true);
    lot({ state: 'held' });
    expect(slots.occupied).toEqual([]);
  });

  test('gets other boards when all are used', async () => {
    const { robot, slots, lot, passed, wait, trays } = await openRobot({ slots: 2, boards: 2 });
    robot.set(true);
    lot();
    robot.station(passed(1));
    robot.station(passed(2));
    await wait(TAKE_OUT_MS);
    await wait(0);
    expect(trays()).toBe(2);
    expect(slots.occupied).toEqual([1, 2]);
    expect(slots.sitting(1)?.device.hwid).toBe('tray-1-0');
  });

  test('takes the word of a board that has left for nobody else', async () => {
    const { robot, slots, lot, passed, wait } = await openRobot();
    robot.set(true);
    lot();
    const late = passed(1);
    robot.rest(1);
    await slots.eject(1);
    await wait(TAKE_OUT_MS);
    const next = slots.sitting(1);
    robot.station({ ...late, hwid: 'another' } as StationEvent);
    await wait(TAKE_OUT_MS);
    expect(slots.sitting(1)).toBe(next);
  });
});
