// What a virtual device answers to one request, before it is bytes.
import type { CborMap } from '../protocol/cbor.ts';
import { IDENTITY_GROUP } from '../protocol/identity-group.ts';
import { groupErrorPayload, smpErrorPayload } from '../protocol/standard-groups.ts';

export interface Reply {
  readonly payload: CborMap;
  /** The device restarts once the answer has left. */
  readonly restart?: true;
}

export function ok(payload: CborMap = {}): Reply {
  return { payload };
}

/** Failure at SMP level: unknown group or command, malformed CBOR, too large. */
export function smpError(rc: number): Reply {
  return { payload: smpErrorPayload(rc) };
}

/** Failure of the identity group. */
export function identityError(rc: number): Reply {
  return { payload: groupErrorPayload(IDENTITY_GROUP, rc) };
}
