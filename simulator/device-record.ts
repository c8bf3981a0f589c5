// What a virtual device keeps without power: one record, committed as a whole (device protocol, "One commit").
// The only place where its private key stands.
import { z } from 'zod';
import { HardwareId, Sha256Hex } from '../domain/ids.ts';
import { Life } from '../domain/job.ts';

const Base64 = z.base64();

/** An image in a slot: what MCUboot's header and TLVs say, without the body. */
export const StoredImage = z.strictObject({
  version: z.string(),
  /** MCUboot's image hash. */
  imageHash: Sha256Hex,
  /** SHA-256 of the uploaded file; null for what the board was made with. */
  fileSha256: Sha256Hex.nullable(),
  /** Whether this firmware serves the identity group. */
  identity: z.boolean(),
});
export type StoredImage = z.infer<typeof StoredImage>;

export const DeviceRecord = z.strictObject({
  hwid: HardwareId,
  model: z.string(),
  hardwareRevision: z.string(),
  life: Life,
  /** PKCS#8 and SubjectPublicKeyInfo, DER in Base64, beside the nonce that asked for the key, where it was made here. */
  key: z
    .strictObject({
      pkcs8: Base64,
      spki: Base64,
      nonce: z
        .string()
        .regex(/^[0-9a-f]{32}$/)
        .optional(),
      /** Of an injected key, which has no nonce: SHA-256 of the message that brought it. */
      injectSha256: Sha256Hex.optional(),
    })
    .nullable(),
  items: z.strictObject({ chain: Base64.nullable(), anchor: Base64.nullable(), leaf: Base64.nullable() }),
  /** Journal of a lock: written before anything burns, kept ever after. */
  lock: z
    .strictObject({
      deviceSerial: z.string(),
      leafSha256: Sha256Hex,
      debug: z.boolean(),
      /** A fuse was burnt and read otherwise: nothing is burnt any more. */
      failed: z.literal(true).optional(),
    })
    .nullable(),
  /** One-time fuses: true once burnt. */
  fuses: z.strictObject({ identity: z.boolean(), debug: z.boolean() }),
  /** Slot 0 runs. */
  running: StoredImage,
  /** Slot 1. */
  spare: StoredImage.nullable(),
  /**
   * MCUboot's swap state. `permanent`: slot 0 stays. `trial`: slot 0 goes back to slot 1 at the next restart unless
   * confirmed. `test` and `replace`: slot 1 is taken at the next restart, for a trial or for good.
   */
  swap: z.enum(['permanent', 'trial', 'test', 'replace']),
});
export type DeviceRecord = z.infer<typeof DeviceRecord>;

/** What a device is made of. */
export interface DeviceDescription {
  readonly hwid: string;
  readonly model: string;
  readonly hardwareRevision: string;
  /** What runs when it comes to the line. */
  readonly image: StoredImage;
}

/** The record of a device that leaves its own factory: blank, open, without an identity. */
export function newDeviceRecord({ hwid, model, hardwareRevision, image }: DeviceDescription): DeviceRecord {
  return {
    hwid,
    model,
    hardwareRevision,
    life: 'blank',
    key: null,
    items: { chain: null, anchor: null, leaf: null },
    lock: null,
    fuses: { identity: false, debug: false },
    running: image,
    spare: null,
    swap: 'permanent',
  };
}
