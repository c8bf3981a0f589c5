// That a CA is this station's, as the security service wants to hear it: signed by the CA's own key while that is open,
// kept on record, and sent before anything that the CA signed (DESIGN.md section 7).
import { KeylineError } from '../domain/errors.ts';
import type { Ca } from './identity/ca-folder.ts';
import type { KeyRing } from './key-ring.ts';
import type { OwnClaim } from './outbox/outbox.ts';
import type { CaRow } from './records/ca-store.ts';
import { type Recorder, STATION_ACTOR } from './records/recorder.ts';

export interface ClaimParts {
  readonly recorder: Recorder;
  readonly stationId: string;
  readonly keys: Pick<KeyRing, 'of' | 'has'>;
  readonly cas: readonly Ca[];
}

export class ClaimDesk {
  readonly #parts: ClaimParts;

  constructor(parts: ClaimParts) {
    this.#parts = parts;
  }

  /** Before a CA signs anything: its claim stands, however long its key stays away later. Throws SIGNER_LOCKED, SIGNER_UNREACHABLE, DISK_FULL. */
  async keep(issuerId: string): Promise<Uint8Array> {
    const { recorder, stationId, keys } = this.#parts;
    const kept = recorder.store.ca(issuerId)?.proof;
    if (kept) return kept;
    const proof = await keys.of(issuerId).claim(stationId);
    // Two may have asked.
    const since = recorder.store.ca(issuerId)?.proof;
    if (since) return since;
    recorder.commit(STATION_ACTOR, (append) => {
      recorder.store.setCaProof(issuerId, proof);
      append('issuer-claimed', { issuerId });
    });
    return proof;
  }

  /** CAs that the service has to know before entries of theirs, and does not yet. Throws as `keep`: then nothing is sent. */
  waiting(): Promise<OwnClaim[]> {
    return this.#claims(({ registered }) => !registered);
  }

  /** As `waiting`, with those that the service knows: a file may reach it before, or without, any of them. */
  all(): Promise<OwnClaim[]> {
    return this.#claims(() => true);
  }

  async #claims(wanted: (row: CaRow) => boolean): Promise<OwnClaim[]> {
    const claims: OwnClaim[] = [];
    for (const row of this.#parts.recorder.store.cas()) {
      if (!wanted(row) || !this.#isDue(row)) continue;
      const ca = this.#parts.cas.find(({ chain }) => chain.issuerId === row.issuerId);
      if (!ca) throw new KeylineError('SIGNER_UNREACHABLE', `CA ${row.name} is not in the data folder`);
      const { root, intermediates, issuerId } = ca.chain;
      claims.push({ issuerId, root, intermediates, proof: await this.keep(issuerId) });
    }
    return claims;
  }

  /** One that signed, or will: what never signed and is locked has nothing to send. */
  #isDue({ role, signatures, issuerId }: CaRow): boolean {
    return signatures > 0 || (role === 'active' && this.#parts.keys.has(issuerId));
  }

  /** Throws DISK_FULL. */
  registered(issuerId: string): void {
    const { recorder } = this.#parts;
    recorder.commit(STATION_ACTOR, (append) => {
      recorder.store.setCaRegistered(issuerId);
      append('issuer-registered', { issuerId });
    });
  }
}
