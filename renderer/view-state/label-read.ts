// What a label that was read back turned out to be: by what the station found of this scan, not of one before it.
import type { LabelScan, LabelScanned } from '../../contract/labels-api.ts';

/** `wrong`: not of the board that it was awaited on; `no-board`: of none that passed here. */
type LabelRead = 'fits' | 'wrong' | 'no-board';

export function labelRead(
  { deviceSerial, slot }: Omit<LabelScan, 'keyTail'>,
  { fits, labels: { mismatch } }: LabelScanned,
): LabelRead {
  if (fits) return 'fits';
  if (mismatch === null || mismatch.read !== deviceSerial) return 'no-board';
  // Without a slot the label of the board that it names itself was awaited.
  return (slot === null ? mismatch.expected === deviceSerial : mismatch.slot === slot) ? 'wrong' : 'no-board';
}
