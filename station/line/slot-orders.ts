// What a person told the slot that a board sits in, until the slot's loop takes it at its edge. One order a card: the
// view changes with it, so that nobody can give a second one before the loop has moved on.
import type { Clock } from '../../domain/seams.ts';
import type { DeviceDriver } from '../drivers/driver.ts';

/** A question to the board that sits in the slot, while no job works on it. Never rejects. */
export type Errand = (driver: DeviceDriver) => Promise<void>;

export class SlotOrders {
  #afresh = false;
  #leave: string | null = null;
  #answered = false;
  #errand: Errand | null = null;
  #wake: () => void = () => {};

  /** Leave the wait and look anew; `leave` is the hardware id of the board that may have one more job. */
  lookAfresh(leave: string | null): void {
    this.#afresh = true;
    this.#leave = leave;
    this.#wake();
  }

  /** Somebody answered the card: it comes back only if its board still does. */
  answer(): void {
    this.#answered = true;
    this.#wake();
  }

  /** One at a time: the one before it is forgotten. Null takes back what was not begun. */
  send(errand: Errand | null): void {
    this.#errand = errand;
    if (errand !== null) this.#wake();
  }

  takeErrand(): Errand | null {
    const errand = this.#errand;
    this.#errand = null;
    return errand;
  }

  get afresh(): boolean {
    return this.#afresh;
  }

  /** Begins a look: forgets what was told before; the leave that this look has. */
  begin(): string | null {
    const leave = this.#leave;
    this.#leave = null;
    this.#afresh = false;
    this.#answered = false;
    return leave;
  }

  takeAnswer(): boolean {
    const answered = this.#answered;
    this.#answered = false;
    return answered;
  }

  /** Settles after `delayMs`, at once when something is or was told, or when the signal aborts. */
  pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted || this.#afresh || this.#answered || this.#errand !== null) return resolve();
      const done = () => {
        this.#wake = () => {};
        signal.removeEventListener('abort', done);
        cancel();
        resolve();
      };
      const cancel = clock.after(delayMs, done);
      this.#wake = done;
      signal.addEventListener('abort', done, { once: true });
    });
  }
}
