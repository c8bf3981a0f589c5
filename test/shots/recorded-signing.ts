// Signing CAs as the drawing of Settings shows them, and their other states; what the station answers about them. Nothing
// here ships.
import type { CaCertificateView, CaView } from '../../contract/signing-api.ts';
import type { ErrorCode } from '../../domain/error-table.ts';
import { caView, NOW_MS } from '../samples/station-views.ts';

export interface RecordedSigning {
  readonly cas: readonly CaView[];
  /** Why a test, PIN, passphrase or change is refused; absent: they are taken. */
  readonly refuses?: ErrorCode;
}

const MADE_MS = Date.UTC(2026, 0, 12);
const YEAR_END_MS = Date.UTC(2027, 11, 31, 14, 32, 8);
const FINGERPRINT = 'c40d88b15e02a97c13f66b2e9d7104aae8c52f90b7d3461e02ab77c17f3a91c2';

function certificate(commonName: string, fingerprint: string, notAfterMs: number | null = null): CaCertificateView {
  return { commonName, organization: 'Example Devices', fingerprint, notBeforeMs: MADE_MS, notAfterMs };
}

const ROOT = certificate('Example Devices Root', '02'.repeat(32));

const DRAWN = caView({
  ...{ name: 'factory-2', issuerId: FINGERPRINT },
  signer: { kind: 'pkcs11', tokenLabel: 'LINE-2', keyLabel: 'issuing-2' },
  chain: [ROOT, certificate('Example Devices Line 2', FINGERPRINT, YEAR_END_MS)],
  ...{ endsMs: YEAR_END_MS, signatures: 41_204, limit: 45_000, lastSignedMs: NOW_MS - 60_000 },
});

const STANDBY = caView({
  ...{ name: 'factory-3', issuerId: `7b2f${'19d0'.repeat(15)}`, state: 'standby', signing: 'pin-needed' },
  signer: { kind: 'pkcs11', tokenLabel: 'LINE-3', keyLabel: 'issuing-3' },
  chain: [ROOT, certificate('Example Devices Line 3', `7b2f${'19d0'.repeat(15)}`)],
  ...{ endsMs: null, signatures: 0, limit: null, lastSignedMs: null },
});

const RETIRED = caView({
  ...{ name: 'pilot', issuerId: '31'.repeat(32), state: 'retired', signer: { kind: 'file' } },
  ...{ signatures: 480, limit: 500, lastSignedMs: Date.UTC(2026, 10, 12, 9, 14) },
});

const FILE = caView({
  ...{
    name: 'station',
    signer: { kind: 'file' },
    endsMs: null,
    limit: null,
    signatures: 12,
    lastSignedMs: NOW_MS - 60_000,
  },
  chain: [ROOT, certificate('Example Devices Station', FINGERPRINT)],
});

const REQUESTED = caView({
  ...{ name: 'factory-4', issuerId: null, state: 'requested', signing: 'none', chain: [] },
  ...{ endsMs: null, signatures: 0, limit: null, lastSignedMs: null },
});

export const SIGNING = {
  drawn: { cas: [{ ...DRAWN, warnings: ['CA_NEARLY_SPENT'] }, STANDBY, RETIRED] },
  practice: { cas: [{ ...FILE, name: 'practice', practice: true }] },
  locked: { cas: [{ ...FILE, signing: 'locked' }], refuses: 'PASSPHRASE_WRONG' },
  away: { cas: [{ ...DRAWN, signing: 'unreachable' }], refuses: 'SIGNER_UNREACHABLE' },
  standby: { cas: [DRAWN, { ...STANDBY, signing: 'ready' }] },
  requested: { cas: [FILE, REQUESTED] },
  none: { cas: [] },
} as const satisfies Readonly<Record<string, RecordedSigning>>;
