// The slip that goes with a board which people took out of the flow (UX.md section 14): what was decided about it last, by
// whom, when, and the event by which the records have it. Pure.
import type { DeviceRecord } from '../../contract/devices-api.ts';

export interface BoardSlip {
  readonly kind: 'rework' | 'scrap';
  /** Read by a scanner, Devices opens its record: its serial, else its hardware id. */
  readonly code: string;
  readonly reason: string | null;
  /** Null for the station, and for a person who is not known any more. */
  readonly person: string | null;
  readonly timeMs: number;
  /** Number in the audit chain. */
  readonly seq: number;
}

/** Null while its board waits for no re-work and is not scrapped. */
export function boardSlip({ device, events }: Pick<DeviceRecord, 'device' | 'events'>): BoardSlip | null {
  const { state, deviceSerial, hwid } = device;
  const kind = state === 'in-rework' ? 'rework' : state === 'scrapped' ? 'scrap' : null;
  const type = kind === 'rework' ? 'device-reworked' : 'device-scrapped';
  const event = events.findLast((each) => each.type === type);
  if (kind === null || event === undefined) return null;
  const { reason, person, timeMs, seq } = event;
  return { kind, code: deviceSerial ?? hwid, reason, person, timeMs, seq };
}
