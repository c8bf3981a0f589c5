// Whether certificates that come from elsewhere may be a station's CA: read, in order, signed by each other, marked as
// CAs, P-256 throughout, long enough, and of this station's kind. Each refusal has a code of its own. Never throws.
import { X509Certificate } from 'node:crypto';
import { sameBytes } from '../domain/bytes.ts';
import type { ErrorCode } from '../domain/error-table.ts';
import { type CertificateFacts, readCertificate } from './certificate-facts.ts';
import { MAX_INTERMEDIATES } from './chain.ts';
import { OID } from './oids.ts';
import { verifySignature } from './p256.ts';

/** The `chain` and `anchor` items of the device protocol, bytes. */
const MAX_CHAIN = 4096;
const MAX_ANCHOR = 2048;

export interface CaFault {
  readonly code: ErrorCode;
  /** Which certificate, and what is wrong with it. */
  readonly detail: string;
}

/** What a chain has to fit. */
export interface CaExpectation {
  /** The key that is here, DER; null where the chain itself says which. */
  readonly spki: Uint8Array | null;
  readonly practice: boolean;
  readonly nowMs: number;
  /** What it signs lasts until then: UTC ms, `NEVER_MS` for ever. */
  readonly untilMs: number;
  /** Issuing CAs that this station has. */
  readonly known: readonly CertificateFacts[];
}

/** From the issuing CA up to, with, the root. */
export type CaPath = readonly [issuing: CertificateFacts, ...above: CertificateFacts[], root: CertificateFacts];

export type CaPathReading = { ok: true; path: CaPath } | { ok: false; fault: CaFault };

/** `certificates` as DER, from the issuing CA up to, with, its root. */
export function checkCaChain(certificates: readonly Uint8Array[], expected: CaExpectation): CaPathReading {
  if (certificates.length > MAX_INTERMEDIATES + 1)
    return refused('CHAIN_ORDER', `it has ${certificates.length} certificates, ${MAX_INTERMEDIATES + 1} at most`);
  const path: CertificateFacts[] = [];
  const unread: CaFault[] = [];
  for (const [i, der] of certificates.entries()) {
    const reading = readCertificate(der);
    if (reading.ok) path.push(reading.facts);
    else unread.push(unreadFault(der, reading.reason, roleOf(i, certificates.length)));
  }
  // An RSA root signs with RSA: what is wrong is its key, not what it signed.
  const worst = unread.find(({ code }) => code === 'CA_KEY_KIND') ?? unread[0];
  if (worst) return { ok: false, fault: worst };
  const [issuing, second, ...rest] = path;
  if (!issuing) return refused('CHAIN_UNREADABLE', 'it holds no certificate');
  if (expected.spki && !sameBytes(issuing.spki, expected.spki)) return otherKey(path, expected.spki);
  if (!second) return refused('ROOT_MISSING', 'it has one certificate only');
  const fault =
    pathFault(path) ??
    markFault(path) ??
    nameFault(path) ??
    kindFault(path, expected.practice) ??
    timeFault(path, expected) ??
    sizeFault(path) ??
    knownFault(issuing, expected.known);
  if (fault) return { ok: false, fault };
  const above = [second, ...rest];
  const root = above.at(-1) ?? second;
  return { ok: true, path: [issuing, ...above.slice(0, -1), root] };
}

/** Whether a certificate is one that Keyline reads at all. */
export function isReadable(der: Uint8Array): boolean {
  return readCertificate(der).ok;
}

/**
 * The same certificates from the one with this key upwards, as far as each is followed by the one that it names: a
 * PKCS#12 file holds them in any order. The rest is left out. Null when none has the key.
 */
export function inOrder(certificates: readonly Uint8Array[], spki: Uint8Array): Uint8Array[] | null {
  const left = certificates.flatMap((der) => {
    const reading = readCertificate(der);
    return reading.ok ? [reading.facts] : [];
  });
  const path: CertificateFacts[] = [];
  let next = left.find((facts) => sameBytes(facts.spki, spki));
  while (next && path.length < certificates.length) {
    const { issuerName, der } = next;
    path.push(next);
    next = left.find((facts) => sameBytes(facts.subjectName, issuerName) && !sameBytes(facts.der, der));
    if (next && path.includes(next)) break;
  }
  return path.length > 0 ? path.map(({ der }) => der) : null;
}

function refused(code: ErrorCode, detail: string): { ok: false; fault: CaFault } {
  return { ok: false, fault: { code, detail } };
}

function roleOf(index: number, count: number): string {
  if (index === 0) return 'issuing CA';
  return index === count - 1 ? 'root' : `CA ${index + 1} of ${count}`;
}

/** Why Keyline's own strict reader refused it, in the words of who made it. */
function unreadFault(der: Uint8Array, reason: string, role: string): CaFault {
  const kind = keyKind(der);
  if (kind === null) return { code: 'CHAIN_UNREADABLE', detail: `${role}: ${reason}` };
  if (kind !== 'P-256' || reason === 'not a P-256 key')
    return { code: 'CA_KEY_KIND', detail: `${role}: ${kind === 'P-256' ? 'an unusual form of P-256' : kind}` };
  if (reason === 'not ECDSA with SHA-256') return { code: 'CA_WEAK', detail: role };
  if (reason.startsWith('unknown ')) return { code: 'CA_CONSTRAINT', detail: `${role}: ${reason}` };
  return { code: 'CHAIN_UNREADABLE', detail: `${role}: ${reason}` };
}

