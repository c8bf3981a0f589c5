// Every device that ships is held to the document by the same list of cases.
import { describe, expect, test } from 'vitest';
import { missingFirmwareTools } from '../../scripts/firmware-tools.ts';
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

// At the same time: most of a suite's time is one board starting or thinking.
describe.concurrent('the device protocol', () => {
  test('is kept by virtual devices', async () => {
    expect(await held(new SimulatedDevice())).toEqual({ cases: ALL_CASES.length, broken: [], leftOut: 0 });
  });

  describe.runIf(missingFirmwareTools().length === 0)('by the device agent', () => {
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
