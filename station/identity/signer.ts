// What holds a CA key or the station's own key. The key itself never leaves a signer.

export interface Signer {
  /** SubjectPublicKeyInfo, DER, P-256. */
  readonly spki: Uint8Array;
  /** ECDSA over a SHA-256 digest (32 bytes); DER SEQUENCE of r and s. Throws SIGNER_UNREACHABLE, SIGNER_LOCKED. */
  sign(digest: Uint8Array): Promise<Uint8Array>;
}
