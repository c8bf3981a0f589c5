// A checkpoint pins the audit chain outside the station (CERTAINTY.md, Restore). Signed with the station key.
import { z } from 'zod';
import { canonicalJson } from './audit-event.ts';
import { Name, Sha256Hex, TimeMs } from './ids.ts';

export const Checkpoint = z.strictObject({
  stationId: Name,
  /** 1 at first, one more after each restore. */
  epoch: z.number().int().min(1),
  seq: z.number().int().min(1),
  head: Sha256Hex,
  /** seq and head of the checkpoint before; 0 and 64 zeros for the first. */
  prevSeq: z.number().int().min(0),
  prevHead: Sha256Hex,
  timeMs: TimeMs,
});
export type Checkpoint = z.infer<typeof Checkpoint>;

export const SignedCheckpoint = z.strictObject({
  checkpoint: Checkpoint,
  /** Base64 of the DER ECDSA-SHA256 signature over `checkpointText`. */
  signature: z.string().max(200),
});
export type SignedCheckpoint = z.infer<typeof SignedCheckpoint>;

/** The text that is signed. */
export function checkpointText(checkpoint: Checkpoint): string {
  return `keyline-checkpoint-v1\n${canonicalJson(checkpoint)}`;
}
