// The REST interface between stations, devices and the security service (DESIGN.md section 7). mTLS under all of it:
// `enrol` and `health` need no client certificate, `admission` a device's, all else a station's.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Checkpoint, SignedCheckpoint } from '../domain/checkpoint.ts';
import { Name, Sha256Hex, TimeMs } from '../domain/ids.ts';
import { HeldPage, HeldQuery } from './security-service/held.ts';
import { PROBLEMS } from './security-service/problem.ts';
import { BatchAnswer, CertificateText, RegistrationBatch } from './security-service/registration.ts';

/** CA certificates between leaf and root: as many as pki/chain.ts follows. */
const MAX_INTERMEDIATES = 6;

/** Base64 of a P-256 signature of the greatest length, 72 bytes. */
const MAX_SIGNATURE = 96;

const Pem = z.string().min(1).max(65_536);

export const EnrolOrder = z.strictObject({
  token: z.string().min(1).max(128),
  stationId: Name,
  practice: z.boolean(),
  /** PKCS#10, base64 of DER; subject exactly CN=stationId. */
  request: z.base64().min(1).max(2732),
});
export type EnrolOrder = z.infer<typeof EnrolOrder>;

export const EnrolAnswer = z.object({ stationCertificatePem: Pem, serviceCaPem: Pem });
export type EnrolAnswer = z.infer<typeof EnrolAnswer>;

export const IssuerChainText = z.strictObject({
  /** From the issuing CA up to, without, the root. */
  intermediates: z.array(CertificateText).min(1).max(MAX_INTERMEDIATES),
  root: CertificateText,
  /** Base64 of the DER ECDSA-SHA256 signature of the issuing CA's key over `issuerClaimText`. */
  proof: z.base64().min(1).max(MAX_SIGNATURE),
});
export type IssuerChainText = z.infer<typeof IssuerChainText>;

export const IssuerAnswer = z.object({ issuerId: Sha256Hex, result: z.enum(['created', 'unchanged']) });
export type IssuerAnswer = z.infer<typeof IssuerAnswer>;

export const CheckpointAnswer = z.object({ result: z.enum(['created', 'unchanged']) });
export type CheckpointAnswer = z.infer<typeof CheckpointAnswer>;

/** What the service holds of this station; the station's own equation is checked against it. */
export const Counts = z.object({
  /** Registered and not void. */
  registered: z.number().int().min(0),
  void: z.number().int().min(0),
  unclaimed: z.number().int().min(0),
  /** Conflicts whose certificate is neither registered nor void yet. */
  conflicts: z.number().int().min(0),
  /** The last checkpoint that was accepted. */
  checkpoint: Checkpoint.nullable(),
});
export type Counts = z.infer<typeof Counts>;

export const AdmissionRefusal = z.enum([
  'CERTIFICATE_INVALID',
  'CHAIN_UNKNOWN',
  'CHAIN_INVALID',
  'NOT_REGISTERED',
  'VOID',
]);
export type AdmissionRefusal = z.infer<typeof AdmissionRefusal>;

export const Admission = z.discriminatedUnion('admitted', [
  z.object({ admitted: z.literal(true), deviceSerial: z.string(), hwid: z.string() }),
  z.object({
    admitted: z.literal(false),
    reason: AdmissionRefusal,
    /** With VOID: why the certificate is void, such as PROOF_FAILED. */
    voidReason: z.string().nullable(),
  }),
]);
export type Admission = z.infer<typeof Admission>;

const Health = z.object({ status: z.literal('ok'), practice: z.boolean(), timeMs: TimeMs });

/** The station's epoch; it has one more after each restore. */
const Epoch = z.coerce.number().int().min(1).default(1);

const {
  NOT_ENROLLED,
  CERTIFICATE_EXPIRED,
  MESSAGE_INVALID,
  TOO_LARGE,
  TOO_MANY_REQUESTS,
  SERVICE_FAULT,
  SERVICE_FULL,
} = PROBLEMS;
const open = oc.errors({ MESSAGE_INVALID, TOO_LARGE, TOO_MANY_REQUESTS, SERVICE_FAULT, SERVICE_FULL });
const station = open.errors({ NOT_ENROLLED, CERTIFICATE_EXPIRED });

export const securityService = {
  enrol: open
    .route({ method: 'POST', path: '/v1/stations/enrol', summary: 'Turn a one-time token into a station certificate' })
    .errors({
      TOKEN_REFUSED: PROBLEMS.TOKEN_REFUSED,
      PRACTICE_MISMATCH: PROBLEMS.PRACTICE_MISMATCH,
      REQUEST_REFUSED: PROBLEMS.REQUEST_REFUSED,
      STATION_TAKEN: PROBLEMS.STATION_TAKEN,
    })
    .input(EnrolOrder)
    .output(EnrolAnswer),
  putIssuer: station
    .route({ method: 'PUT', path: '/v1/stations/me/issuer', summary: "Make this station's issuing CA known" })
    .errors({
      ISSUER_REFUSED: PROBLEMS.ISSUER_REFUSED,
      ISSUER_TAKEN: PROBLEMS.ISSUER_TAKEN,
      PRACTICE_MISMATCH: PROBLEMS.PRACTICE_MISMATCH,
    })
    .input(IssuerChainText)
    .output(IssuerAnswer),
  register: station
    .route({
      method: 'POST',
      path: '/v1/registrations',
      summary: 'Register or void certificates, in the order of the outbox',
      inputStructure: 'detailed',
    })
    .errors({ IDEMPOTENCY_MISMATCH: PROBLEMS.IDEMPOTENCY_MISMATCH, STATION_FORKED: PROBLEMS.STATION_FORKED })
    .input(
      z.object({
        headers: z.object({ 'idempotency-key': Sha256Hex, 'keyline-epoch': Epoch }),
        body: RegistrationBatch,
      }),
    )
    .output(BatchAnswer),
  checkpoint: station
    .route({ method: 'POST', path: '/v1/checkpoints', summary: 'Pin the audit chain of this station' })
    .errors({ STATION_FORKED: PROBLEMS.STATION_FORKED, CHECKPOINT_REFUSED: PROBLEMS.CHECKPOINT_REFUSED })
    .input(SignedCheckpoint)
    .output(CheckpointAnswer),
  counts: station
    .route({ method: 'GET', path: '/v1/counts', summary: 'What the service holds of this station' })
    .output(Counts),
  held: station
    .route({ method: 'GET', path: '/v1/certificates', summary: 'What the service holds of this station, a page' })
    .input(HeldQuery)
    .output(HeldPage),
  admission: open
    .route({ method: 'POST', path: '/v1/admission', summary: 'Ask to be let in, by the device certificate' })
    .errors({ NO_CERTIFICATE: PROBLEMS.NO_CERTIFICATE })
    .output(Admission),
  health: open.route({ method: 'GET', path: '/v1/health', summary: 'Whether the service works' }).output(Health),
};
