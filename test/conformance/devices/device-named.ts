// The devices that the suite knows, by the name that a person gives.
import type { DeviceUnderTest } from '../device-under-test.ts';
import { EmulatedDevice } from './emulated-device.ts';
import { HostDevice } from './host-device.ts';
import { SimulatedDevice } from './simulated-device.ts';

export interface DeviceOptions {
  readonly port?: string | undefined;
  readonly mutant?: string | undefined;
}

/** Throws an Error that says which there are. */
export function deviceNamed(name: string, { mutant }: DeviceOptions): DeviceUnderTest {
  const planted = mutant === undefined ? null : Number(mutant);
  switch (name) {
    case 'simulator':
      return new SimulatedDevice(planted);
    case 'host':
      return new HostDevice(planted);
    case 'emulated':
      return new EmulatedDevice();
    default:
      throw new Error(`no device is called ${name}: simulator, host or emulated`);
  }
}
