// One decoded SMP request as a virtual device's groups and faults see it.
import type { CborMap } from '../protocol/cbor.ts';

export interface DeviceRequest {
  readonly write: boolean;
  readonly group: number;
  readonly command: number;
  readonly payload: CborMap;
}
