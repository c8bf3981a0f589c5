// What a line is started with: the lot, its bench and what signs for it. Refuses whatever the start of a line refuses.
import { KeylineError } from '../domain/errors.ts';
import { Recipe } from '../domain/recipe.ts';
import type { IssuerSet } from './identity/issuer.ts';
import type { Bench } from './lots/settings.ts';
import type { LotRow, RecordStore } from './records/record-store.ts';
import type { SigningDesk } from './signing-desk.ts';

export interface LineStart {
  readonly lot: LotRow;
  readonly bench: Bench;
  readonly issuers: IssuerSet;
}

interface AroundStart {
  readonly records: Pick<RecordStore, 'lot'>;
  readonly signing: Pick<SigningDesk, 'issuers' | 'profileFault'>;
  /** The bench that was set; null before any was. */
  readonly bench: Bench | null;
  readonly lotOnLine: string | null;
}

/** Throws LINE_RUNNING, LOT_UNKNOWN, LOT_NOT_RELEASED, BENCH_UNSET, CA_MISSING, SIGNER_LOCKED, PRACTICE_MISMATCH, PROFILE_UNFIT. */
export function startableLot(
  input: { readonly lotId: string; readonly bench: Bench | null },
  { records, signing, bench: set, lotOnLine }: AroundStart,
): LineStart {
  if (lotOnLine !== null) throw new KeylineError('LINE_RUNNING', lotOnLine);
  const lot = records.lot(input.lotId);
  if (!lot) throw new KeylineError('LOT_UNKNOWN', input.lotId);
  if (lot.state !== 'released' && lot.state !== 'held')
    throw new KeylineError('LOT_NOT_RELEASED', `${lot.lotId} is ${lot.state}`);
  const bench = input.bench ?? set;
  if (!bench) throw new KeylineError('BENCH_UNSET');
  const issuers = signing.issuers();
  if (issuers.active.chain.practice !== lot.practice) throw new KeylineError('PRACTICE_MISMATCH', 'lot and signing CA');
  const fault = signing.profileFault(Recipe.parse(JSON.parse(lot.recipe)).certificate);
  if (fault !== null) throw new KeylineError('PROFILE_UNFIT', fault);
  return { lot, bench, issuers };
}

/** Null for a recipe that names none. Throws PSK_MISSING. */
export function factorySecretOf(lot: LotRow, secrets: ReadonlyMap<string, Uint8Array>): Uint8Array | null {
  const { psk } = Recipe.parse(JSON.parse(lot.recipe));
  if (psk === undefined) return null;
  const secret = secrets.get(psk);
  if (!secret) throw new KeylineError('PSK_MISSING', psk);
  return secret;
}
