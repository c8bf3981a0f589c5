// What holds a CA key or the station's own key. The key itself never leaves a signer.

/** `pin-needed`: its token waits for a login. `unreachable`: its token was lost, and is not seen again yet. */
export type SignerState = 'ready' | 'pin-needed' | 'unreachable';

/** What may be away for a while, as a token that was pulled out. */
export interface Attendance {
  state(): SignerState;
  /** Looks, without any PIN, whether what was away is back; `state` says so later. Never throws. */
  look(): void;
  /** Calls `changed` after each change of the state. */
  watch(changed: () => void): void;
}

/** Of what is always there. */
export const PRESENT: Attendance = { state: () => 'ready', look() {}, watch() {} };

/** Why nothing can be signed now, or null. A token that comes back takes its PIN again. */
export function awayCode({ state }: Attendance): 'SIGNER_UNREACHABLE' | 'SIGNER_LOCKED' | null {
  const now = state();
  if (now === 'ready') return null;
  return now === 'unreachable' ? 'SIGNER_UNREACHABLE' : 'SIGNER_LOCKED';
}

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
  /** Absent for one that is always there. */
  readonly attendance?: Attendance;
}
