// What screens and commands may ask of the one process that holds a data folder. Served on the folder's local socket
// and, in process, to whoever hosts the station.
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { Name } from '../domain/ids.ts';
import { LotLabel } from '../domain/label.ts';
import { LabelsView } from '../domain/labels-view.ts';
import { LotCommand } from '../domain/lot.ts';
import { LotView, SlotView, StationEvent, StationFacts, SyncView } from '../domain/station-event.ts';
import { backupApi } from './backup-api.ts';
import { carryApi } from './carry-api.ts';
import { cloudApi } from './cloud-api.ts';
import { devicesApi } from './devices-api.ts';
import { diagnosticsApi } from './diagnostics-api.ts';
import { journalApi } from './journal-api.ts';
import { KEYLINE_ERRORS } from './keyline-errors.ts';
import { labelsApi } from './labels-api.ts';
import { lotPageApi } from './lot-page-api.ts';
import { lotsApi } from './lots-api.ts';
import { outboxApi } from './outbox-api.ts';
import { peopleApi } from './people-api.ts';
import { practiceApi } from './practice-api.ts';
import { recipesApi } from './recipes-api.ts';
import { reconcileApi } from './reconcile-api.ts';
import { signingApi } from './signing-api.ts';
import { slotApi } from './slot-api.ts';
import { slotMapApi } from './slot-map-api.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

export const StationStatus = z.object({
  stationId: Name,
  practice: z.boolean(),
  lineRunning: z.boolean(),
  stoppedBy: z.string().nullable(),
  slots: z.array(SlotView),
  lot: LotView.nullable(),
  sync: SyncView,
  facts: StationFacts,
  labels: LabelsView,
});
export type StationStatus = z.infer<typeof StationStatus>;

/** Slots of a line. */
const Slots = z.number().int().min(1).max(64);
const Ports = z.string().min(1).max(4096);

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
  /** Absent: none. */
  label: LotLabel.optional(),
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
        z.strictObject({
          lotId: Name,
          /** Null: those that the bench was set to, or started with last. Others take who may set them. */
          bench: z.strictObject({ ports: Ports, slots: Slots }).nullable(),
        }),
      )
      .output(z.object({ slots: z.number().int() })),
    /** Admits no more boards, lets those in work finish, then settles. */
    stop: keyline.output(z.object({ stopped: z.literal(true) })),
    /** A line that stopped checks at once whether it may go on. */
    lookAgain: keyline.output(z.object({ stoppedBy: z.string().nullable() })),
  },
  lots: lotsApi,
  devices: devicesApi,
  lotPage: lotPageApi,
  backup: backupApi,
  carry: carryApi,
  reconcile: reconcileApi,
  outbox: outboxApi,
  journal: journalApi,
  slot: slotApi,
  slotMap: slotMapApi,
  recipes: recipesApi,
  cloud: cloudApi,
  diagnostics: diagnosticsApi,
  practice: practiceApi,
  people: peopleApi,
  bench: {
    /** What can be found now at such ports: names of positions. */
    find: keyline.input(z.strictObject({ ports: Ports })).output(z.object({ positions: z.array(z.string()) })),
    set: keyline.input(z.strictObject({ ports: Ports, slots: Slots })).output(StationFacts),
    /** Width of a CSS pixel on this screen, millimetres. */
    setPixel: keyline.input(z.strictObject({ pixelMm: z.number().min(0.02).max(1) })).output(StationFacts),
  },
  signing: signingApi,
  labels: labelsApi,
  /** One pass over what waits for the security service. */
  sync: keyline.output(SyncView),
};
