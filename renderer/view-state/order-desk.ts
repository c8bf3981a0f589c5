// Orders on their way to the station: at most one a slot, so that a second touch does nothing, and why the last one was
// refused, as long as the slot is as it was.
import type { ErrorCode } from '../../domain/error-table.ts';
import type { SlotView } from '../../domain/station-event.ts';
import type { Answer } from '../answer.ts';
import { refusalCode } from './refusal-code.ts';

/** What an order is about: a slot as a person saw it. */
export type SlotSeen = Pick<SlotView, 'slot' | 'sinceMs'>;

export interface OrderState {
  readonly busy: boolean;
  /** Why the last one was refused; null when it was not. */
  readonly refusal: ErrorCode | null;
  /** The special case of that refusal; empty where there is none. */
  readonly detail: string;
}

interface Kept extends OrderState {
  readonly sinceMs: number;
}

const NOT_REFUSED = { refusal: null, detail: '' } as const;
const IDLE: OrderState = { busy: false, ...NOT_REFUSED };

export class OrderDesk {
  #orders: ReadonlyMap<string, Kept> = new Map();
  readonly #listeners = new Set<() => void>();

  /** Called after each change; the answer ends it. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Another value after each change. */
  orders(): ReadonlyMap<string, OrderState> {
    return this.#orders;
  }

  of({ slot, sinceMs }: SlotSeen): OrderState {
    const kept = this.#orders.get(slot);
    if (kept === undefined) return IDLE;
    // One that is on its way keeps the next from being sent, whatever the slot is by now.
    return kept.busy || kept.sinceMs === sinceMs ? kept : IDLE;
  }

  /** What the call came to; null, and no call, while another order for the slot is on its way. */
  async send<T>({ slot, sinceMs }: SlotSeen, call: () => Promise<Answer<T>>): Promise<Answer<T> | null> {
    if (this.#orders.get(slot)?.busy) return null;
    this.#put(slot, { busy: true, ...NOT_REFUSED, sinceMs });
    const answer = await call();
    const refused = answer.ok ? NOT_REFUSED : { refusal: refusalCode(answer.code), detail: answer.detail };
    this.#put(slot, { busy: false, ...refused, sinceMs });
    return answer;
  }

  #put(slot: string, order: Kept): void {
    this.#orders = new Map(this.#orders).set(slot, order);
    for (const listener of this.#listeners) listener();
  }
}
