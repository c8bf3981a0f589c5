// What a board holds beside its leaf: the bytes written to it, and their digests, as it signs them.
import { concatBytes } from '../../domain/bytes.ts';
import { sha256Hex } from '../../pki/p256.ts';
import type { IssuerChain } from './issuer.ts';

/** SHA-256, 64 hex digits. */
export interface ChainDigests {
  readonly chainSha256: string;
  readonly anchorSha256: string;
}

interface ChainItems extends ChainDigests {
  /** DER of the issuing CA and those above it, one after the other, without the root. */
  readonly chain: Uint8Array;
  /** DER of the root. */
  readonly anchor: Uint8Array;
}

export function chainItems({ intermediates, root }: Pick<IssuerChain, 'intermediates' | 'root'>): ChainItems {
  const chain = concatBytes(...intermediates);
  return { chain, anchor: root, chainSha256: sha256Hex(chain), anchorSha256: sha256Hex(root) };
}
