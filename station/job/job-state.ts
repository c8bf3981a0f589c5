// The job machine's state: where a job stands and what is known of its device. Kept in the job's row as JSON.
import { z } from 'zod';
import type { ErrorCode } from '../../domain/error-table.ts';
import { isErrorCode } from '../../domain/errors.ts';
import { DeviceSerial, HardwareId, Sha256Hex } from '../../domain/ids.ts';
import { Outcome } from '../../domain/job.ts';

const Code = z.custom<ErrorCode>((value) => typeof value === 'string' && isErrorCode(value));

/** What is recorded of this job so far: everything a resume needs. Digests and nonces are hex. */
export const JobFacts = z.object({
  /** 1 at first; one more after each failure that is tried again. */
  attempt: z.number().int().min(1).max(100),
  hwid: HardwareId.nullable(),
  deviceSerial: DeviceSerial.nullable(),
  firmwareMeasured: z.boolean(),
  /** 16 bytes; recorded before the key is asked for. */
  keyNonce: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable(),
  /** The key that the device was told to discard with this nonce. */
  keyWas: Sha256Hex.nullable(),
  spkiSha256: Sha256Hex.nullable(),
  /** A sealed key that was meant for the board, until it is known to be there or is void. Jobs of older Keylines have none. */
  sealedSha256: Sha256Hex.nullable().default(null),
  /** The certificate whose to-be-signed bytes are recorded. */
  certificateId: z.number().int().min(1).nullable(),
  /** SHA-256 of the signed leaf, DER. */
  leafSha256: Sha256Hex.nullable(),
  /** Of a re-work: the void leaf that the board may hold and that a new key wipes. Jobs of older Keylines have none. */
  voidLeaf: Sha256Hex.nullable().default(null),
  installed: z.boolean(),
  verified: z.boolean(),
  lockIntended: z.boolean(),
});
export type JobFacts = z.infer<typeof JobFacts>;

/** Steps in their usual order; each names the one effect that is under way. */
export const JOB_STEPS = [
  'identifying',
  'admitting',
  'loading-firmware',
  'restarting-firmware',
  'confirming-firmware',
  'measuring-firmware',
  'making-key',
  'sealing-key',
  'injecting-key',
  'requesting',
  'proving-key',
  'intending-certificate',
  'signing',
  'installing-chain',
  'installing-anchor',
  'installing-leaf',
  'verifying',
  'planning-lock',
  'locking',
  'restarting-locked',
  'proving-lock',
  'checking-groups',
] as const;
export type JobStep = (typeof JOB_STEPS)[number];

export const JobState = z.discriminatedUnion('at', [
  z.object({ at: z.enum(JOB_STEPS), facts: JobFacts }),
  z.object({ at: z.literal('ended'), facts: JobFacts, outcome: Outcome, code: Code.nullable() }),
]);
export type JobState = z.infer<typeof JobState>;
export type WorkingState = Extract<JobState, { at: JobStep }>;

export const NO_FACTS: JobFacts = {
  attempt: 1,
  hwid: null,
  deviceSerial: null,
  firmwareMeasured: false,
  keyNonce: null,
  keyWas: null,
  spkiSha256: null,
  sealedSha256: null,
  certificateId: null,
  leafSha256: null,
  voidLeaf: null,
  installed: false,
  verified: false,
  lockIntended: false,
};
