// Labels: how they are printed, one again, all that wait, and the scan that closes the loop (UX.md section 14).
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { DeviceSerial, Name } from '../domain/ids.ts';
import { KeyTail } from '../domain/label.ts';
import { LabelSettings, LabelsView, LabelView } from '../domain/labels-view.ts';
import { KEYLINE_ERRORS } from './keyline-errors.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

const Device = z.strictObject({ deviceSerial: DeviceSerial });

export const LabelScan = z.strictObject({
  deviceSerial: DeviceSerial,
  keyTail: KeyTail,
  /** The slot whose board it was read from; null where none was chosen. */
  slot: Name.nullable(),
});
export type LabelScan = z.infer<typeof LabelScan>;

export const LabelScanned = z.strictObject({
  /** It is this board's label. Else the view says what it is. */
  fits: z.boolean(),
  /** The slot that the board sits in now; null where it sits in none. */
  slot: Name.nullable(),
  labels: LabelsView,
});
export type LabelScanned = z.infer<typeof LabelScanned>;

/** Of one lot's boards that passed and are not void. */
export const LabelCounts = z.strictObject({
  due: z.number().int(),
  printed: z.number().int(),
  scannedBack: z.number().int(),
  /** Boards with a second copy or more. */
  again: z.number().int(),
});

export const labelsApi = {
  state: keyline.output(LabelsView),
  set: keyline.input(LabelSettings).output(LabelsView),
  /** A label that says TEST, on the printer that is set. */
  test: keyline.output(LabelsView),
  /** The label of a board that passed; null where none did, or it has none. */
  of: keyline.input(Device).output(LabelView.nullable()),
  /** One more copy, numbered; the first of a board whose lot has no labels. */
  print: keyline.input(Device).output(LabelView),
  printWaiting: keyline.output(LabelsView),
  scan: keyline.input(LabelScan).output(LabelScanned),
};
