// Who turns a checked request into a certificate, in two steps so that a record can stand between them.
import type { Recipe } from '../../domain/recipe.ts';
import type { Attendance } from './signer.ts';

/** Certificates as DER. */
export interface IssuerChain {
  readonly root: Uint8Array;
  /** From the issuing CA up to, without, the root. */
  readonly intermediates: readonly Uint8Array[];
  /** SHA-256 of the issuing CA certificate, hex. */
  readonly issuerId: string;
  /** notBefore of the issuing CA, UTC ms: no certificate starts earlier. */
  readonly notBeforeMs: number;
  /** The chain says TEST. */
  readonly practice: boolean;
}

/** The CAs of a line: what is new is the active one's, what was recorded under another stays that one's. */
export interface IssuerSet {
  readonly active: Issuer;
  /** Certificates of every CA of the station, the active one's first. */
  readonly chains: readonly IssuerChain[];
  /** Throws SIGNER_LOCKED when its key is not open. */
  of(issuerId: string): Issuer;
}

export interface CertificateOrder {
  /** PKCS#10 DER as the device sent it. */
  readonly request: Uint8Array;
  readonly deviceSerial: string;
  readonly hwid: string;
  readonly certificate: Recipe['certificate'];
  readonly nowMs: number;
}

export interface CertificateIntent {
  /** The exact bytes that will be signed, DER. */
  readonly tbs: Uint8Array;
  /** 128 random bits, 32 hex digits. */
  readonly certificateSerialNumber: string;
  readonly notBeforeMs: number;
  /** Of the requested key, DER. */
  readonly spki: Uint8Array;
  readonly spkiSha256: string;
}

export interface Issuer {
  readonly chain: IssuerChain;
  /** Whether its signer could sign now. */
  readonly attendance: Attendance;
  /** Checks the request and the profile and writes the to-be-signed bytes. Signs nothing. Throws CSR_INVALID, PROFILE_VIOLATION. */
  intend(order: CertificateOrder): Promise<CertificateIntent>;
  /** Signs exactly these bytes; the certificate, DER, linted again. Throws SIGNER_UNREACHABLE, SIGNER_LOCKED, PROFILE_VIOLATION. */
  sign(tbs: Uint8Array): Promise<Uint8Array>;
  /** DER of the CA's signature over `issuerClaimText`: this CA is that station's. Throws SIGNER_UNREACHABLE, SIGNER_LOCKED. */
  claim(stationId: string): Promise<Uint8Array>;
  /** Signs a text that is neither certificate nor claim; whether the signature is its own. Throws SIGNER_UNREACHABLE, SIGNER_LOCKED. */
  test(nonce: Uint8Array): Promise<boolean>;
  /** Lets go of its key; settles when that has ended. */
  close(): Promise<void>;
}
