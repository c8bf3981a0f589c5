// Takes onto record the CAs that lie in the data folder and are not there yet, as from an older Keyline or after a power
// cut; the first one becomes the active one. One transaction each, with its audit event.
import { roleBeside } from './ca-store.ts';
import { type Recorder, STATION_ACTOR } from './recorder.ts';

/** A CA as its folder has it. */
export interface KeptCa {
  readonly name: string;
  readonly limit: number | null;
  readonly chain: { readonly issuerId: string };
}

/** Takes in what lies in the folder and is not on record, and limits that were changed there. */
export function adoptCas(recorder: Recorder, kept: readonly KeptCa[]): void {
  const { store } = recorder;
  for (const { name, limit, chain } of kept) {
    const { issuerId } = chain;
    const known = store.ca(issuerId);
    if (known && known.limit === limit) continue;
    recorder.commit(STATION_ACTOR, (append) => {
      if (known) {
        store.setCaLimit(issuerId, limit);
        return append('ca-limited', { issuerId, limit });
      }
      const role = roleBeside(store.cas());
      store.insertCa({ issuerId, name, role, limit });
      return append('ca-adopted', { issuerId, name, role, limit });
    });
  }
}
