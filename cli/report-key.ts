// Whose key signed a lot's report. A report brings its own key along: what makes it a station's is a fingerprint in the
// hand of who checks, a certificate of the security service, or the station's own audit log, which names each report that
// was signed and with which key. One of them must speak for it, and none that is given may speak against it.
import { createHash } from 'node:crypto';
import type { StationQueries } from '../db/queries.ts';
import { checkChain } from '../domain/audit-event.ts';
import type { LotReport, ReportSeal } from '../domain/lot-report.ts';
import { readCertificate } from '../pki/certificate-facts.ts';
import { verifySignature } from '../pki/p256.ts';
import { fromPem } from '../pki/pem.ts';
import { sha256Text } from '../station/records/recorder.ts';

export interface Anchors {
  /** SHA-256 of the SubjectPublicKeyInfo. */
  readonly stationKey: string | null;
  /** PEM. */
  readonly serviceCa: string | null;
  readonly records: Pick<StationQueries, 'station' | 'auditEvents' | 'eventHash' | 'lotEvents' | 'together'> | null;
}

/** Why nobody can say that the station signed it, or null. */
export function keyFault(
  seal: ReportSeal,
  report: LotReport,
  { stationKey, serviceCa, records }: Anchors,
): string | null {
  const spki = Buffer.from(seal.spki, 'base64');
  const sha256 = createHash('sha256').update(spki).digest('hex');
  if (stationKey !== null && stationKey !== sha256) return 'It was signed by another key than the one given.';
  if (serviceCa !== null && !certifiedBy(serviceCa, seal, spki))
    return 'The security service has certified no such key for this station.';
  const own = records?.station()?.stationId === seal.stationId ? records : null;
  if (own !== null) return own.together(() => logFault(seal, report, own));
  if (stationKey !== null || serviceCa !== null) return null;
  return `Nobody here says whose key signed it: give --station-key or --service-ca. The key is ${sha256}.`;
}

function certifiedBy(caPem: string, { certificate, stationId }: ReportSeal, spki: Uint8Array): boolean {
  const [caDer] = fromPem('CERTIFICATE', caPem) ?? [];
  const ca = caDer && readCertificate(caDer);
  const leaf = certificate === null ? null : readCertificate(new Uint8Array(Buffer.from(certificate, 'base64')));
  if (!ca?.ok || !leaf?.ok) return false;
  const { facts } = leaf;
  return (
    Buffer.from(facts.spki).equals(spki) &&
    facts.commonName === stationId &&
    verifySignature(ca.facts.spki, facts.tbs, facts.signature)
  );
}

/** The station's own log: whole, with the report in it and the end that the report says it had. */
function logFault(seal: ReportSeal, { audit }: LotReport, records: NonNullable<Anchors['records']>): string | null {
  if (!checkChain(records.auditEvents(), [], sha256Text).ok) return "The station's audit log is not whole.";
  if (records.eventHash(audit.seq) !== audit.head)
    return "The station's audit log is not the one that the report was made of.";
  const known = records.lotEvents(seal.lotId).some(({ reportSha256 }) => reportSha256 === seal.reportSha256);
  return known ? null : "The station's audit log names no such report.";
}
