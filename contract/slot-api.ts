// What a person tells one slot from its card or detail (UX.md sections 4.3 and 6).
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Name } from '../domain/ids.ts';
import { OffReason, SlotCommand, SlotView } from '../domain/station-event.ts';
import { KEYLINE_ERRORS } from './keyline-errors.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

export const SlotOrder = z.strictObject({
  slot: Name,
  command: SlotCommand,
  /** With `switch-off`, and only then. */
  reason: OffReason.nullable(),
  /**
   * The job or moment that the person saw: a command for a slot that has changed since is refused, so that a second
   * click never answers the next board's card.
   */
  sinceMs: z.number().int(),
});
export type SlotOrder = z.infer<typeof SlotOrder>;

export const slotApi = {
  /** The slot as it is after the command. */
  command: keyline.input(SlotOrder).output(SlotView),
};
