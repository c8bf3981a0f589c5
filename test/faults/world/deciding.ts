// A security officer who clears what holds a lot open: what the cloud refused for another board is made void.
import type { Station } from '../../../station/station.ts';

/** Throws what asking the service throws: it is asked again then. */
export async function decideConflicts(station: Station): Promise<void> {
  const { reconcile } = station;
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof reconcile.list>> = await reconcile.list(after);
    for (const { fingerprint, sent, station: state, decisions } of page.rows)
      if (sent === 'refused' && state === 'live' && decisions.includes('void'))
        await reconcile.decide('officer', { fingerprint, decision: 'void', lotId: null });
    if (page.next === null) return;
    after = page.next;
  }
}
