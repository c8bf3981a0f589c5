// An issuer at the station itself: a CA key delegated to it (DESIGN 3), so that an offline line never waits.
// Writes the to-be-signed bytes first; signs only bytes that pass the lint, and hands out only what passes it again.
import { toHex } from '../../domain/bytes.ts';
import { KeylineError } from '../../domain/errors.ts';
import { issuerClaimText } from '../../domain/issuer-claim.ts';
import type { Random } from '../../domain/seams.ts';
import { assembleCertificate } from '../../pki/certificate.ts';
import { checkCsr } from '../../pki/csr.ts';
import { isOid } from '../../pki/der.ts';
import { buildTbs, newCertificateSerialNumber } from '../../pki/idevid-profile.ts';
import { type LintIssuer, lintCertificate, lintTbs } from '../../pki/leaf-lint.ts';
import { sha256Hex, verifySignature } from '../../pki/p256.ts';
import { notAfterMs, wholeSecond } from '../../pki/time.ts';
import type { Ca } from './ca-folder.ts';
import type { CertificateIntent, CertificateOrder, Issuer } from './issuer.ts';
import { lintIssuer } from './lint-issuer.ts';
import { PRESENT, type Signer } from './signer.ts';

/** A device's clock may run behind the station's (CERTAINTY, Clock). */
const BACKDATE_MS = 86_400_000;

/** Bodies remembered between their two steps: one a slot, 64 at most. What was forgotten is judged again. */
const MAX_JUDGED = 64;

/** Issuer over a loaded CA and the signer of its key. */
export function localIssuer(ca: Pick<Ca, 'chain' | 'issuing' | 'path'>, signer: Signer, random: Random): Issuer {
  const issuer = lintIssuer(ca);
  /** Digests of bodies that this issuer wrote and judged, and has not signed yet. */
  const judged = new Set<string>();
  return {
    chain: ca.chain,
    attendance: signer.attendance ?? PRESENT,
    async intend(order) {
      const intent = intend(issuer, order, random);
      remember(judged, sha256Hex(intent.tbs));
      return intent;
    },
    sign: (tbs) => signTbs(issuer, signer, tbs, judged.delete(sha256Hex(tbs))),
    claim: (stationId) => signer.sign(new TextEncoder().encode(issuerClaimText(stationId, ca.chain.issuerId))),
    async test(nonce) {
      // No certificate and no claim begins like this.
      const text = new TextEncoder().encode(`keyline-signing-test-v1\n${toHex(nonce)}`);
      return verifySignature(ca.issuing.spki, text, await signer.sign(text));
    },
    close: async () => signer.close?.(),
  };
}

function intend(issuer: LintIssuer, order: CertificateOrder, random: Random): CertificateIntent {
  const { deviceSerial, hwid, certificate, nowMs } = order;
  if (nowMs < issuer.certificate.notBeforeMs)
    throw new KeylineError('CLOCK_UNSURE', 'the clock is before the start of the signing CA', { deviceSerial });
  const request = checkCsr(order.request, { deviceSerial });
  if (!request.ok) throw new KeylineError('CSR_INVALID', request.reason, { deviceSerial, hwid });
  if (!isOid(certificate.hardwareType)) throw violation(['hardware type is no object identifier'], { deviceSerial });
  const wanted = {
    certificateSerialNumber: newCertificateSerialNumber(random),
    notBeforeMs: Math.max(wholeSecond(nowMs - BACKDATE_MS), issuer.certificate.notBeforeMs),
    notAfter: certificate.notAfter,
    organization: certificate.organization,
    deviceSerial,
    spki: request.spki,
    hardwareType: certificate.hardwareType,
    hwid,
  };
  const tbs = buildTbs({ issuer: issuer.certificate, ...wanted });
  // The last day of a profile, or of a CA above it, may end while a line runs: the start a day ago would hide it.
  const ended = notAfterMs(certificate.notAfter) <= nowMs ? ['has ended already'] : [];
  const findings = [...ended, ...lintTbs(tbs, issuer, wanted)];
  if (findings.length > 0) throw violation(findings, { deviceSerial, hwid });
  const { certificateSerialNumber, notBeforeMs, spki } = wanted;
  return { tbs, certificateSerialNumber, notBeforeMs, spki, spkiSha256: request.spkiSha256 };
}

function remember(judged: Set<string>, digest: string): void {
  const [oldest] = judged;
  if (judged.size === MAX_JUDGED && oldest !== undefined) judged.delete(oldest);
  judged.add(digest);
}

/** `known`: exactly these bytes were judged when they were written; others, as after a restart, are judged here. */
async function signTbs(issuer: LintIssuer, signer: Signer, tbs: Uint8Array, known: boolean): Promise<Uint8Array> {
  const before = known ? [] : lintTbs(tbs, issuer);
  if (before.length > 0) throw violation(before, {});
  const certificate = assembleCertificate(tbs, await signer.sign(tbs));
  const after = lintCertificate(certificate, tbs, issuer);
  if (after.length > 0) throw violation(after, {});
  return certificate;
}

function violation(findings: readonly string[], context: Record<string, string>): KeylineError {
  return new KeylineError('PROFILE_VIOLATION', findings.join('; '), context);
}
