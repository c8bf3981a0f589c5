// The typed client of a station: over the socket of whoever holds the data folder, or straight to the router in this
// process. Both throw the same KeylineErrors.
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { Agent, fetch as fetchOver } from 'undici';
import type { stationApi } from '../contract/station-api.ts';
import type { StationEvent } from '../domain/station-event.ts';
import { fromWire } from '../station/api/keyline-wire.ts';
import type { StationRouter } from '../station/api/station-router.ts';

export type StationApiClient = ContractRouterClient<typeof stationApi>;

export interface StationClient {
  readonly api: StationApiClient;
  close(): Promise<void>;
}

/** Client over a socket's address. No time-outs: an answer ends with the board in work, and a dead host cuts the socket. */
export function socketClient(address: string): StationClient {
  const agent = new Agent({ connect: { socketPath: address }, headersTimeout: 0, bodyTimeout: 0 });
  const link = new RPCLink({
    url: 'http://station/',
    async fetch({ url, method, headers, body, signal }) {
      const sent = body === null ? null : await new Response(body).text();
      const answer = await fetchOver(url, { method, headers: [...headers], body: sent, signal, dispatcher: agent });
      // The one stream, by the name that the types of a page know it by too.
      return new Response(answer.body as ReadableStream | null, {
        status: answer.status,
        headers: [...answer.headers],
      });
    },
    interceptors: [plainErrors],
  });
  const api: StationApiClient = createORPCClient(link);
  return { api, close: () => agent.destroy() };
}

/** Client of a station in this process. */
export function routerClient(router: StationRouter): StationClient {
  return {
    api: createRouterClient(router, { context: { caller: 'operator' }, interceptors: [plainErrors] }),
    close: async () => {},
  };
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
