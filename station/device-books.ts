// What the desk of devices reads of the records; db/ implements it. Every answer is bounded.
import type { AuditEvent } from '../domain/audit-event.ts';
import type { SignedCheckpoint } from '../domain/checkpoint.ts';
import type { DeviceState } from '../domain/device-word.ts';
import type { ErrorCode } from '../domain/error-table.ts';
import type { StageTime } from '../domain/station-event.ts';
import type { CertificateRow, DeviceRow, JobRow } from './records/record-store.ts';

/** As contract/devices-api.ts says. */
export interface FindQuery {
  readonly text: string;
  readonly lotId: string | null;
  readonly seen: { readonly fromMs: number; readonly toMs: number } | null;
  readonly after: string | null;
  readonly limit: number;
}

/** Likewise. */
export interface FoundRow {
  readonly deviceId: number;
  readonly deviceSerial: string | null;
  readonly hwid: string;
  readonly model: string;
  readonly revision: string;
  readonly firstSeenMs: number;
  readonly lotId: string;
  readonly slot: string;
  readonly code: ErrorCode | null;
  readonly endedMs: number | null;
  readonly state: DeviceState;
}

export interface FoundRows {
  readonly devices: readonly FoundRow[];
  readonly next: string | null;
}

export interface OutboxEntryOf {
  readonly id: number;
  readonly state: 'waiting' | 'accepted' | 'refused';
  readonly code: string | null;
}

export interface DeviceBooks {
  /** One page; throws RECORDS_DAMAGED for rows that do not follow their shape. */
  find(query: FindQuery): FoundRows;
  devicesOnRecord(): number;
  foundDevice(deviceId: number): FoundRow | null;
  deviceBySerial(deviceSerial: string): DeviceRow | null;
  /** One a hardware type. */
  devicesByHwid(hwid: string): readonly DeviceRow[];
  jobsOf(deviceId: number): readonly JobRow[];
  certificatesOf(deviceId: number): readonly CertificateRow[];
  /** Audit events that name the device, its jobs or its certificates, in order of `seq`. */
  eventsOfDevice(device: Pick<DeviceRow, 'deviceId' | 'hwid'>): readonly AuditEvent[];
  /** Events from `seq` on, at most `limit`. */
  eventsFrom(seq: number, limit: number): readonly AuditEvent[];
  /** The first checkpoint of the epoch at or after this event. */
  checkpointAfter(epoch: number, seq: number): SignedCheckpoint | null;
  /** Stage times of the lot's last passes, the newest first. */
  lastPasses(lotId: string): readonly { readonly endedMs: number; readonly stages: readonly StageTime[] | null }[];
  entryOf(certificateId: number, kind: 'register' | 'void'): OutboxEntryOf | null;
  /** Entries that wait, up to and with this one. */
  placeOf(id: number): number;
  entriesWaiting(): number;
}
