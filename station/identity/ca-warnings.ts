// What is near its end, in time to do something: a CA, one above it, or the signatures that it is allowed. Pure.
import type { ErrorCode } from '../../domain/error-table.ts';

/** A customer's CA may take weeks to sign a request. */
const SOON_MS = 90 * 86_400_000;
/** Signatures: less than a lot of usual size, or the last tenth. */
const FEW = 1_000;
const FEW_SHARE = 0.1;

export interface CaLeft {
  /** The first end among the chain, UTC ms; null: never. */
  readonly endsMs: number | null;
  readonly signatures: number;
  readonly limit: number | null;
}

/** Worst first: CA_ENDED, SIGNER_LIMIT, CA_ENDS_SOON, CA_NEARLY_SPENT. */
export function caWarnings({ endsMs, signatures, limit }: CaLeft, nowMs: number): ErrorCode[] {
  const warnings: ErrorCode[] = [];
  const left = limit === null ? null : limit - signatures;
  if (endsMs !== null && nowMs > endsMs) warnings.push('CA_ENDED');
  if (left !== null && left <= 0) warnings.push('SIGNER_LIMIT');
  if (endsMs !== null && nowMs <= endsMs && endsMs - nowMs < SOON_MS) warnings.push('CA_ENDS_SOON');
  if (limit !== null && left !== null && left > 0 && (left < FEW || left < limit * FEW_SHARE))
    warnings.push('CA_NEARLY_SPENT');
  return warnings;
}
