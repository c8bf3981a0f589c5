// The groups that stock firmware serves already: os and image, as far as the station uses them, with SMP's own error codes.
// Schemas of answers are loose: unknown keys are ignored, both forms of an error are read (device protocol, SMP).
import { z } from 'zod';
import type { CborMap } from './cbor.ts';

export const OS_GROUP = 0;
export const OS_COMMAND = { echo: 0, reset: 5, params: 6, info: 7 } as const;
export const IMAGE_GROUP = 1;
export const IMAGE_COMMAND = { state: 0, upload: 1 } as const;
export const SETTINGS_GROUP = 3;
export const SETTINGS_COMMAND = { value: 0 } as const;
export const FILE_GROUP = 8;
export const FILE_COMMAND = { status: 1 } as const;
export const SHELL_GROUP = 9;
export const SHELL_COMMAND = { execute: 0 } as const;

/** MCUmgr's result codes; 256 and above belong to the application. */
export const SMP_RC = {
  OK: 0,
  UNKNOWN: 1,
  NO_MEMORY: 2,
  INVALID: 3,
  TIMEOUT: 4,
  NO_ENTRY: 5,
  BAD_STATE: 6,
  TOO_LARGE: 7,
  NOT_SUPPORTED: 8,
  CORRUPT: 9,
  BUSY: 10,
  ACCESS_DENIED: 11,
  VERSION_TOO_OLD: 12,
  VERSION_TOO_NEW: 13,
} as const;

const Bytes = z.instanceof(Uint8Array);
const Uint32 = z.number().int().min(0).max(0xffffffff);
const Rc = z.number().int();

export const EchoRequest = z.object({ d: z.string() });
export const EchoResponse = z.object({ r: z.string() });
export const ResetRequest = z.object({ force: z.number().int().optional() });
export const ParamsResponse = z.object({
  /** Bytes of the device's reassembly buffer; the largest message is 4 less. */
  buf_size: z.number().int().min(64).max(0xffff),
  /** Requests that the device can hold. */
  buf_count: z.number().int().min(1).max(0xffff),
});
export const InfoRequest = z.object({ format: z.string().optional() });
export const InfoResponse = z.object({ output: z.string() });

export const ImageSlot = z.object({
  image: z.number().int().min(0).optional(),
  slot: z.number().int().min(0),
  version: z.string(),
  /** MCUboot's TLV 0x10, not the file's digest. */
  hash: Bytes.optional(),
  bootable: z.boolean().optional(),
  pending: z.boolean().optional(),
  confirmed: z.boolean().optional(),
  active: z.boolean().optional(),
  permanent: z.boolean().optional(),
});
export type ImageSlot = z.infer<typeof ImageSlot>;
export const ImageStateResponse = z.object({ images: z.array(ImageSlot).max(16) });
/** `confirm` without a hash means the image that runs. */
export const ImageStateWriteRequest = z.object({ hash: Bytes.optional(), confirm: z.boolean().optional() });
export const ImageUploadRequest = z.object({
  off: Uint32,
  data: Bytes,
  /** Only at offset 0. */
  len: Uint32.optional(),
  image: z.number().int().min(0).optional(),
  /** SHA-256 of the file; only at offset 0. */
  sha: Bytes.optional(),
  upgrade: z.boolean().optional(),
});
export const ImageUploadResponse = z.object({
  /** The offset that the device wants next. */
  off: Uint32,
  match: z.boolean().optional(),
});

/** SMP-level failure: `{rc}`. */
const SmpErrorV1 = z.object({ rc: Rc, rsn: z.string().optional() });
const GroupRc = z.object({ group: z.number().int().min(0), rc: Rc });
/** Failure of a group, version 2. Zephyr 3.4 called the map `ret`. */
const SmpErrorV2 = z.union([z.object({ err: GroupRc }), z.object({ ret: GroupRc })]);

/** Payload of an SMP-level failure. */
export function smpErrorPayload(rc: number): CborMap {
  return { rc };
}

/** Payload of a group's failure; `detail` stands beside the error, as `retryMs` does. */
export function groupErrorPayload(group: number, rc: number, detail: CborMap = {}): CborMap {
  return { err: { group, rc }, ...detail };
}

/** The failure in an answer; `group` null at SMP level. Null when the answer is a success, `rc: 0` included. */
export function readSmpError(payload: CborMap): { group: number | null; rc: number } | null {
  const v2 = SmpErrorV2.safeParse(payload);
  if (v2.success) {
    const { group, rc } = 'err' in v2.data ? v2.data.err : v2.data.ret;
    return rc === SMP_RC.OK ? null : { group, rc };
  }
  const v1 = SmpErrorV1.safeParse(payload);
  return v1.success && v1.data.rc !== SMP_RC.OK ? { group: null, rc: v1.data.rc } : null;
}
