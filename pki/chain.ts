// Whether a leaf chains to a root (RFC 5280 section 6, as far as Keyline's own profile reaches): names and key ids,
// signatures, CA marks, path lengths, key usage, validity, and TEST on all or none. Never throws.
import { sameBytes } from '../domain/bytes.ts';
import { type CertificateFacts, readCertificate } from './certificate-facts.ts';
import { OID } from './oids.ts';
import { verifySignature } from './p256.ts';

/** CAs between leaf and root: the `chain` item of the device protocol, 4 KB, holds no more. */
export const MAX_INTERMEDIATES = 6;

export type ChainReading =
  | { ok: true; leaf: CertificateFacts; issuer: CertificateFacts; root: CertificateFacts }
  | { ok: false; reason: string };

/** All certificates as DER; intermediates from the issuing CA upwards, without the root. `atMs` is UTC ms. */
export function checkChain(
  leaf: Uint8Array,
  intermediates: readonly Uint8Array[],
  root: Uint8Array,
  atMs: number,
): ChainReading {
  if (intermediates.length > MAX_INTERMEDIATES) return { ok: false, reason: 'chain too long' };
  const path: CertificateFacts[] = [];
  for (const der of [leaf, ...intermediates, root]) {
    const reading = readCertificate(der);
    if (!reading.ok) return { ok: false, reason: `certificate ${path.length + 1}: ${reading.reason}` };
    path.push(reading.facts);
  }
  const [leafFacts, issuerFacts] = path;
  const rootFacts = path.at(-1);
  if (!leafFacts || !issuerFacts || !rootFacts) return { ok: false, reason: 'chain too short' };
  const reason = leafFault(leafFacts) ?? pathFault(path, atMs);
  if (reason !== null) return { ok: false, reason };
  return { ok: true, leaf: leafFacts, issuer: issuerFacts, root: rootFacts };
}

/** What is wrong with a leaf right under an issuing CA whose own chain was checked before; null when all is well. */
export function leafFaultUnder(issuer: CertificateFacts, leaf: CertificateFacts, atMs: number): string | null {
  return leafFault(leaf) ?? linkFault(leaf, issuer) ?? validityFault(leaf, atMs) ?? validityFault(issuer, atMs);
}

/** What is wrong with a path of certificates, each signed by the next, the last by itself; null when all is well. */
export function pathFault(path: readonly CertificateFacts[], atMs: number): string | null {
  for (const [i, certificate] of path.entries()) {
    // The root is its own issuer.
    const issuer = path[i + 1] ?? certificate;
    const fault = linkFault(certificate, issuer) ?? validityFault(certificate, atMs);
    if (fault !== null) return `${role(certificate)}: ${fault}`;
  }
  return casFault(path.filter((certificate) => certificate.isCa));
}

function role(certificate: CertificateFacts): string {
  if (!certificate.isCa) return 'leaf';
  return sameBytes(certificate.subjectName, certificate.issuerName) ? 'root' : 'intermediate CA';
}

function leafFault(leaf: CertificateFacts): string | null {
  if (leaf.isCa) return 'leaf: is a CA';
  if (!leaf.keyUsage?.includes('digitalSignature')) return 'leaf: key usage without digitalSignature';
  if (!leaf.extendedKeyUsage?.includes(OID.clientAuth)) return 'leaf: not for clients';
  return null;
}

function linkFault(certificate: CertificateFacts, issuer: CertificateFacts): string | null {
  if (!sameBytes(certificate.issuerName, issuer.subjectName)) return 'issuer has another name';
  if (certificate.authorityKeyId !== null && certificate.authorityKeyId !== issuer.subjectKeyId)
    return 'issuer has another key id';
  if (!issuer.isCa) return 'issuer is no CA';
  if (!issuer.keyUsage?.includes('keyCertSign')) return 'issuer may not sign certificates';
  if (issuer.extendedKeyUsage?.includes(OID.clientAuth) === false) return 'issuer is for other uses than clients';
  if (certificate.practice !== issuer.practice) return 'TEST on one of two, not on both';
  if (!verifySignature(issuer.spki, certificate.tbs, certificate.signature)) return 'not signed by its issuer';
  return null;
}

function validityFault(certificate: CertificateFacts, atMs: number): string | null {
  if (atMs < certificate.notBeforeMs) return 'not valid yet';
  if (atMs > certificate.notAfterMs) return 'expired';
  return null;
}

/** The CA at index i, issuing CA first, has i CAs below it. */
function casFault(cas: readonly CertificateFacts[]): string | null {
  const ca = cas.find(({ pathLength }, i) => pathLength !== null && pathLength < i);
  return ca ? `${role(ca)}: path longer than it allows` : null;
}
