// Certificates of good chains that nobody registered: kept without access until an officer adopts or revokes each. To
// adopt is to register on a person's word; what stands in the way of a registration stands in the way of this too.
import type { ConflictReason } from '../contract/security-service/registration.ts';
import { canonicalJson } from '../domain/audit-event.ts';
import { KeylineError } from '../domain/errors.ts';
import type { CertificateRow } from './registration-store.ts';
import { obstacleTo } from './registrations.ts';
import type { Service } from './service-context.ts';

/** What stands in the records for a certificate that an officer revoked. */
const REVOKED = 'REVOKED';

/** In the order of fingerprints, after this one; at most `limit`. */
export function listUnclaimed({ store }: Pick<Service, 'store'>, after: string, limit: number): CertificateRow[] {
  return store.unclaimed(after, limit);
}

/** It may enter from now on. Throws UNCLAIMED_UNKNOWN, and UNCLAIMED_BLOCKED where another one is registered in its place. */
export function adoptUnclaimed(service: Pick<Service, 'store' | 'clock'>, fingerprint: string, because: string): void {
  const { store, clock } = service;
  store.transaction(() => {
    const row = unclaimed(service, fingerprint);
    const obstacle: ConflictReason | null = obstacleTo(store, row, null)?.reason ?? null;
    if (obstacle !== null) throw new KeylineError('UNCLAIMED_BLOCKED', obstacle);
    const nowMs = clock.nowMs();
    const before = store.lastRegisteredOfDevice(row.hardwareType, row.hwid)?.registeredMs ?? -1;
    const { deviceSerial, hwid, hardwareType, issuerId } = row;
    const entry = canonicalJson({ kind: 'adopted', deviceSerial, hwid, hardwareType, issuerId, because });
    store.saveCertificate({ ...row, state: 'registered', registeredMs: Math.max(nowMs, before + 1), entry });
    store.insertDecision({ fingerprint, decision: 'adopted', because, decidedMs: nowMs });
  });
}

/** It never enters. Throws UNCLAIMED_UNKNOWN. */
export function revokeUnclaimed(service: Pick<Service, 'store' | 'clock'>, fingerprint: string, because: string): void {
  const { store, clock } = service;
  store.transaction(() => {
    const row = unclaimed(service, fingerprint);
    store.saveCertificate({ ...row, state: 'void', voidReason: REVOKED });
    store.insertDecision({ fingerprint, decision: 'revoked', because, decidedMs: clock.nowMs() });
  });
}

function unclaimed({ store }: Pick<Service, 'store'>, fingerprint: string): CertificateRow {
  const row = store.certificate(fingerprint);
  if (row?.state !== 'unclaimed') throw new KeylineError('UNCLAIMED_UNKNOWN', fingerprint);
  return row;
}
