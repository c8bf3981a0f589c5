import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorRow } from '../domain/errors.ts';
import { HardwareId } from '../domain/ids.ts';
import { planDevices } from './device-plan.ts';
import { FAULTS } from './faults/fault-list.ts';

const seeds = fc.integer({ min: 0, max: 1_000_000 });

describe('a plan of devices', () => {
  it('has every fault at least once, and the same plan for the same seed', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: FAULTS.length + 2, max: 80 }), (seed, devices) => {
        const plan = planDevices(seed, devices, 'all');
        expect(plan).toHaveLength(devices);
        expect(
          plan
            .map(({ fault }) => fault)
            .filter(Boolean)
            .toSorted(),
        ).toEqual(FAULTS.map(({ name }) => name).toSorted());
        expect(planDevices(seed, devices, 'all')).toEqual(plan);
      }),
      { numRuns: 30 },
    );
  });

  it('gives distinct hardware ids, but for the copy, which comes after a healthy original', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const plan = planDevices(seed, 60, 'all');
        const copy = plan.findIndex(({ fault }) => fault === 'duplicate-hwid');
        const original = plan.findIndex(({ hwid }) => hwid === plan[copy]?.hwid);
        expect(original).toBeLessThan(copy);
        expect(plan[original]?.fault).toBeNull();
        expect(new Set(plan.map(({ hwid }) => hwid)).size).toBe(59);
        for (const { hwid } of plan) expect(HardwareId.safeParse(hwid).success).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('has healthy devices only where no fault is wanted', () => {
    expect(planDevices(1, 24, []).every(({ fault }) => fault === null)).toBe(true);
  });

  it('has as many boards of a fault as it is named times', () => {
    const plan = planDevices(3, 10, ['wrong-model', 'wrong-model', 'done-by-us', 'wrong-model']);
    expect(plan.filter(({ fault }) => fault === 'wrong-model')).toHaveLength(3);
    expect(plan.filter(({ fault }) => fault === 'done-by-us')).toHaveLength(1);
  });

  it('refuses two copies in one run', () => {
    expect(() => planDevices(1, 24, ['duplicate-hwid', 'duplicate-hwid'])).toThrow(/once a run/);
  });

  it('refuses a fault that does not exist, and too few devices', () => {
    expect(() => planDevices(1, 24, ['gremlins'])).toThrow(/no fault gremlins/);
    expect(() => planDevices(1, 5, 'all')).toThrow(/at least/);
  });
});

describe('the list of faults', () => {
  it('has each name once, and ends as the error table says', () => {
    expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
    for (const { end } of FAULTS) {
      if (end.code === null) expect(end.outcome).toBe('passed');
      else expect(errorRow(end.code).outcome).toBe(end.outcome);
    }
  });
});
