// Which enrolled station is at the other end, by the certificate whose key it proved in the handshake.

import { readCertificate } from '../pki/certificate-facts.ts';
import { checkChain } from '../pki/chain.ts';
import { refuse } from './refuse.ts';
import type { StationRow } from './registration-store.ts';
import type { RequestContext, Service } from './service-context.ts';

/** Refuses with NOT_ENROLLED, CERTIFICATE_EXPIRED. */
export function stationOf({ store, authority, clock }: Service, { peer }: RequestContext): StationRow {
  const reading = peer && readCertificate(peer);
  if (!peer || !reading?.ok) return refuse('NOT_ENROLLED');
  const { facts } = reading;
  // At the moment of its making first, so that "expired" is said of our own certificates only.
  const chain = checkChain(peer, [], authority.caDer, facts.notBeforeMs);
  const station = store.stationByKey(facts.spki);
  if (!chain.ok || !station || facts.commonName !== station.stationId) return refuse('NOT_ENROLLED');
  const nowMs = clock.nowMs();
  if (nowMs < facts.notBeforeMs || nowMs > facts.notAfterMs) refuse('CERTIFICATE_EXPIRED');
  return station;
}
