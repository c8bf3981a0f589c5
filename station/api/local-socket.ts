// The station's API on the data folder's local socket (DESIGN 3, Processes): HTTP over a UNIX socket that only the
// folder's owner may open, or a named pipe. Refuses bodies that no message of the API needs.
import { chmodSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/node';
import { KeylineError } from '../../domain/errors.ts';
import type { Caller } from './rights.ts';
import { dropAddress, freshAddress, type SocketPlace } from './socket-address.ts';
import type { StationRouter } from './station-router.ts';

/** Longest message, bytes: paths of 4,096 characters, 4 bytes each, twice, and some words. */
const MAX_BODY_BYTES = 65_536;

/** Clients at once: every terminal and window of one person, with much to spare. */
const MAX_CONNECTIONS = 64;

/** Carries the session of whoever signed in at the terminal that calls. */
export const SESSION_HEADER = 'keyline-session';

export interface LocalSocket {
  readonly address: string;
  /** Takes no new requests, lets those in work be answered, ends the watchers' streams, removes the socket. */
  close(): Promise<void>;
  /** Cuts off whatever is still in work: then `close` settles. */
  cut(): void;
}

/** Serves the router. The caller holds the folder's lock. Throws DATA_FOLDER_UNUSABLE. */
export async function serveLocalSocket(router: StationRouter, place: SocketPlace): Promise<LocalSocket> {
  const handler = new RPCHandler(router, { plugins: [new BodyLimitPlugin({ maxBodySize: MAX_BODY_BYTES })] });
  const watchers = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    if (request.url === '/events') {
      watchers.add(response);
      response.once('close', () => watchers.delete(response));
    }
    answer(handler, request, response).catch(() => response.destroy());
  });
  server.maxConnections = MAX_CONNECTIONS;
  const address = freshAddress(place);
  await listen(server, address);
  // Its folder is closed to others as well; until here nobody knows that it exists.
  if (place.platform !== 'win32') chmodSync(address, 0o600);
  return {
    address,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          dropAddress(place);
          resolve();
        });
        server.closeIdleConnections();
        for (const watcher of watchers) watcher.destroy();
      }),
    cut: () => server.closeAllConnections(),
  };
}

async function answer(handler: RPCHandler<Caller>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const session = request.headers[SESSION_HEADER];
  const context: Caller = { caller: 'operator', session: typeof session === 'string' ? session : null };
  const { matched } = await handler.handle(request, response, { context });
  if (!matched) response.writeHead(404, { 'content-type': 'text/plain' }).end('no such call\n');
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new KeylineError('DATA_FOLDER_UNUSABLE', `its socket: ${cause.message}`, {}, cause)),
    );
    server.listen(address, resolve);
  });
}
