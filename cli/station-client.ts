// The typed client of a station: over the socket of whoever holds the data folder, or straight to the router in this
// process. Both throw the same KeylineErrors, and both ask whoever is at the terminal to sign in where a call needs it.
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { Agent, fetch as fetchOver } from 'undici';
import type { TerminalSignIn } from '../contract/people-api.ts';
import type { stationApi } from '../contract/station-api.ts';
import { KeylineError } from '../domain/errors.ts';
import type { StationEvent } from '../domain/station-event.ts';
import { fromWire } from '../station/api/keyline-wire.ts';
import { SESSION_HEADER } from '../station/api/local-socket.ts';
import type { Caller } from '../station/api/rights.ts';
import type { StationRouter } from '../station/api/station-router.ts';

export type StationApiClient = ContractRouterClient<typeof stationApi>;

export interface StationClient {
  readonly api: StationApiClient;
  close(): Promise<void>;
}

/** Asks whoever is at the terminal who they are; `pinToo`: the badge that was given takes its PIN. Throws NOT_SIGNED_IN. */
export type AskPerson = (pinToo: boolean) => Promise<TerminalSignIn>;

/** A client for programs that nobody sits at: what takes a person is refused. */
const ASK_NOBODY: AskPerson = async () => {
  throw new KeylineError('NOT_SIGNED_IN');
};

/** Client over a socket's address. No time-outs: an answer ends with the board in work, and a dead host cuts the socket. */
export function socketClient(address: string, askPerson: AskPerson = ASK_NOBODY): StationClient {
  const agent = new Agent({ connect: { socketPath: address }, headersTimeout: 0, bodyTimeout: 0 });
  const signing = new TerminalSession(askPerson, () => api);
  const link = new RPCLink({
    url: 'http://station/',
    async fetch({ url, method, headers, body, signal }) {
      const sent = body === null ? null : await new Response(body).text();
      const { session } = signing;
      const own: [string, string][] = session === null ? [] : [[SESSION_HEADER, session]];
      const all = [...headers, ...own];
      const answer = await fetchOver(url, { method, headers: all, body: sent, signal, dispatcher: agent });
      // The one stream, by the name that the types of a page know it by too.
      return new Response(answer.body as ReadableStream | null, {
        status: answer.status,
        headers: [...answer.headers],
      });
    },
    interceptors: [signing.intercept, plainErrors],
  });
  const api: StationApiClient = createORPCClient(link);
  return {
    api,
    async close() {
      await signing.end();
      await agent.destroy();
    },
  };
}

/** Client of a station in this process. */
export function routerClient(router: StationRouter, askPerson: AskPerson = ASK_NOBODY): StationClient {
  const signing = new TerminalSession(askPerson, () => api);
  // Read anew when a call is made once more: the library keeps the context of the first time.
  const context: Caller = {
    caller: 'operator',
    hosts: true,
    get session() {
      return signing.session;
    },
  };
  const api: StationApiClient = createRouterClient(router, {
    context,
    interceptors: [signing.intercept, plainErrors],
  });
  return { api, close: () => signing.end() };
}

/** Asks for a PIN only where the person has one to give beside the badge. Throws as `ask` and `open`. */
export async function openSessionBy(ask: AskPerson, open: (given: TerminalSignIn) => Promise<string>): Promise<string> {
  const given = await ask(false);
  try {
    return await open(given);
  } catch (error) {
    const pinNeeded = error instanceof KeylineError && error.code === 'PIN_MISSING' && given.badge !== null;
    if (!pinNeeded) throw error;
  }
  const { pin } = await ask(true);
  return open({ ...given, pin });
}

/** Who signed in at this terminal, from the first call that takes a person to the end of the command. */
class TerminalSession {
  session: string | null = null;
  readonly #ask: AskPerson;
  readonly #api: () => StationApiClient;
  #opening: Promise<void> | null = null;

  constructor(ask: AskPerson, api: () => StationApiClient) {
    this.#ask = ask;
    this.#api = api;
  }

  /** A call that was refused for want of a person is made once more when one has signed in: nothing of it was done. */
  readonly intercept = async <T>({ next }: { next: () => Promise<T> }): Promise<T> => {
    try {
      return await next();
    } catch (error) {
      const refused = fromWire(error);
      if (!(refused instanceof KeylineError && refused.code === 'NOT_SIGNED_IN') || this.session !== null) throw error;
      this.#opening ??= this.#open();
      await this.#opening;
      return next();
    }
  };

  async #open(): Promise<void> {
    const { people } = this.#api();
    this.session = await openSessionBy(this.#ask, async (given) => (await people.openSession(given)).session);
  }

  /** A station that has gone took the session with it. */
  async end(): Promise<void> {
    const { session } = this;
    this.session = null;
    if (session !== null)
      await this.#api()
        .people.closeSession({ session })
        .catch(() => {});
  }
}

/** Events until the stream ends. Throws KeylineError STATION_GONE, WATCHER_SLOW. */
export async function* stationEvents(api: StationApiClient, signal: AbortSignal): AsyncGenerator<StationEvent, void> {
  try {
    yield* await api.events(undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw fromWire(error);
  }
}

async function plainErrors<T>({ next }: { next: () => Promise<T> }): Promise<T> {
  try {
    return await next();
  } catch (error) {
    throw fromWire(error);
  }
}
