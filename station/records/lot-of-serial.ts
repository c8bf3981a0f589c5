// Where a board belongs that is taken into the records after it was made.
import { parseSerialRange } from '../../domain/device-serial.ts';
import type { RecordStore } from './record-store.ts';

/** The lot whose range holds the serial, or null. Ranges of lots share none. */
export function lotOfSerial(store: RecordStore, deviceSerial: string): string | null {
  for (const { lotId, serialRange } of store.lotRanges()) {
    const range = parseSerialRange(serialRange);
    if ('refused' in range || !deviceSerial.startsWith(range.prefix)) continue;
    const tail = deviceSerial.slice(range.prefix.length);
    if (tail.length !== range.digits || !/^[0-9]+$/.test(tail)) continue;
    if (BigInt(tail) >= range.first && BigInt(tail) <= range.last) return lotId;
  }
  return null;
}

/** Whether the lot has a place and a signature that no board in work may still need. */
export function lotHasRoom(store: RecordStore, lotId: string): boolean {
  const lot = store.lot(lotId);
  if (!lot) return false;
  const { passed, running, signatures } = store.lotTally(lotId);
  return passed + running < lot.quantity && signatures + running < lot.quantity + lot.spare;
}
