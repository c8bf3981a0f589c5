// The station's end of one screen's message port. Takes only what a call of the API can be: a JSON text of bounded
// length with the members of a request or of its end. Everything else is refused before the API's library sees it.
import { z } from 'zod';
import type { Clock } from '../domain/seams.ts';
import { MAX_MESSAGE_CHARS } from './parent-messages.ts';

/** One picture of a 60 Hz screen, whole milliseconds: what comes within it is sent together. */
const FRAME_MS = 16;

const Id = z.string().min(1).max(40);

/** A request without headers, files or streams: the API has none; or the end of one (type 4). */
const PeerMessage = z.union([
  z.strictObject({
    i: Id,
    p: z.strictObject({
      u: z.string().regex(/^\/[a-z/]{1,64}$/i),
      b: z.unknown().optional(),
      m: z.enum(['POST', 'GET']).optional(),
    }),
  }),
  z.strictObject({ i: Id, t: z.literal(4), p: z.unknown().optional() }),
]);

type Listener = (event?: { data: unknown }) => void;

export interface StationPortEnds {
  readonly clock: Clock;
  readonly send: (frame: unknown[]) => void;
  /** Hears each refusal, without the content. */
  readonly refused: () => void;
}

/** In the shape that the API's library takes a port in. */
export class StationPort {
  readonly #ends: StationPortEnds;
  readonly #listeners: Record<string, Listener[]> = { message: [], close: [] };
  #frame: unknown[] = [];

  constructor(ends: StationPortEnds) {
    this.#ends = ends;
  }

  on(event: string, listener: Listener): void {
    this.#listeners[event]?.push(listener);
  }

  postMessage(data: unknown): void {
    this.#frame.push(data);
    if (this.#frame.length > 1) return;
    this.#ends.clock.after(FRAME_MS, () => {
      const frame = this.#frame;
      this.#frame = [];
      this.#ends.send(frame);
    });
  }

  deliver(data: unknown): void {
    if (!isCall(data)) return this.#ends.refused();
    for (const listener of this.#listeners.message ?? []) listener({ data });
  }

  /** The screen is gone: its calls and streams end. */
  shut(): void {
    for (const listener of this.#listeners.close ?? []) listener();
  }
}

function isCall(data: unknown): data is string {
  if (typeof data !== 'string' || data.length > MAX_MESSAGE_CHARS) return false;
  try {
    return PeerMessage.safeParse(JSON.parse(data)).success;
  } catch {
    return false;
  }
}
