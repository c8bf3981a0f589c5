// Takes onto record the CAs that lie in the data folder and are not there yet, as from an older Keyline or after a power
// cut; the first one becomes the active one. One transaction each, with its audit event. Refuses another CA under a name
// that is on record.
import { KeylineError } from '../../domain/errors.ts';
import { roleBeside } from './ca-store.ts';
import { type Recorder, STATION_ACTOR } from './recorder.ts';

/** A CA as its folder has it. */
export interface KeptCa {
  readonly name: string;
  readonly limit: number | null;
  readonly chain: { readonly issuerId: string };
}

/** Throws CA_EXISTS for a name that is on record, whether its folder is there or not: it stays that CA's for ever. */
export function refuseNameOnRecord({ store }: Pick<Recorder, 'store'>, name: string): void {
  if (store.cas().some((known) => known.name === name)) throw new KeylineError('CA_EXISTS', name);
}

/**
 * Takes in what lies in the folder and is not on record, and limits that were changed there. Throws CA_INVALID for a
 * folder with another CA than the one on record under its name.
 */
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
      const others = store.cas();
      if (others.some((other) => other.name === name))
        throw new KeylineError('CA_INVALID', `the folder of ${name} holds another CA than the one on record`);
      const role = roleBeside(others);
      store.insertCa({ issuerId, name, role, limit });
      return append('ca-adopted', { issuerId, name, role, limit });
    });
  }
}
