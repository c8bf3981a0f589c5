// How often one address may ask: a bucket of tokens each. Protects the service from one broken or hostile neighbour.
import type { Clock } from '../domain/seams.ts';

/** Requests at once, and a second after that: a station sends a few a second, a factory's devices stand behind one address. */
const BURST = 2000;
const PER_SECOND = 500;
/** Addresses remembered; the one seen longest ago is forgotten first. */
const MAX_ADDRESSES = 10_000;

/** Answers 0 when the address may ask now, else the seconds to wait. */
export function rateLimit(clock: Clock): (address: string) => number {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return (address) => {
    const nowMs = clock.monotonicMs();
    const bucket = buckets.get(address) ?? { tokens: BURST, atMs: nowMs };
    const tokens = Math.min(BURST, bucket.tokens + ((nowMs - bucket.atMs) / 1000) * PER_SECOND);
    buckets.delete(address);
    if (buckets.size >= MAX_ADDRESSES) for (const oldest of [...buckets.keys()].slice(0, 1)) buckets.delete(oldest);
    buckets.set(address, { tokens: Math.max(0, tokens - 1), atMs: nowMs });
    return tokens >= 1 ? 0 : 1;
  };
}
