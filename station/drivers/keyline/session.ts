// What the parts of the driver share: the client on the present port, and what the device can take at once.
import type { Clock, Random } from '../../../domain/seams.ts';
import type { SmpClient } from '../../smp/smp-client.ts';

export interface Session {
  /** Replaced when the port went away in a restart and came back. */
  client: SmpClient;
  /** Read again at each identify: a new agent may have less. */
  capacity: Capacity;
  readonly clock: Clock;
  readonly random: Random;
}

export interface Capacity {
  /** Largest whole SMP message, either way. */
  readonly maxMessageBytes: number;
  /** Requests that the device can hold. */
  readonly window: number;
}

/** buf_size counts two bytes of length and two of checksum too. */
const FRAMING_BYTES = 4;
/** More than 8 brings nothing on a serial line: 4 fill it already. */
const MAX_WINDOW = 8;

export function capacityOf(bufferBytes: number, bufferCount: number): Capacity {
  return { maxMessageBytes: bufferBytes - FRAMING_BYTES, window: Math.min(bufferCount, MAX_WINDOW) };
}

/** For devices that do not tell: less than Zephyr's default of 384, one request at a time. */
export const UNKNOWN_CAPACITY = capacityOf(256, 1);
