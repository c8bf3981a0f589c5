// A request's body: bounded, inflated within a bound, hashed as sent, read as JSON.
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { sha256Hex } from '../pki/p256.ts';
import { refuse } from './refuse.ts';

/** Bytes, before and after inflation: 500 entries (MAX_BATCH) of at most 6 KB are 3 MB. */
export const MAX_BODY = 4 * 1024 * 1024;

const inflate = promisify(gunzip);

export interface RequestBody {
  readonly value: unknown;
  readonly sha256: string;
}

/** Refuses with TOO_LARGE, MESSAGE_INVALID. */
export async function readBody(raw: Buffer, contentEncoding: string | undefined): Promise<RequestBody> {
  const bytes = contentEncoding === undefined ? raw : await inflated(raw, contentEncoding);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { value: JSON.parse(text), sha256: sha256Hex(bytes) };
  } catch {
    return refuse('MESSAGE_INVALID', 'not JSON in UTF-8');
  }
}

async function inflated(raw: Buffer, contentEncoding: string): Promise<Buffer> {
  if (contentEncoding !== 'gzip') refuse('MESSAGE_INVALID', 'only gzip');
  try {
    return await inflate(raw, { maxOutputLength: MAX_BODY });
  } catch (error) {
    const tooLarge = error instanceof RangeError;
    return tooLarge ? refuse('TOO_LARGE') : refuse('MESSAGE_INVALID', 'not gzip');
  }
}
