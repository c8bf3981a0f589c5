// The words for one device's provisioning attempt: its stages in order and how it may end.
import { z } from 'zod';

/** Stages, always in this order. */
const STAGES = ['connect', 'firmware', 'key', 'certificate', 'verify', 'lock'] as const;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

/** `passed`; `failed`: the device is bad; `errored`: we are; `aborted`: no verdict. Yield counts the first two. */
export const Outcome = z.enum(['passed', 'failed', 'errored', 'aborted']);
export type Outcome = z.infer<typeof Outcome>;

/** Life of a device's identity store (device protocol, command 0). */
export const LIVES = ['blank', 'keyed', 'enrolled', 'locked'] as const;
export const Life = z.enum(LIVES);
export type Life = z.infer<typeof Life>;

/** A certificate's state. Until `live` or `void` it is "in work". */
export const CertificateState = z.enum(['intended', 'signed', 'installed', 'live', 'void']);
export type CertificateState = z.infer<typeof CertificateState>;

/** Automatic attempts of one device in a row: the first and two retries, then the bin (UX.md section 6). */
export const MAX_ATTEMPTS = 3;
