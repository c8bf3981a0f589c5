// Digests of badges and PINs: scrypt (RFC 7914), off the event loop and one at a time, so that a line in work is not
// slowed by whoever tries.
import { scrypt } from 'node:crypto';
import { KeylineError } from '../../domain/errors.ts';

/** RFC 7914's names: 32 MB and some 90 ms of one core here. What four digits cannot hold, the wait after five tries does. */
const COST = { N: 32_768, r: 8, p: 1 };
/** 128 * N * r, and as much again for Node's own reckoning. */
const MAX_BYTES = 2 * 128 * COST.N * COST.r;
/** Badge and PIN of every person that one set-up may bring: 64 of each. */
const MAX_WAITING = 128;

export const SALT_BYTES = 16;
const DIGEST_BYTES = 32;

let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/** 32 bytes. `secret` is a badge's text or a PIN, as UTF-8. Throws PIN_WAIT when more wait than anybody types. */
export async function secretDigest(secret: string, salt: Uint8Array): Promise<Uint8Array> {
  if (waiting >= MAX_WAITING) throw new KeylineError('PIN_WAIT');
  waiting++;
  const next = last.then(() => derive(secret, salt)).finally(() => waiting--);
  last = next.catch(() => {});
  return next;
}

function derive(secret: string, salt: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, DIGEST_BYTES, { ...COST, maxmem: MAX_BYTES }, (error, digest) =>
      error ? reject(error) : resolve(new Uint8Array(digest)),
    );
  });
}
