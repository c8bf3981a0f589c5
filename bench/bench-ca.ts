// A practice CA for measurements, with the station's own issuer over it, and requests as boards send them.

import { buildCsr } from '../pki/csr.ts';
import { OID } from '../pki/oids.ts';
import { systemClock } from '../station/clock.ts';
import { type Ca, PRACTICE_PASSPHRASE, unlockCa } from '../station/identity/ca-folder.ts';
import { createCa } from '../station/identity/ca-making.ts';
import { newKey, signWith, spkiOf } from '../station/identity/file-signer.ts';
import type { CertificateOrder, Issuer } from '../station/identity/issuer.ts';
import { localIssuer } from '../station/identity/local-issuer.ts';
import { Secret } from '../station/identity/secret.ts';
import type { Signer } from '../station/identity/signer.ts';
import { systemRandom } from '../station/random.ts';

const HARDWARE_TYPE = '1.3.6.1.4.1.32473.1';

/** A CA with its key open; `keysDir` gets it. */
export async function benchCa(keysDir: string): Promise<{ readonly ca: Ca; readonly signer: Signer }> {
  const ca = await createCa(keysDir, {
    ...{ practice: true, organization: 'Example Works', passphrase: Secret.fromText(PRACTICE_PASSPHRASE) },
    ...{ nowMs: systemClock.nowMs(), random: systemRandom },
  });
  return { ca, signer: await unlockCa(ca, Secret.fromText(PRACTICE_PASSPHRASE)) };
}

/** `keysDir` gets the CA. */
export async function benchIssuer(keysDir: string): Promise<Issuer> {
  const { ca, signer } = await benchCa(keysDir);
  return localIssuer(ca, signer, systemRandom);
}

/** What the board of this number asks for, with a key of its own. */
export function boardOrder(number: number): CertificateOrder {
  const key = newKey();
  const deviceSerial = `B-${String(number).padStart(6, '0')}`;
  const subject = { type: OID.serialNumber, value: deviceSerial };
  return {
    request: buildCsr(subject, spkiOf(key), (message) => signWith(key, message)),
    deviceSerial,
    hwid: (number + 1).toString(16).padStart(12, '0'),
    certificate: { organization: 'Example Works', hardwareType: HARDWARE_TYPE, notAfter: 'never' },
    nowMs: systemClock.nowMs(),
  };
}
