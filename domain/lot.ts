// A lot is the material batch made against a work order; its state says whether boards are admitted.
import { z } from 'zod';
import { Name, Sha256Hex } from './ids.ts';

export const LotState = z.enum(['draft', 'released', 'held', 'closed']);
export type LotState = z.infer<typeof LotState>;

export const LotCommand = z.enum(['release', 'hold', 'close']);
export type LotCommand = z.infer<typeof LotCommand>;

export const Lot = z.object({
  lotId: Name,
  orderId: Name,
  state: LotState,
  /** Only a practice lot takes simulated devices, and it takes nothing else. */
  practice: z.boolean(),
  /** Devices to pass. */
  quantity: z.number().int().min(1).max(1_000_000),
  /** Signatures beyond `quantity` that may be spent on devices that do not pass. */
  spare: z.number().int().min(0).max(1_000_000),
  serialRange: z.string(),
  recipeName: z.string(),
  recipeVersion: z.string(),
  recipeSha256: Sha256Hex,
  firmwareSha256: Sha256Hex,
  /** Same failures in a row that hold the lot; 0 is never. */
  stopAfter: z.number().int().min(0).max(1000),
  heldBecause: z.string().nullable(),
});
export type Lot = z.infer<typeof Lot>;

const TABLE: Record<LotState, Record<LotCommand, LotState | null>> = {
  draft: { release: 'released', hold: null, close: 'closed' },
  released: { release: 'released', hold: 'held', close: 'closed' },
  held: { release: 'released', hold: 'held', close: 'closed' },
  closed: { release: null, hold: null, close: 'closed' },
};

/** State after the command, or null where the command is refused. The same command again changes nothing. */
export function lotAfter(state: LotState, command: LotCommand): LotState | null {
  return TABLE[state][command];
}
