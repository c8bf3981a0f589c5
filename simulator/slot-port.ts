// What the station finds in an occupied slot: a byte channel that appears with the device and goes with it.

import { KeylineError } from '../domain/errors.ts';
import type { Clock } from '../domain/seams.ts';

export interface SlotPort {
  /** Bytes to the station; dropped while nobody is connected. */
  write(bytes: Uint8Array): void;
  /** Settles when the channel can no longer be found. */
  close(): Promise<void>;
}

/** The processes and listeners start in tens of milliseconds; a loaded machine gets this long. */
const OPEN_MS = 10_000;

/** `opening`, or PORTS_INVALID when it takes too long. */
export function withinOpenTime<T>(clock: Clock, path: string, opening: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(OPEN_MS, () => reject(new KeylineError('PORTS_INVALID', `${path} did not open`)));
    opening.then(resolve, reject).finally(cancel);
  });
}
