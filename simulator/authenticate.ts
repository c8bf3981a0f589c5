// A device's visit to the security service: mutual TLS 1.3 with the key in its own memory and what it was given on the line.
import { once } from 'node:events';
import { request } from 'node:https';
import { z } from 'zod';
import { DerCursor, der, TAG } from '../pki/der.ts';
import { toPem } from '../pki/pem.ts';
import type { DeviceState } from './device-state.ts';

export interface ServiceAddress {
  readonly host: string;
  readonly port: number;
  /** Certificates of the service's own CA, PEM. */
  readonly ca: string;
}

export interface Admission {
  readonly admitted: boolean;
  /** Why not: the service's word, or that of TLS. */
  readonly reason: string | null;
  /** Where the certificate is void: why. */
  readonly voidReason: string | null;
}

/** A handshake and one row take milliseconds; a service that answers 270 of them at once on two cores takes this long. */
const VISIT_MS = 20_000;
/** The answer is one short object. */
const MAX_ANSWER_BYTES = 16_384;

const Text = z.string().max(200).nullish();
/** A verdict, or a problem with its code. */
const Answer = z.object({ admitted: z.boolean().optional(), reason: Text, voidReason: Text, code: Text });

/** Never throws: whatever stands in the way is the reason. */
export async function authenticate(
  state: Pick<DeviceState, 'item' | 'privateKey'>,
  service: ServiceAddress,
): Promise<Admission> {
  const leaf = state.item('leaf');
  const chain = state.item('chain');
  if (leaf === null || chain === null) return refused('no certificate');
  try {
    const sent = request({
      host: service.host,
      port: service.port,
      ca: service.ca,
      method: 'POST',
      path: '/v1/admission',
      headers: { 'content-type': 'application/json', 'content-length': 2 },
      key: state.privateKey().export({ format: 'pem', type: 'pkcs8' }),
      cert: [leaf, ...certificatesIn(chain)].map((certificate) => toPem('CERTIFICATE', certificate)).join(''),
      minVersion: 'TLSv1.3',
      agent: false,
      signal: AbortSignal.timeout(VISIT_MS),
    });
    sent.end('{}');
    const [response] = await once(sent, 'response');
    return admissionOf(response.statusCode, await readText(response));
  } catch (error) {
    return refused(reasonOf(error));
  }
}

async function readText(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of stream) {
    bytes += part.length;
    if (bytes > MAX_ANSWER_BYTES) throw new Error('the answer is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function admissionOf(status: number, text: string): Admission {
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    return refused(`HTTP ${status}`);
  }
  const { success, data } = Answer.safeParse(json);
  if (!success) return refused(`HTTP ${status}`);
  if (status === 200 && data.admitted === true) return { admitted: true, reason: null, voidReason: null };
  return refused(data.reason ?? data.code ?? `HTTP ${status}`, data.voidReason ?? null);
}

function refused(reason: string, voidReason: string | null = null): Admission {
  return { admitted: false, reason, voidReason };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

/** The certificates that the `chain` item holds one after the other. */
function certificatesIn(chain: Uint8Array): Uint8Array[] {
  const cursor = new DerCursor({ tag: TAG.sequence, content: chain, whole: der(TAG.sequence, chain) });
  const found: Uint8Array[] = [];
  for (let next = cursor.optional(TAG.sequence); next; next = cursor.optional(TAG.sequence)) found.push(next.whole);
  return found;
}
