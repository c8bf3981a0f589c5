// The signing CAs as the station lists them, and what a security officer tells one: one order at a time, its result or
// refusal at its card. A passphrase or PIN passes through and is kept nowhere.
import type { CaView } from '../../contract/signing-api.ts';
import type { ErrorCode } from '../../domain/error-table.ts';
import type { StationFeed } from '../station-feed.ts';
import { refusalCode } from './refusal-code.ts';

/** What the last order came to. */
export type CaResult =
  | { readonly kind: 'opened' }
  /** Whole milliseconds, as the station took them. */
  | { readonly kind: 'tested'; readonly signMs: number }
  /** `before`: the CA that signed until now; null where none did. */
  | { readonly kind: 'activated'; readonly before: string | null; readonly boards: number }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly detail: string };

export interface SigningSight {
  /** The active one first; null until the station has answered. */
  readonly cas: readonly CaView[] | null;
  /** Why there is no list; null when there is one. */
  readonly refused: ErrorCode | null;
  /** The CA that an order is on its way for. */
  readonly busy: string | null;
  /** The CA that is about to be made active, while the person is asked. */
  readonly asks: string | null;
  readonly said: { readonly name: string; readonly result: CaResult } | null;
}

const AT_FIRST: SigningSight = { cas: null, refused: null, busy: null, asks: null, said: null };

export class SigningDesk {
  #sight = AT_FIRST;
  /** The list is asked for; once more when it has come where it was wanted meanwhile. */
  #looking: 'no' | 'once' | 'again' = 'no';
  readonly #feed: Pick<StationFeed, 'ask'>;
  readonly #listeners = new Set<() => void>();

  constructor(feed: Pick<StationFeed, 'ask'>) {
    this.#feed = feed;
  }

  sight(): SigningSight {
    return this.#sight;
  }

  /** Called after each change; the answer ends it. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks for the list. Wanted many times while one is on its way, it is asked for once more. */
  async look(): Promise<void> {
    if (this.#looking !== 'no') {
      this.#looking = 'again';
      return;
    }
    do {
      this.#looking = 'once';
      const answer = await this.#feed.ask((api) => api.signing.list());
      this.#put(answer.ok ? { cas: answer.value, refused: null } : { refused: refusalCode(answer.code) });
    } while (this.#isWantedAgain());
    this.#looking = 'no';
  }

  unlock(name: string, passphrase: string): Promise<void> {
    return this.#order(name, async () => {
      const answer = await this.#feed.ask((api) => api.signing.unlock({ passphrase }));
      return answer.ok ? OPENED : refusedBy(answer);
    });
  }

  login(name: string, pin: string): Promise<void> {
    return this.#order(name, async () => {
      const answer = await this.#feed.ask((api) => api.signing.login({ name, pin }));
      return answer.ok ? OPENED : refusedBy(answer);
    });
  }

  test(name: string): Promise<void> {
    return this.#order(name, async () => {
      const answer = await this.#feed.ask((api) => api.signing.test({ name }));
      return answer.ok ? { kind: 'tested', signMs: Math.round(answer.value.signMs) } : refusedBy(answer);
    });
  }

  /** Asks the person before the CA is made active; null asks no more. */
  askBefore(name: string | null): void {
    if (this.#sight.busy === null) this.#put({ asks: name, said: null });
  }

  /** `boards`: how many are in work now, and finish under the CA before. */
  activate(name: string, boards: number): Promise<void> {
    const before = this.#sight.cas?.find(({ state }) => state === 'active')?.name ?? null;
    return this.#order(name, async () => {
      const answer = await this.#feed.ask((api) => api.signing.rotate({ name }));
      if (!answer.ok) return refusedBy(answer);
      this.#put({ cas: answer.value });
      return { kind: 'activated', before, boards };
    });
  }

  /** Nothing while another order is on its way. */
  async #order(name: string, work: () => Promise<CaResult>): Promise<void> {
    if (this.#sight.busy !== null) return;
    this.#put({ busy: name, asks: null, said: null });
    const result = await work();
    this.#put({ busy: null, said: { name, result } });
    await this.look();
  }

  #isWantedAgain(): boolean {
    return this.#looking === 'again';
  }

  #put(change: Partial<SigningSight>): void {
    this.#sight = { ...this.#sight, ...change };
    for (const listener of this.#listeners) listener();
  }
}

const OPENED: CaResult = { kind: 'opened' };

function refusedBy({ code, detail }: { readonly code: string; readonly detail: string }): CaResult {
  return { kind: 'refused', code: refusalCode(code), detail };
}
