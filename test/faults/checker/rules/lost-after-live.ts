// Certificates that may be void after they were live: the lock that held them is gone, a person decided so for one that
// the service refused for another (CERTAINTY.md, Conflicts), or the lost life of a restored station had made them void, and
// the service said so only once their boards had passed here.
import type { Books } from '../books.ts';

export function lostAfterLive({ station, earlier = [] }: Pick<Books, 'station' | 'earlier'>): ReadonlySet<number> {
  const { certificates, events, outbox } = station;
  const voidBefore = new Set(
    earlier.flatMap((book) => book.certificates.filter(({ state }) => state === 'void')).map((row) => row.fingerprint),
  );
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
          reason === 'LOCK_LOST' ||
          (fingerprint !== null &&
            (voidBefore.has(fingerprint) || (decided.has(fingerprint) && refused.has(certificate_id)))),
      )
      .map(({ certificate_id }) => certificate_id),
  );
}
