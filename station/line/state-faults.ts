// What a board with a recorded identity has to say of itself, signed: its record, its lot's recipe and its CA's chain. Each
// field of the signed state is compared. Pure.
import type { Recipe } from '../../domain/recipe.ts';
import type { Proof } from '../drivers/driver.ts';
import type { ChainDigests } from '../identity/chain-items.ts';
import type { CertificateRow } from '../records/record-store.ts';

export interface RecordedIdentity {
  readonly hwid: string;
  readonly certificate: Pick<CertificateRow, 'fingerprint' | 'state'>;
  /** Of the lot that the certificate was made in, whichever lot runs. */
  readonly recipe: Pick<Recipe, 'lock' | 'firmware'>;
  /** Null where its CA is not in the data folder any more: then chain and anchor are not compared. */
  readonly chain: ChainDigests | null;
}

type StateFault = 'hardware-id' | 'life' | 'debug' | 'certificate' | 'chain' | 'anchor' | 'firmware';

/** In this order; none for a board that is as the record says. A certificate that is not live promises no lock. */
export function stateFaults(proof: Proof, { hwid, certificate, recipe, chain }: RecordedIdentity): StateFault[] {
  const isLive = certificate.state === 'live';
  const alike: Record<StateFault, boolean> = {
    'hardware-id': proof.hwid === hwid,
    life: !isLive || proof.life === 'locked',
    debug: !isLive || !recipe.lock.debug || !proof.debugOpen,
    certificate: proof.leafSha256 === certificate.fingerprint,
    chain: chain === null || proof.chainSha256 === chain.chainSha256,
    anchor: chain === null || proof.anchorSha256 === chain.anchorSha256,
    firmware: proof.firmwareHash === recipe.firmware.imageHash,
  };
  return (['hardware-id', 'life', 'debug', 'certificate', 'chain', 'anchor', 'firmware'] as const).filter(
    (each) => !alike[each],
  );
}
