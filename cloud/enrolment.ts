// A station's way in: a one-time token becomes a station certificate. The token belongs to the first key that uses it;
// the same key again gets the same answer, so that a lost answer costs nothing. Only the token's hash is kept.
import { Buffer } from 'node:buffer';
import type { EnrolAnswer, EnrolOrder } from '../contract/security-service.ts';
import { checkStationCsr } from '../pki/csr.ts';
import { sha256Hex } from '../pki/p256.ts';
import { toPem } from '../pki/pem.ts';
import { refuse } from './refuse.ts';
import type { Service } from './service-context.ts';

/** A token is carried to the station by a person, within a working day or the next. */
const TOKEN_VALID_MS = 48 * 3_600_000;
/** 256 bits: nobody guesses one. */
const TOKEN_BYTES = 32;

/** A new token, as text to hand over once. */
export function issueEnrolmentToken({ store, clock, random }: Service): string {
  const token = Buffer.from(random.bytes(TOKEN_BYTES)).toString('base64url');
  store.transaction(() =>
    store.insertToken({ tokenSha256: tokenHash(token), expiresMs: clock.nowMs() + TOKEN_VALID_MS, spkiSha256: null }),
  );
  return token;
}

/** Refuses with PRACTICE_MISMATCH, TOKEN_REFUSED, REQUEST_REFUSED, STATION_TAKEN. */
export function enrol(service: Service, order: EnrolOrder): EnrolAnswer {
  const { store, authority, clock } = service;
  if (order.practice !== service.practice) refuse('PRACTICE_MISMATCH');
  const tokenSha256 = tokenHash(order.token);
  return store.transaction(() => {
    const token = store.token(tokenSha256);
    if (!token || clock.nowMs() > token.expiresMs) refuse('TOKEN_REFUSED');
    const csr = checkStationCsr(Buffer.from(order.request, 'base64'), order);
    if (!csr.ok) refuse('REQUEST_REFUSED', csr.reason);
    if (token.spkiSha256 !== null && token.spkiSha256 !== csr.spkiSha256) refuse('TOKEN_REFUSED');
    const known = store.station(order.stationId) ?? store.stationByKey(csr.spki);
    if (known && (known.stationId !== order.stationId || sha256Hex(known.spki) !== csr.spkiSha256))
      refuse('STATION_TAKEN');
    const again = known && token.spkiSha256 !== null;
    const certificate = again ? known.certificate : authority.nameStation(order.stationId, csr.spki);
    if (!again) {
      store.bindToken(tokenSha256, csr.spkiSha256);
      store.saveStation({ stationId: order.stationId, spki: csr.spki, certificate, enrolledMs: clock.nowMs() });
    }
    return { stationCertificatePem: toPem('CERTIFICATE', certificate), serviceCaPem: authority.caPem };
  });
}

function tokenHash(token: string): string {
  return sha256Hex(new TextEncoder().encode(token));
}
