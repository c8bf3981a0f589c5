// What holds a CA key or the station's own key. The key itself never leaves a signer.

export interface Signer {
  /** SubjectPublicKeyInfo, DER, P-256. */
  readonly spki: Uint8Array;
  /**
   * ECDSA-SHA256 over `message`; DER SEQUENCE of r and s. The signer hashes: node:crypto signs no ready digest,
   * a PKCS#11 signer hashes before CKM_ECDSA. Throws SIGNER_UNREACHABLE, SIGNER_LOCKED.
   */
  sign(message: Uint8Array): Promise<Uint8Array>;
  /** Lets go of what it holds, as a token's process and session; settles when that has ended. A file signer has none. */
  close?(): Promise<void>;
}
