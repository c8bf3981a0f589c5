// What the service says of a certificate is believed where the certificate itself says the same, and no further.
import { Buffer } from 'node:buffer';
import type { HeldCertificate } from '../../contract/security-service/held.ts';
import { type CertificateFacts, readCertificate } from '../../pki/certificate-facts.ts';
import { chainOf } from '../identity/chain-of.ts';
import type { IssuerChain } from '../identity/issuer.ts';

export interface HeldLeaf {
  readonly leaf: CertificateFacts;
  /** Signed by the one of `chains` that the service names; where it names none of them, by whom is its word alone. */
  readonly ours: boolean;
}

/** Null where it cannot be read, says other than the service, or is not of the CA of `chains` that the service names. */
export function heldLeaf(chains: readonly IssuerChain[], held: HeldCertificate): HeldLeaf | null {
  const reading = readCertificate(new Uint8Array(Buffer.from(held.certificate, 'base64')));
  if (!reading.ok) return null;
  const { facts } = reading;
  const same =
    facts.fingerprint === held.fingerprint &&
    facts.hwid === held.hwid &&
    facts.hardwareType === held.hardwareType &&
    facts.deviceSerial === held.deviceSerial &&
    facts.spkiSha256 === held.spkiSha256;
  const named = chains.find(({ issuerId }) => issuerId === held.issuerId);
  if (!same || (named && chainOf([named], facts) === null)) return null;
  return { leaf: facts, ours: named !== undefined };
}
