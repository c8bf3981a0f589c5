// The security service of a world: its real rules over its real store, asked in memory, and everything that can happen
// between it and a station. A dead service answers nobody until it is started again on its file.
import { createHash } from 'node:crypto';
import { ORPCError } from '@orpc/server';
import type { z } from 'zod';
import { takeCheckpoint } from '../../../cloud/checkpoints.ts';
import { heldPage } from '../../../cloud/held.ts';
import { putIssuer } from '../../../cloud/issuers.ts';
import type { RegistrationStore } from '../../../cloud/registration-store.ts';
import { registerBatch } from '../../../cloud/registrations.ts';
import type { Service } from '../../../cloud/service-context.ts';
import { openSqliteStore } from '../../../cloud/sqlite-store.ts';
import { PROBLEMS, type ProblemCode } from '../../../contract/security-service/problem.ts';
import { RegistrationBatch } from '../../../contract/security-service/registration.ts';
import { IssuerChainText } from '../../../contract/security-service.ts';
import { SignedCheckpoint } from '../../../domain/checkpoint.ts';
import { KeylineError } from '../../../domain/errors.ts';
import type { Clock } from '../../../domain/seams.ts';
import { readAnswer, type ServiceAnswer, type ServiceHttp } from '../../../station/outbox/connectors/service-http.ts';
import { systemRandom } from '../../../station/random.ts';
import type { Chance } from './chance.ts';
import { Crash } from './crash.ts';
import type { Fault, FaultLanes } from './fault-lanes.ts';
import type { Sightings } from './sightings.ts';
import { type Factory, HARDWARE_TYPE, OTHER_STATION_ID, STATION_ID } from './world-factory.ts';

/** Over a factory's uplink. */
const WAY_MS = 15;
/** As the product's own limit on an answer. */
const ANSWER_LIMIT_MS = 35_000;

interface Request {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body: string | null;
  readonly idempotencyKey?: string;
  readonly epoch?: number;
}

export interface ServiceWorld {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly lanes: FaultLanes;
  readonly sightings: Sightings;
}

type Doom = 'before' | 'inside' | 'after';

export class WorldService {
  readonly path: string;
  readonly #world: ServiceWorld;
  readonly #service: Omit<Service, 'store'>;
  #store: RegistrationStore | null;
  #doom: Doom | 'full' | null = null;

  constructor(path: string, factory: Factory, world: ServiceWorld) {
    this.path = path;
    this.#world = world;
    this.#service = { authority: factory.authority, practice: true, clock: world.clock, random: systemRandom };
    this.#store = openSqliteStore(path);
  }

