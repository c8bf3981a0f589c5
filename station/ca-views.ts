// A CA as people are shown it: what lies in its folder, what is on record of it, and whether its key is open. Pure.
import type { CaCertificateView, CaView, SigningState } from '../contract/signing-api.ts';
import type { CertificateFacts } from '../pki/certificate-facts.ts';
import { NEVER_MS } from '../pki/time.ts';
import type { Ca, CaShelf, RequestedCa } from './identity/ca-folder.ts';
import type { CaSigner } from './identity/ca-signer-file.ts';
import { caWarnings } from './identity/ca-warnings.ts';
import { type CaRow, roleBeside } from './records/ca-store.ts';

export interface CaBook {
  readonly shelf: CaShelf;
  /** As recorded, the active one first. */
  readonly rows: readonly CaRow[];
  readonly practice: boolean;
  readonly nowMs: number;
  readonly signingOf: (ca: Ca) => SigningState;
}

/** The active one first, then by name. */
export function caViews(book: CaBook): CaView[] {
  const views = [
    ...book.shelf.whole.map((ca) => wholeView(ca, book)),
    ...book.shelf.requested.map((ca) => requestedView(ca, book)),
  ];
  return views.toSorted((a, b) => order(a) - order(b) || (a.name < b.name ? -1 : 1));
}

/** The first end of a chain, UTC ms; null: never. */
export function endOf(path: readonly CertificateFacts[]): number | null {
  const endMs = Math.min(...path.map(({ notAfterMs }) => notAfterMs));
  return endMs === NEVER_MS ? null : endMs;
}

function order({ state }: CaView): number {
  return state === 'active' ? 0 : 1;
}

function wholeView(ca: Ca, { rows, nowMs, signingOf }: CaBook): CaView {
  const { chain, path, name, limit } = ca;
  // What no station has opened since it came is taken in like this when one does.
  const row = rows.find(({ issuerId }) => issuerId === chain.issuerId);
  const { role, signatures, lastSignedMs } = row ?? { role: roleBeside(rows), signatures: 0, lastSignedMs: null };
  const endsMs = endOf(path);
  return {
    ...{ name, issuerId: chain.issuerId, state: role, practice: chain.practice, signer: signerView(ca.signer) },
    ...{ signing: signingOf(ca), chain: path.toReversed().map(certificateView) },
    ...{ endsMs, signatures, limit, lastSignedMs },
    warnings: role === 'retired' ? [] : caWarnings({ endsMs, signatures, limit }, nowMs),
  };
}

function requestedView({ name, signer, limit }: RequestedCa, { practice }: CaBook): CaView {
  return {
    ...{ name, issuerId: null, state: 'requested', practice, signer: signerView(signer), signing: 'none', chain: [] },
    ...{ endsMs: null, signatures: 0, limit, lastSignedMs: null, warnings: [] },
  };
}

function signerView(signer: CaSigner): CaView['signer'] {
  if (signer.kind === 'file') return { kind: 'file' };
  return { kind: 'pkcs11', tokenLabel: signer.tokenLabel, keyLabel: signer.keyLabel };
}

function certificateView(facts: CertificateFacts): CaCertificateView {
  const { commonName, organization, fingerprint, notBeforeMs, notAfterMs } = facts;
  return {
    commonName,
    organization,
    fingerprint,
    notBeforeMs,
    notAfterMs: notAfterMs === NEVER_MS ? null : notAfterMs,
  };
}
