// The words about one device: where it stands, and why people send it to re-work, scrap it or revoke its identity.
import { z } from 'zod';

/** By its last job and what people decided since. `passed` is live; `revoked` passed, and its identity is void. */
export const DeviceState = z.enum([
  'passed',
  'failed',
  'errored',
  'aborted',
  'in-work',
  'in-rework',
  'scrapped',
  'revoked',
]);
export type DeviceState = z.infer<typeof DeviceState>;

export const ReworkReason = z.enum(['repaired', 'bad-contact', 'wrong-firmware', 'left-in-mid-work', 'other']);
export type ReworkReason = z.infer<typeof ReworkReason>;

export const ScrapReason = z.enum(['damaged', 'fails-again', 'cannot-be-repaired', 'test-piece', 'other']);
export type ScrapReason = z.infer<typeof ScrapReason>;

export const RevokeReason = z.enum(['stolen', 'lost', 'copied', 'returned', 'other']);
export type RevokeReason = z.infer<typeof RevokeReason>;
