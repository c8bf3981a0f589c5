// A question to a board that sits in a slot, without a job: the slot's own loop puts it, between two looks, so that it
// never meets a job's exchange on the same port. Bounded.
import { KeylineError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/seams.ts';
import type { SlotView } from '../../domain/station-event.ts';
import type { DeviceDriver } from '../drivers/driver.ts';
import type { SlotOrders } from './slot-orders.ts';

/** A slot comes to it within its look of a second; a proof's own time-outs and retries end before this. */
const CHALLENGE_MS = 20_000;

export interface Challenge<T> {
  readonly clock: Clock;
  readonly orders: Pick<SlotOrders, 'send'>;
  readonly slot: string;
  readonly ask: (driver: DeviceDriver) => Promise<T>;
}

/** Throws NO_ANSWER after 20 s, and what `ask` throws. */
export function challenge<T>({ clock, orders, slot, ask }: Challenge<T>): Promise<{ slot: string; answer: T }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ slot: string; answer: T }>();
  const cancel = clock.after(CHALLENGE_MS, () => {
    orders.send(null);
    reject(new KeylineError('NO_ANSWER', `slot ${slot} did not come to it`));
  });
  orders.send(async (driver) => {
    try {
      resolve({ slot, answer: await ask(driver) });
    } catch (error) {
      reject(error);
    }
  });
  return promise.finally(cancel);
}

/** A job works in the slot, or it is about to find out. */
export function isBusy({ state }: Pick<SlotView, 'state'>): boolean {
  return state === 'working' || state === 'locking' || state === 'looking';
}
