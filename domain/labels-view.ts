// Labels and their printer as a station tells them: the settings, what waits, what keeps it, and a label that was found
// on the wrong board.
import { z } from 'zod';
import { DeviceSerial, Name, TimeMs } from './ids.ts';
import { KeyTail, LabelSize, type LotLabel } from './label.ts';

/** `network`: a ZPL printer's raw port; `system`: one of this computer's, through the window. An empty name: the usual one. */
export const LabelPrinter = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('network'),
    host: z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/),
    port: z.number().int().min(1).max(65_535),
  }),
  z.strictObject({ kind: z.literal('system'), name: z.string().max(127) }),
]);
export type LabelPrinter = z.infer<typeof LabelPrinter>;

export const LabelSettings = z.strictObject({ size: LabelSize, printer: LabelPrinter });
export type LabelSettings = z.infer<typeof LabelSettings>;

/** What a lot gets that does not say: nothing, while there is no printer. */
export function usualLabel({ size, printer }: LabelSettings): LotLabel {
  return printer.kind === 'none' ? 'none' : size;
}

/** What keeps labels from being printed. */
export const LabelTrouble = z.enum(['LABELS_EMPTY', 'PRINTER_AWAY']);
export type LabelTrouble = z.infer<typeof LabelTrouble>;

/** A label that did not read back as its board's. */
export const LabelMismatch = z.strictObject({
  /** The board's slot; null where no slot was chosen. */
  slot: Name.nullable(),
  /** The board whose label was awaited. */
  expected: DeviceSerial,
  /** What was read. */
  read: DeviceSerial,
  /** `SERIAL_USED`: it is another board's; `LABEL_UNREAD`: no board here has such a label. */
  code: z.enum(['SERIAL_USED', 'LABEL_UNREAD']),
  sinceMs: TimeMs,
});
export type LabelMismatch = z.infer<typeof LabelMismatch>;

export const LabelsView = z.strictObject({
  settings: LabelSettings,
  /** Due and not known to be printed. */
  waiting: z.number().int().min(0),
  trouble: z.strictObject({ code: LabelTrouble, sinceMs: TimeMs }).nullable(),
  mismatch: LabelMismatch.nullable(),
  /** What the printer said last; null before anything was sent. */
  last: z.strictObject({ timeMs: TimeMs, said: z.enum(['printed', 'tested', ...LabelTrouble.options]) }).nullable(),
});
export type LabelsView = z.infer<typeof LabelsView>;

/** The label of a board that passed. */
export const LabelView = z.strictObject({
  deviceSerial: DeviceSerial,
  keyTail: KeyTail,
  model: z.string(),
  revision: z.string(),
  size: LabelSize,
  /** The last number given to a copy; 0 before the first. */
  copies: z.number().int().min(0),
  printedMs: TimeMs.nullable(),
  /** Name of the person who had the last copy printed; null for the station itself. */
  printedBy: z.string().nullable(),
  scannedMs: TimeMs.nullable(),
});
export type LabelView = z.infer<typeof LabelView>;
