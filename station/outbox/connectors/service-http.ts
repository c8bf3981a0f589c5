// One JSON exchange after the other with a security service over mTLS: pinned CA, TLS 1.3, a limit on every wait and size.
// Failures come out as codes of the table of errors; what was sent never shows in them.
import { Agent, request } from 'undici';
import type { z } from 'zod';
import { Problem } from '../../../contract/security-service/problem.ts';
import type { ErrorCode } from '../../../domain/error-table.ts';
import { KeylineError } from '../../../domain/errors.ts';

const CONNECT_TIMEOUT_MS = 10_000;
/** The service answers a full batch within a second; its own limit for a request is 30 s. */
const ANSWER_TIMEOUT_MS = 35_000;
/** Bytes; the longest answer is 500 results of under 100 bytes. */
const MAX_ANSWER = 1024 * 1024;
/** A service that names a longer time than this is asked again anyway. */
const MAX_RETRY_AFTER_MS = 3_600_000;

export interface ServiceAddress {
  /** `https://host:port`. */
  readonly serviceUrl: string;
  /** The only CA that is believed. */
  readonly serviceCaPem: string;
}

/** Certificate, with its chain, and key of this end, PEM. Held in memory only. */
export interface ClientIdentity {
  readonly certificatePem: string;
  readonly keyPem: string | Buffer;
}

export interface ServiceHttp {
  /** Body as JSON text, null for none. Throws KeylineError as cloud-connector.ts says. */
  exchange<T>(order: {
    readonly method: 'GET' | 'POST' | 'PUT';
    readonly path: string;
    readonly body: string | null;
    readonly answer: z.ZodType<T>;
    readonly idempotencyKey?: string;
    readonly epoch?: number;
  }): Promise<T>;
  /** Ends what is under way, too. */
  close(): Promise<void>;
}

export function serviceHttp(address: ServiceAddress, client: ClientIdentity | null): ServiceHttp {
  const agent = new Agent({
    connections: 1,
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: ANSWER_TIMEOUT_MS,
    maxResponseSize: MAX_ANSWER,
    connect: {
      ca: address.serviceCaPem,
      minVersion: 'TLSv1.3',
      timeout: CONNECT_TIMEOUT_MS,
      ...(client && { cert: client.certificatePem, key: client.keyPem }),
    },
  });
  return {
    async exchange({ method, path, body, answer, idempotencyKey, epoch }) {
      const response = await request(new URL(path, address.serviceUrl), {
        method,
        dispatcher: agent,
        body,
        headers: {
          ...(body !== null && { 'content-type': 'application/json' }),
          ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
          ...(epoch !== undefined && { 'keyline-epoch': String(epoch) }),
        },
      }).catch((error: unknown) => {
        throw connectionFailure(error);
      });
      const text = await response.body.text().catch((error: unknown) => {
        throw connectionFailure(error);
      });
      return readAnswer({ status: response.statusCode, text, retryAfter: response.headers['retry-after'] }, answer);
    },
    close: () => agent.destroy(),
  };
}

/** What a service said, whatever carried it. */
export interface ServiceAnswer {
  readonly status: number;
  readonly text: string;
  /** The header, as it came. */
  readonly retryAfter: string | string[] | undefined;
}

/** The answer's content. Throws SERVICE_UNREACHABLE, SERVICE_REFUSED, NOT_ENROLLED, TOKEN_REFUSED, STATION_FORKED. */
export function readAnswer<T>({ status, text, retryAfter }: ServiceAnswer, answer: z.ZodType<T>): T {
  if (status !== 200) throw refusal(status, text, retryAfter);
  const reading = answer.safeParse(jsonOrNull(text));
  if (!reading.success) throw new KeylineError('SERVICE_REFUSED', 'its answer is not understood');
  return reading.data;
}

/** Node's and OpenSSL's names for "this is not who you think". */
const UNTRUSTED =
  /^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_)/;

function connectionFailure(error: unknown): KeylineError {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
  return new KeylineError(UNTRUSTED.test(code) ? 'SERVICE_UNTRUSTED' : 'SERVICE_UNREACHABLE', code, {}, error);
}

const CODES = new Map<string, ErrorCode>([
  ['TOKEN_REFUSED', 'TOKEN_REFUSED'],
  ['STATION_FORKED', 'STATION_FORKED'],
  ['NOT_ENROLLED', 'NOT_ENROLLED'],
  ['CERTIFICATE_EXPIRED', 'NOT_ENROLLED'],
]);

function refusal(status: number, text: string, retryAfter: string | string[] | undefined): KeylineError {
  const reading = Problem.safeParse(jsonOrNull(text));
  const { code: problem, message } = reading.success ? reading.data : { code: `HTTP_${status}`, message: '' };
  if (status >= 500 || status === 429) {
    const seconds = Number(retryAfter);
    const retryAfterMs = seconds > 0 ? Math.min(seconds * 1000, MAX_RETRY_AFTER_MS) : null;
    return new KeylineError('SERVICE_UNREACHABLE', problem, { problem, status, retryAfterMs });
  }
  const code = CODES.get(problem);
  // What our own sentence says already is not said again.
  const said = code === undefined ? `${problem}: ${printable(message)}` : printable(message);
  return new KeylineError(code ?? 'SERVICE_REFUSED', code === problem ? '' : said, { problem });
}

/** The service's words end on a terminal and in a log: no line ends, no control or direction characters. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').trim();
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
