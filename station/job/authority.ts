// Who may say yes to a job: the line. Both answers are transactions; a refusal is a code of the table of errors.
import type { ErrorCode } from '../../domain/error-table.ts';
import type { IdentityBoard } from '../drivers/driver.ts';
import type { CertificateIntent } from '../identity/issuer.ts';

export interface Refused {
  readonly refused: ErrorCode;
  readonly detail: string;
}

export interface Admitted {
  readonly deviceSerial: string;
  /** Fingerprint of the void certificate that the board may still hold, where the job re-works it; null else. */
  readonly voidLeaf: string | null;
}

export interface Authority {
  /** Checks lot, model, revision and quota, binds the job to the device and reserves its serial. */
  admit(jobId: number, board: IdentityBoard): Admitted | Refused;
  /** Reads lot, quota and clock again and records the exact to-be-signed bytes: a signature is spent. */
  intend(jobId: number, intent: CertificateIntent): { readonly certificateId: number } | Refused;
}
