// Certificates that may be void after they were live: the lock that held them is gone, or a person decided so for one that
// the service refused for another (CERTAINTY.md, Conflicts).
import type { StationBook } from '../books.ts';

export function lostAfterLive({ certificates, events, outbox }: StationBook): ReadonlySet<number> {
  const decided = new Set(
    events.filter(({ type, of }) => type === 'row-decided' && of.decision === 'void').map(({ of }) => of.fingerprint),
  );
  const refused = new Set(
    outbox.filter(({ kind, state }) => kind === 'register' && state === 'refused').map((row) => row.certificate_id),
  );
  return new Set(
    certificates
      .filter(
        ({ certificate_id, reason, fingerprint }) =>
          reason === 'LOCK_LOST' || (fingerprint !== null && decided.has(fingerprint) && refused.has(certificate_id)),
      )
      .map(({ certificate_id }) => certificate_id),
  );
}
