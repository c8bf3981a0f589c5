// The devices that the suite knows, by the name that a person gives.
import type { DeviceUnderTest } from '../device-under-test.ts';
import { SimulatedDevice } from './simulated-device.ts';

export interface DeviceOptions {
  readonly port?: string | undefined;
  readonly mutant?: string | undefined;
}

export async function deviceNamed(name: string, { mutant }: DeviceOptions): Promise<DeviceUnderTest> {
  switch (name) {
    case 'simulator':
      return new SimulatedDevice(mutant === undefined ? null : Number(mutant));
    default:
      throw new Error(`no device is called ${name}: simulator`);
  }
}