/** In words; null for bytes that are no certificate to OpenSSL either. */
function keyKind(der: Uint8Array): string | null {
  try {
    const { publicKey } = new X509Certificate(der);
    const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {};
    if (publicKey.asymmetricKeyType !== 'ec') return `${publicKey.asymmetricKeyType} ${modulusLength ?? ''}`.trim();
    return namedCurve === 'prime256v1' ? 'P-256' : `curve ${namedCurve}`;
  } catch {
    return null;
  }
}

function otherKey(path: readonly CertificateFacts[], spki: Uint8Array): { ok: false; fault: CaFault } {
  const at = path.findIndex((facts) => sameBytes(facts.spki, spki));
  return at > 0
    ? refused('CHAIN_ORDER', `the certificate of this key is number ${at + 1}, not the first`)
    : refused('CA_KEY_DIFFERS', '');
}

/** Each signed by the next, the last by itself. */
function pathFault(path: readonly CertificateFacts[]): CaFault | null {
  for (const [i, certificate] of path.entries()) {
    const issuer = path[i + 1] ?? certificate;
    const role = roleOf(i, path.length);
    if (!sameBytes(certificate.issuerName, issuer.subjectName)) {
      if (issuer === certificate) return { code: 'ROOT_MISSING', detail: `the last one names another as its issuer` };
      return { code: 'CHAIN_ORDER', detail: `the ${role} names another issuer than the one after it` };
    }
    const otherKeyId = certificate.authorityKeyId !== null && certificate.authorityKeyId !== issuer.subjectKeyId;
    if (otherKeyId || !verifySignature(issuer.spki, certificate.tbs, certificate.signature))
      return { code: 'CHAIN_BROKEN', detail: role };
  }
  return null;
}

function markFault(path: readonly CertificateFacts[]): CaFault | null {
  for (const [i, { isCa, keyUsage, extendedKeyUsage, subjectKeyId, pathLength }] of path.entries()) {
    const role = roleOf(i, path.length);
    if (!isCa) return { code: 'CA_NO_AUTHORITY', detail: `${role}: CA:TRUE is missing` };
    if (!keyUsage?.includes('keyCertSign'))
      return { code: 'CA_NO_AUTHORITY', detail: `${role}: keyCertSign is missing` };
    // Readers of TLS ask it of every CA above a client; any extended key usage does not stand for it (OpenSSL 3).
    if (extendedKeyUsage?.includes(OID.clientAuth) === false)
      return { code: 'CA_CONSTRAINT', detail: `${role}: extended key usage without clientAuth` };
    if (i === 0 && subjectKeyId === null)
      return { code: 'CA_NO_AUTHORITY', detail: `${role}: its subject key id is missing` };
    if (i === 0 && pathLength !== 0)
      return { code: 'CA_PATH_LENGTH', detail: `${role}: ${pathLength === null ? 'without one' : pathLength}` };
    // The CA at index i has i CAs below it.
    if (pathLength !== null && pathLength < i) return { code: 'CA_PATH_LENGTH', detail: `${role}: ${pathLength}` };
  }
  return null;
}

function nameFault(path: readonly CertificateFacts[]): CaFault | null {
  for (const [i, facts] of path.entries()) {
    const role = roleOf(i, path.length);
    if (facts.commonName === null || facts.commonName === '')
      return { code: 'CA_NAME', detail: `${role}: no common name` };
    if (path.slice(0, i).some(({ subjectName }) => sameBytes(subjectName, facts.subjectName)))
      return { code: 'CA_NAME', detail: `${role}: the name of one below it` };
  }
  return null;
}

function kindFault(path: readonly CertificateFacts[], practice: boolean): CaFault | null {
  const at = path.findIndex((facts) => facts.practice !== practice);
  if (at < 0) return null;
  const says = practice ? 'says no TEST, and this station is for practice' : 'says TEST, and this station is real';
  return { code: 'CA_PRACTICE', detail: `the ${roleOf(at, path.length)} ${says}` };
}

function timeFault(path: readonly CertificateFacts[], { nowMs, untilMs }: CaExpectation): CaFault | null {
  for (const [i, { notBeforeMs, notAfterMs }] of path.entries()) {
    const role = roleOf(i, path.length);
    if (nowMs > notAfterMs) return { code: 'CA_ENDED', detail: `${role}: ${dayOf(notAfterMs)}` };
    if (nowMs < notBeforeMs) return { code: 'CA_NOT_YET', detail: `${role}: ${dayOf(notBeforeMs)}` };
    if (notAfterMs < untilMs) return { code: 'CA_TOO_SHORT', detail: `${role}: ${dayOf(notAfterMs)}` };
  }
  return null;
}

function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}

/** A board has no more room (device protocol, 5.4). */
function sizeFault(path: readonly CertificateFacts[]): CaFault | null {
  const chain = path.slice(0, -1).reduce((sum, { der }) => sum + der.length, 0);
  const anchor = path.at(-1)?.der.length ?? 0;
  if (chain <= MAX_CHAIN && anchor <= MAX_ANCHOR) return null;
  return { code: 'CA_TOO_LARGE', detail: `chain ${chain} of ${MAX_CHAIN} bytes, root ${anchor} of ${MAX_ANCHOR}` };
}

function knownFault(issuing: CertificateFacts, known: readonly CertificateFacts[]): CaFault | null {
  for (const { spki, subjectName } of known) {
    if (sameBytes(spki, issuing.spki)) return { code: 'CA_EXISTS', detail: 'its key is one of this station’s CAs' };
    if (sameBytes(subjectName, issuing.subjectName)) return { code: 'CA_FOREIGN', detail: issuing.commonName ?? '' };
  }
  return null;
}
