// What the service holds of a station's devices, a page at a time in the order of fingerprints: what a restored station
// reads before it gives out a serial, and what every station may compare its records with.
import { z } from 'zod';
import { DeviceSerial, HardwareId, Sha256Hex } from '../../domain/ids.ts';
import { CertificateText, VoidEntry } from './registration.ts';

/** Rows of a page: some 1.6 KB each, with the certificate. */
export const HELD_PAGE = 200;

export const HeldCertificate = z.object({
  fingerprint: Sha256Hex,
  deviceSerial: DeviceSerial,
  hwid: HardwareId,
  hardwareType: z.string().min(1).max(128),
  spkiSha256: Sha256Hex,
  issuerId: Sha256Hex,
  state: z.enum(['unclaimed', 'registered', 'void']),
  /** Why it is void, as its void entry says it; null else, and where it is no code. */
  voidReason: VoidEntry.shape.reason.nullable().catch(null),
  certificate: CertificateText,
});
export type HeldCertificate = z.infer<typeof HeldCertificate>;

export const HeldPage = z.object({
  certificates: z.array(HeldCertificate).max(HELD_PAGE),
  /** There are more after the last of these. */
  more: z.boolean(),
});
export type HeldPage = z.infer<typeof HeldPage>;

/** `after`: a fingerprint; without it from the first. */
export const HeldQuery = z.strictObject({ after: Sha256Hex.optional() });
