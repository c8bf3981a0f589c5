// Whether a device is let in: its chain is good, it is registered, and its certificate is not void (DESIGN.md section 7).
// A good chain without a registration is kept as unclaimed, without access.
import type { Admission, AdmissionRefusal } from '../contract/security-service.ts';
import { readCertificate } from '../pki/certificate-facts.ts';
import { checkChain } from '../pki/chain.ts';
import { type DeviceFacts, deviceFacts } from './entry-check.ts';
import { refuse } from './refuse.ts';
import type { RegistrationStore } from './registration-store.ts';
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
  const verdict = standing(store, facts);
  if (verdict) return verdict;
  return store.transaction(() => {
    // Asked again where nothing comes between: what was registered meanwhile is not made unclaimed.
    const meanwhile = standing(store, facts);
    if (!meanwhile)
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
      });
    return meanwhile ?? notAdmitted('NOT_REGISTERED');
  });
}

/**
 * What the records say of the certificate, null when they do not know it. A key has one certificate for ever: another
 * one for it, such as the same with its signature written differently, shares its end and is nothing to adopt.
 */
function standing(store: RegistrationStore, { fingerprint, spkiSha256 }: DeviceFacts): Admission | null {
  const own = store.certificate(fingerprint);
  if (own?.state === 'registered') return { admitted: true, deviceSerial: own.deviceSerial, hwid: own.hwid };
  const known = own?.state === 'void' ? own : (store.otherOfKey(spkiSha256, fingerprint) ?? own);
  if (known?.state === 'void') return notAdmitted('VOID', known.voidReason);
  return known && notAdmitted('NOT_REGISTERED');
}

function notAdmitted(reason: AdmissionRefusal, voidReason: string | null = null): Admission {
  return { admitted: false, reason, voidReason };
}
