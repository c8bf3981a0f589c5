// What a fault is: a name, what it does, and how the line must end with it, in the words of the error table.
import type { ErrorCode } from '../../domain/error-table.ts';
import type { Outcome } from '../../domain/job.ts';
import type { DeviceDescription } from '../device-record.ts';
import type { DeviceHooks, DeviceState, DeviceTraits } from '../device-state.ts';
import type { SeededRandom } from '../seeded-random.ts';

export interface FaultTools {
  /** Seeded for this device. */
  readonly random: SeededRandom;
  /** Tells that the fault struck; only the first call counts. */
  fired(): void;
  /** Out of the slot, and in again about a second later. */
  unplug(): void;
  /** Puts a device that was in no slot before in this one's place, without an unplug; false when there is none left. */
  swap(): boolean;
}

export interface Fault {
  readonly name: string;
  readonly does: string;
  /** How the last job of the device ends; code null where it passes. */
  readonly end: { readonly outcome: Outcome; readonly code: ErrorCode | null };
  /** Firmware aboard at first, where the fault needs another than the line's devices have. */
  readonly aboard?: 'old' | 'bare';
  readonly traits?: Partial<DeviceTraits>;
  /** The board differs in what it is. */
  alter?(description: DeviceDescription): DeviceDescription;
  /** The board has a past: called once, before it comes to the line. */
  prepare?(state: DeviceState): void;
  hooks?(tools: FaultTools): DeviceHooks;
}

/** The end of what a bounded number of retries must get over. */
export const RECOVERS: Fault['end'] = { outcome: 'passed', code: null };

export function failsWith(code: ErrorCode): Fault['end'] {
  return { outcome: 'failed', code };
}

export function abortsWith(code: ErrorCode): Fault['end'] {
  return { outcome: 'aborted', code };
}
