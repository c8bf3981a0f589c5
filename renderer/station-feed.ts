// What the screens stand on: the station's view, folded once a frame, and the few commands they may send. Says plainly
// when no station is there yet, or no more.
import type { StationEvent } from '../domain/station-event.ts';
import { type Answer, answerOf, GONE } from './answer.ts';
import type { StationApiClient } from './station-client.ts';
import { fold, type StationView, viewOf } from './view-state/station-view.ts';

export type StationSight =
  | { readonly kind: 'starting' }
  | { readonly kind: 'live'; readonly view: StationView }
  | { readonly kind: 'gone' }
  /** It does not start; with its last sentence. */
  | { readonly kind: 'gave-up'; readonly sentence: string };

export type { Answer };

export interface StationFeed {
  sight(): StationSight;
  /** Called after each change; the answer ends it. */
  watch(listener: () => void): () => void;
  /** One call of the station's API; never rejects: a station that is not there answers STATION_GONE. */
  ask<T>(call: (api: StationApiClient) => Promise<T>): Promise<Answer<T>>;
}

/** Times in a row that a stream may end at once before the station counts as gone: one for a slow window, two to spare. */
const RETRIES = 3;
/** Events folded at once while no picture is drawn, as in a window that is hidden: 64 slots, 16 changes each. */
const MOST_WAITING = 1024;

export class LiveFeed implements StationFeed {
  #sight: StationSight = { kind: 'starting' };
  #client: StationApiClient | null = null;
  /** The stream whose pictures count. */
  #stream: symbol | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #nextFrame: (work: () => void) => void;

  /** `nextFrame` runs the work before the next picture. */
  constructor(nextFrame: (work: () => void) => void) {
    this.#nextFrame = nextFrame;
  }

  sight(): StationSight {
    return this.#sight;
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async ask<T>(call: (api: StationApiClient) => Promise<T>): Promise<Answer<T>> {
    return this.#client === null ? GONE : answerOf(call(this.#client));
  }

  /** No station comes any more. */
  giveUp(sentence: string): void {
    this.#client = null;
    this.#stream = null;
    this.#put({ kind: 'gave-up', sentence });
  }

  /** Follows this station until `gone` aborts, its stream ends, or another one is followed. */
  async follow(client: StationApiClient, gone: AbortSignal): Promise<void> {
    this.#client = client;
    for (let tries = 0; tries < RETRIES && !gone.aborted && this.#client === client; tries++) {
      try {
        if (await this.#read(client, gone)) tries = 0;
      } catch {
        // Asked again below; after RETRIES the screen says that the station is gone.
      }
    }
    if (this.#client !== client) return;
    this.#client = null;
    this.#stream = null;
    this.#put({ kind: 'gone' });
  }

  /** Whether any event came. Watches before it asks for the status: an event between the two is folded twice, not lost. */
  async #read(client: StationApiClient, gone: AbortSignal): Promise<boolean> {
    const here = Symbol('stream');
    this.#stream = here;
    const events = await client.events(undefined, { signal: gone });
    let view = viewOf(await client.status(undefined, { signal: gone }));
    this.#put({ kind: 'live', view });
    let waiting: StationEvent[] = [];
    let came = false;
    const show = () => {
      view = fold(view, waiting);
      waiting = [];
      if (this.#stream === here) this.#put({ kind: 'live', view });
    };
    for await (const event of events) {
      came = true;
      waiting.push(event);
      if (waiting.length === 1) this.#nextFrame(show);
      else if (waiting.length === MOST_WAITING) show();
    }
    return came;
  }

  #put(sight: StationSight): void {
    this.#sight = sight;
    for (const listener of this.#listeners) listener();
  }
}
