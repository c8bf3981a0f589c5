// Every device that ships is held to the document by the same list of cases.
import { beforeAll, describe, expect, test } from 'vitest';
import { buildFirmware } from '../../scripts/firmware-build.ts';
import { ALL_CASES } from './all-cases.ts';
import type { DeviceUnderTest } from './device-under-test.ts';
import { EmulatedDevice } from './devices/emulated-device.ts';
import { HostDevice } from './devices/host-device.ts';
import { SimulatedDevice } from './devices/simulated-device.ts';
import { runSuite } from './suite-run.ts';

async function held(device: DeviceUnderTest): Promise<{ cases: number; broken: string[]; leftOut: number }> {
  const verdicts = await runSuite(device, ALL_CASES);
  return {
    cases: verdicts.length,
    broken: verdicts.flatMap((verdict) =>
      verdict.verdict === 'broken'
        ? [[`${verdict.case.clause} ${verdict.case.title}: ${verdict.reason}`, ...verdict.transcript].join('\n  ')]
        : [],
    ),
    leftOut: verdicts.filter(({ verdict }) => verdict === 'left out').length,
  };
}

describe('the device protocol', () => {
  test('is kept by virtual devices', async () => {
    expect(await held(new SimulatedDevice())).toEqual({ cases: ALL_CASES.length, broken: [], leftOut: 0 });
  });

  describe('by the device agent', () => {
    beforeAll(() => void buildFirmware());

    test('is kept as a process of this computer', async () => {
      // What it lacks: a store that fails, a busy device, and image upload.
      expect(await held(new HostDevice())).toEqual({ cases: ALL_CASES.length, broken: [], leftOut: 6 });
    });

    test('is kept on an emulated board', async () => {
      const { cases, broken, leftOut } = await held(new EmulatedDevice());
      expect({ cases, broken }).toEqual({ cases: ALL_CASES.length, broken: [] });
      expect(leftOut).toBeLessThan(ALL_CASES.length / 10);
    });
  });
});