  /** How a station reaches it. `alive` is false once that station is dead. */
  http(alive: () => boolean): ServiceHttp {
    const { clock } = this.#world;
    const open = new Set<(error: unknown) => void>();
    return {
      exchange: (order) =>
        new Promise((resolve, reject) => {
          const { answer, ...request } = order;
          let ended = false;
          const end = (settle: () => void) => {
            if (ended) return;
            ended = true;
            open.delete(fail);
            if (alive()) settle();
          };
          const fail = (error: unknown) => end(() => reject(error));
          open.add(fail);
          clock.after(ANSWER_LIMIT_MS, () => fail(new KeylineError('SERVICE_UNREACHABLE', 'UND_ERR_HEADERS_TIMEOUT')));
          this.#send(request, (said) =>
            end(() => {
              if (said === null) return reject(new KeylineError('SERVICE_UNREACHABLE', 'ECONNRESET'));
              try {
                resolve(readAnswer(said, answer));
              } catch (error) {
                reject(error);
              }
            }),
          );
        }),
      async close() {
        for (const fail of [...open]) fail(new KeylineError('SERVICE_UNREACHABLE', 'UND_ERR_DESTROYED'));
      },
    };
  }

  #send(request: Request, answer: (said: ServiceAnswer | null) => void): void {
    const { clock, lanes, sightings } = this.#world;
    sightings.note({ type: 'call' });
    const fault = lanes.at('call');
    const arrive = (act: () => ServiceAnswer | null) =>
      void clock.after(WAY_MS, () => {
        const said = act();
        clock.after(WAY_MS, () => answer(said));
      });
    if (!fault) return arrive(() => this.#handle(request));
    // Seen when the station asks again; a request that comes twice, when the service answers it twice.
    if (fault.kind !== 'request-twice') sightings.expect(fault, ({ type }) => type === 'call');
    this.#strike(fault, request, arrive);
  }

  #strike(fault: Fault, request: Request, arrive: (act: () => ServiceAnswer | null) => void): void {
    const { chance, clock } = this.#world;
    switch (fault.kind) {
      case 'throttle':
        return arrive(() => problem('TOO_MANY_REQUESTS', String(chance.between(1, 8))));
      case 'service-failed':
        return arrive(() => {
          const variant = chance.between(0, 2);
          if (variant === 0) return problem('SERVICE_FAULT');
          if (variant === 1) return { status: 503, text: '<h1>503 Service Unavailable</h1>', retryAfter: '3' };
          this.#doom = 'full';
          return this.#handle(request) ?? problem('SERVICE_FULL');
        });
      case 'garbage':
        return arrive(() => garbled(chance, chance.percent(50) ? this.#handle(request) : null));
      case 'answer-lost':
        return arrive(() => {
          this.#handle(request);
          return null;
        });
      case 'request-twice':
        clock.after(chance.between(WAY_MS + 1, 5_000), () => {
          if (this.#handle(request)) fault.observed();
        });
        return arrive(() => this.#handle(request));
      case 'service-hangs':
        if (chance.percent(50)) clock.after(WAY_MS, () => this.#handle(request));
        return;
      case 'service-crash':
        return arrive(() => {
          this.#doom = chance.pick<Doom>(['before', 'inside', 'after']);
          this.#handle(request);
          this.#die();
          return null;
        });
      default:
        throw new Error(`${fault.kind} is no fault of a service`);
    }
  }

  /** Killed now, started again soon. */
  #die(): void {
    this.#store?.close();
    this.#store = null;
    this.#doom = null;
    this.#world.clock.after(this.#world.chance.between(100, 2_000), () => {
      this.#store = openSqliteStore(this.path);
    });
  }

  /** Null where nobody answers. */
  #handle(request: Request): ServiceAnswer | null {
    const store = this.#store;
    if (!store) return null;
    try {
      return { status: 200, text: JSON.stringify(this.#answer(this.#doomed(store), request)), retryAfter: undefined };
    } catch (error) {
      if (error instanceof Crash) return null;
      if (error instanceof ORPCError) {
        const { status, code, message } = error;
        return { status, text: JSON.stringify({ code, message }), retryAfter: undefined };
      }
      if (error instanceof KeylineError) return problem(error.code === 'DISK_FULL' ? 'SERVICE_FULL' : 'SERVICE_FAULT');
      throw error;
    } finally {
      this.#doom = null;
    }
  }

  #doomed(store: RegistrationStore): RegistrationStore {
    const doom = this.#doom;
    if (doom === null) return store;
    return {
      ...store,
      transaction(work) {
        if (doom === 'before') throw new Crash();
        const done = store.transaction(() => {
          const result = work();
          if (doom === 'inside') throw new Crash();
          if (doom === 'full') throw new KeylineError('DISK_FULL');
          return result;
        });
        if (doom === 'after') throw new Crash();
        return done;
      },
    };
  }

  #answer(store: RegistrationStore, { method, path, body, idempotencyKey = '', epoch = 1 }: Request): unknown {
    const service: Service = { ...this.#service, store };
    const station = store.station(STATION_ID);
    if (!station) throw new Error('the world enrolled its station');
    const [place, query = ''] = path.split('?');
    switch (`${method} ${place}`) {
      case 'PUT /v1/stations/me/issuer':
        return putIssuer(service, station, read(IssuerChainText, body));
      case 'POST /v1/registrations': {
        const bodySha256 = createHash('sha256')
          .update(body ?? '')
          .digest('hex');
        const { entries } = read(RegistrationBatch, body);
        return registerBatch(service, station, entries, { key: idempotencyKey, bodySha256, epoch });
      }
      case 'POST /v1/checkpoints':
        return takeCheckpoint(service, station, read(SignedCheckpoint, body));
      case 'GET /v1/certificates':
        return heldPage(service, station, new URLSearchParams(query).get('after'));
      case 'GET /v1/counts': {
        const checkpoint = store.lastCheckpoint(STATION_ID)?.checkpoint ?? null;
        return { ...store.counts(STATION_ID), checkpoint };
      }
      default:
        throw new Error(`the world's service has no ${method} ${path}`);
    }
  }

  /** The epoch that it pinned last for the world's station; null while it is dead. */
  get epoch(): number | null {
    return this.#store ? (this.#store.lastCheckpoint(STATION_ID)?.checkpoint.epoch ?? 0) : null;
  }

  /** Another station registered this very device first; false where it cannot be any more. */
  take(hwid: string): boolean {
    const store = this.#store;
    if (!store || store.lastRegisteredOfDevice(HARDWARE_TYPE, hwid)) return false;
    const digest = createHash('sha256').update(`taken ${hwid}`).digest('hex');
    store.transaction(() =>
      store.saveCertificate({
        ...{ fingerprint: digest, spkiSha256: digest, hwid, hardwareType: HARDWARE_TYPE },
        ...{ stationId: OTHER_STATION_ID, issuerId: 'e'.repeat(64), deviceSerial: `O-${hwid}` },
        ...{ certificate: new Uint8Array([0x30, 0x00]), state: 'registered', voidReason: null },
        ...{ firstSeenMs: 1, registeredMs: 1, entry: '{}' },
      }),
    );
    return true;
  }

  close(): void {
    this.#store?.close();
    this.#store = null;
  }
}

function read<T>(shape: z.ZodType<T>, body: string | null): T {
  const reading = shape.safeParse(JSON.parse(body ?? 'null'));
  if (reading.success) return reading.data;
  const { status, message } = PROBLEMS.MESSAGE_INVALID;
  throw new ORPCError('MESSAGE_INVALID', { status, message });
}

function problem(code: ProblemCode, retryAfter?: string): ServiceAnswer {
  const { status, message } = PROBLEMS[code];
  return { status, text: JSON.stringify({ code, message }), retryAfter };
}

function garbled(chance: Chance, said: ServiceAnswer | null): ServiceAnswer {
  const text = said?.text ?? '<html>captive portal</html>';
  switch (chance.between(0, 3)) {
    case 0:
      return { status: 200, text: text.slice(0, chance.between(0, text.length - 1)), retryAfter: undefined };
    case 1:
      return { status: 200, text: '{"results":[]}', retryAfter: undefined };
    case 2:
      return { status: 302, text, retryAfter: undefined };
    default:
      return { status: 200, text: '[]', retryAfter: undefined };
  }
}
