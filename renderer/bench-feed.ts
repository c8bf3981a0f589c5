// The practice bench as the screens see it: what stands on it, and what hands may do there. There is none beside a real
// line.
import type { BenchView } from '../contract/bench-api.ts';
import { type Answer, answerOf, GONE } from './answer.ts';
import type { BenchApiClient } from './bench-client.ts';

export interface BenchFeed {
  /** Null while there is no practice bench. */
  sight(): BenchView | null;
  /** Called after each change; the answer ends it. */
  watch(listener: () => void): () => void;
  /** One call of the bench's API; never rejects: a bench that is not there answers STATION_GONE. */
  ask<T>(call: (api: BenchApiClient) => Promise<T>): Promise<Answer<T>>;
}

export class LiveBench implements BenchFeed {
  #view: BenchView | null = null;
  #client: BenchApiClient | null = null;
  readonly #listeners = new Set<() => void>();

  sight(): BenchView | null {
    return this.#view;
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async ask<T>(call: (api: BenchApiClient) => Promise<T>): Promise<Answer<T>> {
    return this.#client === null ? GONE : answerOf(call(this.#client));
  }

  /** Follows this bench until `gone` aborts, its stream ends, or another one is followed. */
  async follow(client: BenchApiClient, gone: AbortSignal): Promise<void> {
    this.#client = client;
    try {
      // Watched before it is asked: what changes between the two comes as an event.
      const events = await client.events(undefined, { signal: gone });
      this.#put(client, await client.status(undefined, { signal: gone }));
      for await (const view of events) this.#put(client, view);
    } catch {
      // The port closed: below, the bench is gone.
    }
    this.#put(client, null);
  }

  #put(client: BenchApiClient, view: BenchView | null): void {
    if (this.#client !== client) return;
    if (view === null) this.#client = null;
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }
}
