// The reference security service, whole: data folder, CA of its own, database, HTTPS (DESIGN.md section 7).
import { mkdirSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { assert, KeylineError } from '../domain/errors.ts';
import type { Clock } from '../domain/seams.ts';
import { issueEnrolmentToken } from './enrolment.ts';
import { httpServer } from './http-server.ts';
import { openAuthority } from './service-authority.ts';
import { serviceClock, serviceRandom } from './service-clock.ts';
import { openSqliteStore } from './sqlite-store.ts';

export interface ServiceOptions {
  readonly dataDir: string;
  /** 0: any free port. */
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** Takes only practice stations, TEST chains and simulated devices; a real service refuses every one of them. */
  readonly practice: boolean;
  readonly clock?: Clock;
}

export interface RunningService {
  /** `https://host:port`. */
  readonly url: string;
  readonly port: number;
  /** CA that stations pin. */
  readonly caPem: string;
  /** A one-time token for one station; shown once, only its hash is kept. */
  issueEnrolmentToken(): string;
  close(): Promise<void>;
}

/** Throws KeylineError of `openDatabase`, KEY_FILE_INVALID, PRACTICE_MISMATCH, ADDRESS_UNUSABLE. */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { dataDir, practice, host, clock = serviceClock } = options;
  const seams = { clock, random: serviceRandom };
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const authority = await openAuthority(dataDir, practice, seams);
  const store = openSqliteStore(join(dataDir, 'service.db'));
  try {
    const service = { store, authority, practice, ...seams };
    const server = await httpServer(service, authority.nameServer(host));
    await server.listen({ host, port: options.port }).catch((error: unknown) => {
      throw listenFailure(error);
    });
    const address = server.server.address();
    assert(address !== null && typeof address === 'object', 'a server that listens has a port');
    const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
    return {
      url: `https://${isIPv6(reachable) ? `[${reachable}]` : reachable}:${address.port}`,
      port: address.port,
      caPem: authority.caPem,
      issueEnrolmentToken: () => issueEnrolmentToken(service),
      async close() {
        await server.close();
        store.close();
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Taken, forbidden, not of this machine, unknown name. */
const ADDRESS_FAULTS = ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'ERR_SOCKET_BAD_PORT'];

function listenFailure(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ADDRESS_FAULTS.includes(code) ? new KeylineError('ADDRESS_UNUSABLE', code, {}, error) : error;
}
