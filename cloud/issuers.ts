// The issuing CAs from which stations may register. One CA, by key and by name, belongs to one station for ever.
import { Buffer } from 'node:buffer';
import type { IssuerAnswer, IssuerChainText } from '../contract/security-service.ts';
import { issuerClaimText } from '../domain/issuer-claim.ts';
import { type CertificateFacts, readCertificate } from '../pki/certificate-facts.ts';
import { pathFault } from '../pki/chain.ts';
import { verifySignature } from '../pki/p256.ts';
import { refuse } from './refuse.ts';
import type { StationRow } from './registration-store.ts';
import type { Service } from './service-context.ts';

/** A station gets a new issuing CA when its order or its signer changes: a handful in its life. */
const MAX_ISSUERS = 64;

/** Chains are public: the claim is believed only with a proof of the CA's own key. Refuses with ISSUER_REFUSED, ISSUER_TAKEN, PRACTICE_MISMATCH. */
export function putIssuer(service: Service, station: StationRow, chain: IssuerChainText): IssuerAnswer {
  const path = [...chain.intermediates, chain.root].map(readCa);
  const [issuing] = path;
  const root = path.at(-1);
  if (!issuing || !root) return refuse('ISSUER_REFUSED', 'chain too short');
  if (path.some((ca) => ca.practice !== service.practice)) refuse('PRACTICE_MISMATCH');
  if (issuing.pathLength !== 0) refuse('ISSUER_REFUSED', 'an issuing CA signs leaves only');
  // At its end where that is past: what a CA signed before is still accounted for. Admission judges by today.
  const fault = pathFault(path, Math.min(service.clock.nowMs(), ...path.map(({ notAfterMs }) => notAfterMs)));
  if (fault !== null) refuse('ISSUER_REFUSED', fault);
  const claim = new TextEncoder().encode(issuerClaimText(station.stationId, issuing.fingerprint));
  if (!verifySignature(issuing.spki, claim, Buffer.from(chain.proof, 'base64')))
    refuse('ISSUER_REFUSED', 'no proof of its key for this station');

  const { store } = service;
  return store.transaction((): IssuerAnswer => {
    const issuerId = issuing.fingerprint;
    if (store.issuer(issuerId)?.stationId === station.stationId) return { issuerId, result: 'unchanged' };
    if (store.issuer(issuerId) ?? store.issuerByKey(issuing.spki) ?? store.issuerByName(issuing.subjectName))
      refuse('ISSUER_TAKEN');
    if (store.issuersOf(station.stationId) >= MAX_ISSUERS) refuse('ISSUER_REFUSED', 'too many for one station');
    store.insertIssuer(
      {
        issuerId,
        stationId: station.stationId,
        spki: issuing.spki,
        subjectName: issuing.subjectName,
        intermediates: path.slice(0, -1).map((ca) => ca.der),
        root: root.der,
      },
      service.clock.nowMs(),
    );
    return { issuerId, result: 'created' };
  });
}

function readCa(text: string): CertificateFacts {
  const reading = readCertificate(Buffer.from(text, 'base64'));
  return reading.ok ? reading.facts : refuse('ISSUER_REFUSED', reading.reason);
}
