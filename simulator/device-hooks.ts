// Where a fault can reach into a virtual device. A device without hooks is a healthy one.
import type { CborMap } from '../protocol/cbor.ts';
import type { DeviceRecord } from './device-record.ts';
import type { DeviceState } from './device-state.ts';
import type { Reply } from './reply.ts';

export interface DeviceRequest {
  readonly write: boolean;
  readonly group: number;
  readonly command: number;
  readonly payload: CborMap;
}

export interface DeviceHooks {
  /** Before the device acts. `ignore` loses the request; a reply is given instead of acting. */
  onRequest?(request: DeviceRequest, state: DeviceState): 'serve' | 'ignore' | Reply;
  /** After the device acted, before the answer leaves. */
  onReply?(request: DeviceRequest, reply: Reply, state: DeviceState): Reply;
  /** Milliseconds that the device takes for this answer. */
  delayMs?(request: DeviceRequest): number;
  /** Right after a commit: true cuts the power at this very point. */
  cutsAfter?(before: DeviceRecord, after: DeviceRecord): boolean;
  /** Whether a burnt fuse reads burnt. */
  holds?(fuse: keyof DeviceRecord['fuses']): boolean;
  /** At each start, after the boot loader chose the image and a begun lock was finished. */
  onRestart?(state: DeviceState): void;
  /** Bytes on their way to the device; what is returned arrives. */
  onInput?(bytes: Uint8Array): Uint8Array;
  /** One answer's frames on their way to the station; what is returned is sent. */
  onOutput?(bytes: Uint8Array): Uint8Array;
  /** Pushed into a slot with what it kept from before. */
  onInsert?(record: DeviceRecord): void;
  /** Bytes after which `onBytes` fires, counted over both directions since the device was made. */
  readonly bytesUntil?: number;
  onBytes?(): void;
}
