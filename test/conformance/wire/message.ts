// SMP messages (device protocol 2.1 to 2.5): a header of eight bytes and a payload, and the numbers that both name.
import { Disagreement } from '../disagreement.ts';
import { type Bytes, join, uint16 } from './bytes.ts';
import { type CborMap, readMap } from './cbor-reader.ts';

/** Clause 2.1. */
export const READ = 0;
export const WRITE = 2;
export const V1 = 0;
export const V2 = 1;
export const HEADER_BYTES = 8;

/** Clause 2.5. */
export const SMP = {
  unknown: 1,
  malformed: 3,
  noEntry: 5,
  badState: 6,
  tooLarge: 7,
  notSupported: 8,
  versionTooOld: 12,
} as const;

/** Clause 3.1 and 3.5. */
export const OS = 0;
export const ECHO = 0;
export const RESET = 5;
export const PARAMETERS = 6;
export const IMAGE = 1;
export const IMAGE_STATE = 0;
export const IMAGE_UPLOAD = 1;

/** Clauses 4 and 5. */
export const IDENTITY = 19276;
export const STATUS = 0;
export const KEYGEN = 1;
export const CSR = 2;
export const INJECT_OPEN = 3;
export const ITEM = 4;
export const INJECT = 5;
export const PROVE = 6;
export const LOCK = 7;
export const ATTEST = 9;
export const BLINK = 10;

/** Clause 6. */
export const RC = {
  INVALID: 2,
  STATE: 3,
  WRONG_DEVICE: 4,
  STALE: 5,
  DIGEST: 6,
  SIZE: 7,
  KEY_MISMATCH: 8,
  LEAF_MISMATCH: 9,
  ENTROPY: 10,
  UNSUPPORTED: 11,
  NO_SESSION: 12,
  DECRYPT: 13,
  BAD_KEY: 14,
  STORE: 15,
  LOCK_FAILED: 16,
  LOCK_PENDING: 17,
  ABSENT: 18,
  BUSY: 19,
} as const;

/** Clause 4.5. */
export const LIFE = { blank: 0, keyed: 1, enrolled: 2, locked: 3 } as const;

export interface Head {
  readonly op: number;
  readonly version: number;
  readonly flags: number;
  readonly group: number;
  readonly sequence: number;
  readonly command: number;
}

/** `length` absent is the payload's own. */
export function messageOf(
  { op, version, flags, group, sequence, command }: Head,
  payload: Uint8Array,
  length?: number,
): Bytes {
  return join(
    Uint8Array.of(op | (version << 3), flags),
    uint16(length ?? payload.length),
    uint16(group),
    Uint8Array.of(sequence, command),
    payload,
  );
}

export interface Answer extends Head {
  readonly payload: CborMap;
  /** The whole message. */
  readonly bytes: Uint8Array;
}

/** Throws Disagreement where the bytes are no message. */
export function readMessage(bytes: Uint8Array): Answer {
  if (bytes.length < HEADER_BYTES) throw new Disagreement('a header of 8 bytes', `${bytes.length}`, '2.1');
  const [first = 0, flags = 0, high = 0, low = 0, groupHigh = 0, groupLow = 0, sequence = 0, command = 0] = bytes;
  if (first >> 5 !== 0 || flags !== 0) throw new Disagreement('bits 5-7 and flags zero', `${first}, ${flags}`, '2.1');
  const payload = bytes.slice(HEADER_BYTES);
  if (((high << 8) | low) !== payload.length)
    throw new Disagreement(`length ${payload.length}`, `${(high << 8) | low}`, '2.1');
  return {
    op: first & 0x07,
    version: (first >> 3) & 0x03,
    flags,
    group: (groupHigh << 8) | groupLow,
    sequence,
    command,
    payload: readMap(payload),
    bytes,
  };
}

/** The refusal in an answer (2.4); null for a success. `group` null at SMP level. */
export function refusalIn({ payload }: Answer): { group: number | null; rc: number } | null {
  const detail = payload.get('err') ?? payload.get('ret');
  if (detail instanceof Map) return { group: Number(detail.get('group')), rc: Number(detail.get('rc')) };
  const rc = payload.get('rc');
  return typeof rc === 'number' && rc !== 0 ? { group: null, rc } : null;
}
