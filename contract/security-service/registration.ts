// Entries of a registration batch, in the order in which the station wrote them, and one answer for each.
import { z } from 'zod';
import { DeviceSerial, HardwareId, Name, Sha256Hex } from '../../domain/ids.ts';

/** Entries in one batch: past this the time of a batch grows and nothing else improves (facts: mTLS and sync). */
const MAX_BATCH = 500;

/** Base64 of a DER certificate of at most 4096 bytes, the longest that pki/ reads. */
export const CertificateText = z.base64().min(1).max(5464);

export const RegisterEntry = z.strictObject({
  kind: z.literal('register'),
  deviceSerial: DeviceSerial,
  hwid: HardwareId,
  /** hwType of hardwareModuleName. */
  hardwareType: z.string().min(1).max(128),
  model: z.string().min(1).max(32),
  lotId: Name,
  certificate: CertificateText,
  /** SHA-256 of the issuing CA certificate. */
  issuerId: Sha256Hex,
  simulated: z.boolean(),
  /** Fingerprint of the void certificate under which the same device was registered before. */
  supersedes: Sha256Hex.optional(),
});
export type RegisterEntry = z.infer<typeof RegisterEntry>;

/** A signed certificate that no device may use. */
export const VoidEntry = z.strictObject({
  kind: z.literal('void'),
  fingerprint: Sha256Hex,
  deviceSerial: DeviceSerial,
  certificate: CertificateText,
  issuerId: Sha256Hex,
  /** A code of the table of errors, such as PROOF_FAILED. */
  reason: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/),
});
export type VoidEntry = z.infer<typeof VoidEntry>;

export const RegistrationEntry = z.discriminatedUnion('kind', [RegisterEntry, VoidEntry]);
export type RegistrationEntry = z.infer<typeof RegistrationEntry>;

/** Why a live entry of another certificate or device stands in the way. */
export const ConflictReason = z.enum(['DEVICE_TAKEN', 'CERTIFICATE_TAKEN', 'SERIAL_TAKEN', 'KEY_TAKEN']);
export type ConflictReason = z.infer<typeof ConflictReason>;

export const RejectReason = z.enum([
  'CERTIFICATE_INVALID',
  'ISSUER_UNKNOWN',
  'CHAIN_INVALID',
  'FACTS_DIFFER',
  'PRACTICE_MISMATCH',
  'CERTIFICATE_VOID',
]);
export type RejectReason = z.infer<typeof RejectReason>;

export const EntryResult = z.discriminatedUnion('result', [
  z.object({ result: z.literal('created') }),
  z.object({ result: z.literal('unchanged') }),
  z.object({ result: z.literal('conflict'), reason: ConflictReason }),
  z.object({ result: z.literal('rejected'), reason: RejectReason }),
]);
export type EntryResult = z.infer<typeof EntryResult>;

export const RegistrationBatch = z.strictObject({ entries: z.array(RegistrationEntry).min(1).max(MAX_BATCH) });
export type RegistrationBatch = z.infer<typeof RegistrationBatch>;

/** One result an entry, in the order of the batch. */
export const BatchAnswer = z.object({ results: z.array(EntryResult).max(MAX_BATCH) });
export type BatchAnswer = z.infer<typeof BatchAnswer>;
