// Whether a device is let in: its chain is good, it is registered, and its certificate is not void (DESIGN.md section 7).
// A good chain without a registration is kept as unclaimed, without access.
import type { Admission, AdmissionRefusal } from '../contract/security-service.ts';
import { readCertificate } from '../pki/certificate-facts.ts';
import { checkChain } from '../pki/chain.ts';
import { deviceFacts } from './entry-check.ts';
import { refuse } from './refuse.ts';
import type { RequestContext, Service } from './service-context.ts';

/** Refuses with NO_CERTIFICATE; every other verdict is an answer. */
export function admit({ store, clock }: Service, { peer }: RequestContext): Admission {
  if (!peer) return refuse('NO_CERTIFICATE');
  const reading = readCertificate(peer);
  const facts = reading.ok ? deviceFacts(reading.facts) : null;
  if (!facts) return notAdmitted('CERTIFICATE_INVALID');
  const issuer = store.issuerByName(facts.issuerName);
  if (!issuer) return notAdmitted('CHAIN_UNKNOWN');
  if (!checkChain(peer, issuer.intermediates, issuer.root, clock.nowMs()).ok) return notAdmitted('CHAIN_INVALID');
  const known = store.certificate(facts.fingerprint);
  if (known?.state === 'registered') return { admitted: true, deviceSerial: known.deviceSerial, hwid: known.hwid };
  if (known?.state === 'void') return notAdmitted('VOID', known.voidReason);
  if (!known)
    store.transaction(() =>
      store.saveCertificate({
        fingerprint: facts.fingerprint,
        stationId: issuer.stationId,
        issuerId: issuer.issuerId,
        hardwareType: facts.hardwareType,
        hwid: facts.hwid,
        deviceSerial: facts.deviceSerial,
        spkiSha256: facts.spkiSha256,
        certificate: facts.der,
        state: 'unclaimed',
        voidReason: null,
        firstSeenMs: clock.nowMs(),
        registeredMs: null,
        entry: null,
      }),
    );
  return notAdmitted('NOT_REGISTERED');
}

function notAdmitted(reason: AdmissionRefusal, voidReason: string | null = null): Admission {
  return { admitted: false, reason, voidReason };
}
