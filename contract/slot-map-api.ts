// Which physical port each slot is (UX.md section 4.8): the fixtures as they stand on the bench, and the positions that a
// person showed one by one.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Fixtures, MAX_SLOTS } from '../domain/fixture.ts';
import { KEYLINE_ERRORS } from './keyline-errors.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

const Ports = z.string().min(1).max(4096);
/** Longest seen is 60 characters (station/port/usb-position.ts); the rest is room for names of links. */
const Position = z.string().min(1).max(300);

export const SlotMapView = z.object({
  /** Null where nobody taught the slots of this bench. */
  fixtures: Fixtures.nullable(),
  /** Every slot of the bench in order; `position` is null for one that nothing is bound to. */
  slots: z.array(z.object({ name: z.string(), position: Position.nullable() })).max(MAX_SLOTS),
  /** Occupied now, and no slot's. */
  unknown: z.array(Position),
  /** Occupied now, in all. */
  present: z.array(Position),
});
export type SlotMapView = z.infer<typeof SlotMapView>;

export const TaughtSlots = z.strictObject({
  ports: Ports,
  fixtures: Fixtures,
  /** One a slot, in the order of the fixtures; null for one that was skipped. */
  positions: z.array(Position.nullable()).max(MAX_SLOTS),
});
export type TaughtSlots = z.infer<typeof TaughtSlots>;

export const slotMapApi = {
  read: keyline.output(SlotMapView),
  /** Takes the place of the whole map, or changes nothing. Refused while a lot is on the line. */
  teach: keyline.input(TaughtSlots).output(SlotMapView),
};
