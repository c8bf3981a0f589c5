// Whether one entry of a batch may be considered at all: read, of this station's own issuing CA, true to its certificate.
import { Buffer } from 'node:buffer';
import type { RegistrationEntry, RejectReason } from '../contract/security-service/registration.ts';
import { type CertificateFacts, readCertificate } from '../pki/certificate-facts.ts';
import { leafFaultUnder } from '../pki/chain.ts';
import type { StationRow } from './registration-store.ts';
import type { Service } from './service-context.ts';

/** Facts of a leaf that names its device. */
export interface DeviceFacts extends CertificateFacts {
  readonly deviceSerial: string;
  readonly hardwareType: string;
  readonly hwid: string;
}

export type EntryCheck =
  | { readonly ok: true; readonly facts: DeviceFacts }
  /** `facts` when the certificate itself is good, and only the entry says something else. */
  | { readonly ok: false; readonly reason: RejectReason; readonly facts: DeviceFacts | null };

/** Null when the certificate does not say which device it is for. */
export function deviceFacts(facts: CertificateFacts): DeviceFacts | null {
  const { deviceSerial, hardwareType, hwid } = facts;
  if (deviceSerial === null || hardwareType === null || hwid === null) return null;
  return { ...facts, deviceSerial, hardwareType, hwid };
}

/** Facts of an issuing CA of this station, by issuerId; null for every other. */
export type OwnIssuers = (issuerId: string) => CertificateFacts | null;

/** Reads each CA once. The chain above it was checked when the station brought it. */
export function ownIssuers({ store }: Service, station: StationRow): OwnIssuers {
  const known = new Map<string, CertificateFacts | null>();
  return (issuerId) => {
    const seen = known.get(issuerId);
    if (seen !== undefined) return seen;
    const issuer = store.issuer(issuerId);
    const [issuing] = issuer?.stationId === station.stationId ? issuer.intermediates : [];
    const reading = issuing && readCertificate(issuing);
    const facts = reading?.ok ? reading.facts : null;
    known.set(issuerId, facts);
    return facts;
  };
}

export function checkEntry(practice: boolean, issuers: OwnIssuers, entry: RegistrationEntry): EntryCheck {
  const rejected = (reason: RejectReason): EntryCheck => ({ ok: false, reason, facts: null });
  const reading = readCertificate(Buffer.from(entry.certificate, 'base64'));
  const facts = reading.ok ? deviceFacts(reading.facts) : null;
  if (!facts) return rejected('CERTIFICATE_INVALID');
  if (facts.practice !== practice) return rejected('PRACTICE_MISMATCH');
  if (entry.kind === 'register' && entry.simulated !== practice) return rejected('PRACTICE_MISMATCH');
  const issuer = issuers(entry.issuerId);
  if (!issuer) return rejected('ISSUER_UNKNOWN');
  // At its start, and not now: a certificate that ran out while the factory was offline is still accounted for.
  if (leafFaultUnder(issuer, facts, facts.notBeforeMs) !== null) return rejected('CHAIN_INVALID');
  return sameFacts(entry, facts) ? { ok: true, facts } : { ok: false, reason: 'FACTS_DIFFER', facts };
}

function sameFacts(entry: RegistrationEntry, facts: DeviceFacts): boolean {
  if (entry.deviceSerial !== facts.deviceSerial) return false;
  return entry.kind === 'void'
    ? entry.fingerprint === facts.fingerprint
    : entry.hwid === facts.hwid && entry.hardwareType === facts.hardwareType;
}
