// Stands in for the service where a fault needs the inside of a request: TLS ends here, under a certificate of the service's
// own CA, which the station trusts. Hands requests on as the station itself, with its practice key.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import Database from 'better-sqlite3';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { openAuthority } from '../../../cloud/service-authority.ts';
import { systemClock } from '../../../station/clock.ts';
import { PRACTICE_PASSPHRASE } from '../../../station/identity/ca-folder.ts';
import { Secret } from '../../../station/identity/secret.ts';
import { openStationKey } from '../../../station/identity/station-key.ts';
import { systemRandom } from '../../../station/random.ts';
import type { Violation } from '../checker/books.ts';
import type { NetworkKind } from './network-fault.ts';

export interface DoorTo {
  /** Port of the service; the same after each of its restarts. */
  readonly port: number;
  /** Folder of the service: the front names itself by its CA. */
  readonly service: string;
}

/** Neither JSON nor text. */
const GARBAGE = Buffer.from(Array.from({ length: 512 }, (_, i) => (i * 167) & 0xff));

export class ServiceFront {
  readonly violations: Violation[] = [];
  readonly #to: DoorTo;
  readonly #fired: (kind: NetworkKind) => void;
  readonly #http: Server;
  #tls: TlsServer | null = null;
  #agent: Agent | null = null;
  /** By the port that the station connects from. */
  readonly #faults = new Map<number, NetworkKind>();

  constructor(to: DoorTo, fired: (kind: NetworkKind) => void) {
    this.#to = to;
    this.#fired = fired;
    this.#http = createServer((asked, answer) => void this.#answer(asked, answer).catch(() => answer.destroy()));
  }

  async open(): Promise<void> {
    const authority = await openAuthority(this.#to.service, true, { clock: systemClock, random: systemRandom });
    const { keyPem, certificatePem } = authority.nameServer('localhost');
    this.#tls = createTlsServer({ key: keyPem, cert: certificatePem, minVersion: 'TLSv1.3' }, (socket) => {
      socket.on('error', () => {});
      this.#http.emit('connection', socket);
    });
    this.#tls.on('tlsClientError', () => {});
  }

  /** The station whose requests it hands on, by its data folder. */
  async actFor(data: string): Promise<void> {
    const key = await openStationKey(join(data, 'keys/station.key.pem'), Secret.fromText(PRACTICE_PASSPHRASE));
    const database = new Database(join(data, 'station.db'), { readonly: true });
    const row = database.prepare('SELECT station_certificate_pem AS cert, service_ca_pem AS ca FROM enrolment').get();
    database.close();
    const { cert, ca } = z.object({ cert: z.string(), ca: z.string() }).parse(row);
    this.#agent = new Agent({ connect: { ca, cert, key: key.tlsKey(), minVersion: 'TLSv1.3' } });
  }

  take(station: Socket, kind: NetworkKind): void {
    if (station.remotePort !== undefined) this.#faults.set(station.remotePort, kind);
    this.#tls?.emit('connection', station);
  }

  close(): void {
    void this.#agent?.destroy();
    this.#tls?.close();
    this.#http.close();
  }

  async #answer(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of asked) parts.push(part as Buffer);
    const kind = this.#faults.get(asked.socket.remotePort ?? 0) ?? '500';
    switch (kind) {
      case '429':
        answer.writeHead(429, { 'retry-after': '1' });
        break;
      case '500':
      case '503':
        answer.writeHead(Number(kind));
        break;
      case 'garbage':
        answer.writeHead(200, { 'content-type': 'application/json' });
        break;
      default: {
        const first = await this.#handOn(asked, Buffer.concat(parts));
        if (kind === 'answer-lost') {
          this.#fired(kind);
          answer.destroy();
          return;
        }
        const again = await this.#handOn(asked, Buffer.concat(parts));
        // The answer to a checkpoint is signed each time anew.
        const same = again.status === 200 && (again.text === first.text || asked.url !== '/v1/registrations');
        if (first.status === 200 && !same)
          this.violations.push({
            rule: 'repeatedRequestIsHarmless',
            ids: `${asked.method} ${asked.url}: ${again.status}`,
          });
        this.#fired(kind);
        answer.writeHead(first.status, { 'content-type': 'application/json' });
        answer.end(first.text);
        return;
      }
    }
    this.#fired(kind);
    answer.end(kind === 'garbage' ? GARBAGE : '{}');
  }

  async #handOn({ method, url, headers }: IncomingMessage, body: Buffer): Promise<{ status: number; text: string }> {
    if (!this.#agent) throw new Error('it acts for no station');
    const kept = ['content-type', 'idempotency-key', 'keyline-epoch'].flatMap((name) =>
      headers[name] === undefined ? [] : [[name, String(headers[name])] as const],
    );
    const response = await request(new URL(url ?? '/', `https://localhost:${this.#to.port}`), {
      method: method as 'GET' | 'POST' | 'PUT',
      dispatcher: this.#agent,
      headers: Object.fromEntries(kept),
      body: body.length === 0 ? null : body,
    });
    return { status: response.statusCode, text: await response.body.text() };
  }
}
