// What every rule of the service may use, and what is known of one request.
import type { Clock, Random } from '../domain/seams.ts';
import type { RegistrationStore } from './registration-store.ts';
import type { ServiceAuthority } from './service-authority.ts';

export interface Service {
  readonly store: RegistrationStore;
  readonly authority: ServiceAuthority;
  readonly clock: Clock;
  readonly random: Random;
  /** Takes only what says TEST, or nothing of it. */
  readonly practice: boolean;
}

export interface RequestContext {
  /** Certificate whose key the other end holds, DER; null when it showed none. */
  readonly peer: Uint8Array | null;
  /** SHA-256 of the body as sent, inflated. */
  readonly bodySha256: string | null;
}
