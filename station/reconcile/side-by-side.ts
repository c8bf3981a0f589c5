// One certificate on the station's side and on the cloud's: whether they agree, and what a person may decide where they
// do not. Pure.
import type { Decision, ReconcileRow } from '../../contract/reconcile-api.ts';
import type { HeldCertificate } from '../../contract/security-service/held.ts';
import type { CertificateState } from '../../domain/job.ts';

/** A signed certificate as these records hold it, also where they hold its to-be-signed alone. */
export interface OwnCertificate {
  readonly certificateId: number;
  readonly jobId: number;
  readonly fingerprint: string;
  readonly deviceSerial: string;
  readonly hwid: string;
  readonly state: CertificateState;
  /** Of the entry that tells of this state: `register` while live, `void` once void; null while in work or unsigned. */
  readonly sent: 'waiting' | 'accepted' | 'refused' | null;
}

const DEVICE = { intended: 'keyed', signed: 'keyed', installed: 'enrolled', live: 'locked', void: 'unknown' } as const;

/** The row of a certificate that at least one side knows; `list` is null where both agree or the answer is on its way. */
export function sideBySide(
  own: OwnCertificate | null,
  held: HeldCertificate | null,
  adoptable: boolean,
): (Omit<ReconcileRow, 'list'> & { readonly list: ReconcileRow['list'] | null }) | null {
  const known = own ?? held;
  if (!known) return null;
  const { fingerprint, deviceSerial, hwid } = known;
  const verdict = own ? ownVerdict(own, held?.state ?? null) : heldVerdict(held?.state ?? null, adoptable);
  return {
    ...{ fingerprint, deviceSerial, hwid, ...verdict },
    device: own ? DEVICE[own.state] : 'unknown',
    station: own?.state ?? null,
    sent: own?.sent ?? null,
    cloud: held?.state ?? null,
  };
}

interface Verdict {
  readonly list: ReconcileRow['list'] | null;
  readonly decisions: Decision[];
}

const AGREED: Verdict = { list: null, decisions: [] };

function ownVerdict({ state, sent }: OwnCertificate, cloud: HeldCertificate['state'] | null): Verdict {
  if (sent === 'waiting') return AGREED;
  const list = cloud === null ? 'here' : 'different';
  if (state === 'live') {
    if (cloud === 'registered') return AGREED;
    return { list, decisions: cloud === 'void' ? ['void'] : ['send-again', 'void'] };
  }
  if (state === 'void') {
    if (cloud === 'void') return AGREED;
    // Without an entry: signed after the backup, which holds its to-be-signed.
    return { list, decisions: [sent === null ? 'void' : 'send-again'] };
  }
  // In work here: the cloud learns of it when the job ends.
  if (cloud === null || cloud === 'unclaimed') return AGREED;
  return { list, decisions: cloud === 'void' ? ['void'] : ['adopt', 'void'] };
}

/** What is void at the service and unknown here is nobody's to use: there is nothing to decide. */
function heldVerdict(cloud: HeldCertificate['state'] | null, adoptable: boolean): Verdict {
  if (cloud === 'void') return AGREED;
  return { list: 'cloud', decisions: adoptable ? ['adopt', 'void'] : [] };
}
