// What a comparison with the cloud needs of the records. db/ implements it; writes stand in a transaction.
import type { OwnCertificate } from './side-by-side.ts';

export interface ReconcileStore {
  /** Signed certificates after this fingerprint, in their order. */
  signedAfter(fingerprint: string, limit: number): readonly OwnCertificate[];
  /** How the void entry of the certificate stands; null when there is none. */
  voidSent(certificateId: number): OwnCertificate['sent'];
  /** The entry of the certificate waits again; false when there is none. */
  sendAgain(certificateId: number, kind: 'register' | 'void'): boolean;
}
