// The devices that the suite knows, by the name that a person gives.
import type { DeviceUnderTest } from '../device-under-test.ts';
import { EmulatedDevice } from './emulated-device.ts';
import { HostDevice } from './host-device.ts';
import { SerialDevice } from './serial-device.ts';
import { SimulatedDevice } from './simulated-device.ts';

export interface DeviceOptions {
  readonly port?: string | undefined;
  readonly baud?: string | undefined;
  readonly erase?: string | undefined;
  readonly mutant?: string | undefined;
}

/** Throws an Error that says what is missing. */
export function deviceNamed(name: string, { port, baud, erase, mutant }: DeviceOptions): DeviceUnderTest {
  const planted = mutant === undefined ? null : Number(mutant);
  switch (name) {
    case 'simulator':
      return new SimulatedDevice(planted);
    case 'host':
      return new HostDevice(planted);
    case 'emulated':
      return new EmulatedDevice();
    case 'serial':
      if (port === undefined) throw new Error('say which port: --device serial --port /dev/ttyACM0');
      return new SerialDevice({ port, baud: baud === undefined ? undefined : Number(baud), erase });
    default:
      throw new Error(`no device is called ${name}: simulator, host, emulated or serial`);
  }
}
