// What screens and commands may ask of the one process that holds a data folder. Served on the folder's local socket
// and, in process, to whoever hosts the station.
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { Name } from '../domain/ids.ts';
import { LotCommand } from '../domain/lot.ts';
import { LotView, SlotView, StationEvent, SyncView } from '../domain/station-event.ts';

/** A KeylineError on its way over the wire. */
const KEYLINE_ERRORS = {
  KEYLINE: {
    status: 409,
    data: z.object({ code: z.string(), detail: z.string(), message: z.string() }),
  },
} as const;

const keyline = oc.errors(KEYLINE_ERRORS);

export const StationStatus = z.object({
  stationId: Name,
  practice: z.boolean(),
  lineRunning: z.boolean(),
  stoppedBy: z.string().nullable(),
  slots: z.array(SlotView),
  lot: LotView.nullable(),
  sync: SyncView,
});
export type StationStatus = z.infer<typeof StationStatus>;

export const LotOrder = z.strictObject({
  lotId: Name,
  orderId: Name,
  practice: z.boolean(),
  quantity: z.number().int().min(1).max(1_000_000),
  spare: z.number().int().min(0).max(1_000_000),
  serialRange: z.string().max(80),
  /** Absolute path of the recipe file, read by the station's process. */
  recipePath: z.string().min(1).max(4096),
  stopAfter: z.number().int().min(0).max(1000),
  release: z.boolean(),
});
export type LotOrder = z.infer<typeof LotOrder>;

export const stationApi = {
  status: keyline.output(StationStatus),
  events: keyline.output(eventIterator(StationEvent)),
  lot: {
    create: keyline.input(LotOrder).output(LotView),
    command: keyline
      .input(
        z.strictObject({
          lotId: Name,
          command: LotCommand,
          because: z.string().max(200).nullable(),
          /** With `close`: end the jobs whose boards did not come back. */
          writeOff: z.boolean(),
        }),
      )
      .output(LotView),
  },
  line: {
    start: keyline
      .input(
        z.strictObject({ lotId: Name, ports: z.string().min(1).max(4096), slots: z.number().int().min(1).max(64) }),
      )
      .output(z.object({ slots: z.number().int() })),
    /** Admits no more boards, lets those in work finish, then settles. */
    stop: keyline.output(z.object({ stopped: z.literal(true) })),
  },
  /** One pass over what waits for the security service. */
  sync: keyline.output(SyncView),
};
