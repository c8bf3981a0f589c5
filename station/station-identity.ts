// Who this station is for others: its public key, and the certificate that a service gave it. Known while its key is open,
// else from the enrolment.
import { readCertificate } from '../pki/certificate-facts.ts';
import { fromPem } from '../pki/pem.ts';
import type { Enrolment } from './outbox/enrolment.ts';
import type { OpenKeys } from './station-parts.ts';

export interface StationIdentity {
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  /** DER, over that key; null where the station is not enrolled with it. */
  readonly certificate: Uint8Array | null;
}

/** Null while neither the key nor a certificate says which key it is. The open key comes first: no row of a database names it. */
export function stationIdentity({ spki }: Pick<OpenKeys, 'spki'>, enrolment: Enrolment | null): StationIdentity | null {
  const [der] = fromPem('CERTIFICATE', enrolment?.stationCertificatePem ?? '') ?? [];
  const read = der && readCertificate(der);
  const certified = read?.ok ? read.facts.spki : null;
  const own = spki ?? certified;
  if (!own) return null;
  const isOwn = certified !== null && Buffer.from(certified).equals(Buffer.from(own));
  return { spki: own, certificate: der && isOwn ? der : null };
}
