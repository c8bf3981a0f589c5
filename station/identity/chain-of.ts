// Under which of a station's CAs a leaf was signed: the active one, one that waits, or one that signs nothing new any more.
import type { CertificateFacts } from '../../pki/certificate-facts.ts';
import { checkChain } from '../../pki/chain.ts';
import type { IssuerChain } from './issuer.ts';

/** Null where it is none of them. Judged at the leaf's own start: that its CA ended since does not make it another's. */
export function chainOf(
  chains: readonly IssuerChain[],
  { der, notBeforeMs }: Pick<CertificateFacts, 'der' | 'notBeforeMs'>,
): IssuerChain | null {
  const ours = ({ root, intermediates, notBeforeMs: startMs }: IssuerChain) =>
    checkChain(der, intermediates, root, Math.max(notBeforeMs, startMs)).ok;
  return chains.find(ours) ?? null;
}
