// The security service as this station knows it (UX.md section 4.8): the facts of its enrolment, the last answer, and a test
// that asks and changes nothing.
import type { CloudView } from '../../contract/cloud-api.ts';
import type { ErrorCode } from '../../domain/error-table.ts';
import { KeylineError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/seams.ts';
import { readCertificate } from '../../pki/certificate-facts.ts';
import { fromPem } from '../../pki/pem.ts';
import { NEVER_MS } from '../../pki/time.ts';
import type { CloudConnector } from '../outbox/connectors/cloud-connector.ts';
import type { Enrolment } from '../outbox/enrolment.ts';

export interface CloudParts {
  readonly clock: Clock;
  readonly enrolment: () => Enrolment | null;
  /** Null while the station's own key is locked. */
  readonly connect: () => ((enrolment: Enrolment) => CloudConnector) | null;
  readonly lastAnswer: () => { readonly timeMs: number; readonly code: ErrorCode | null } | null;
}

/** Time to ask whoever runs the service for a token, over holidays too. */
const DUE_MS = 30 * 86_400_000;

export class CloudDesk {
  readonly #parts: CloudParts;

  constructor(parts: CloudParts) {
    this.#parts = parts;
  }

  /** Throws RECORDS_DAMAGED for an enrolment that cannot be read. */
  read(): CloudView {
    const { clock, enrolment, connect, lastAnswer } = this.#parts;
    const row = enrolment();
    const last = lastAnswer();
    const told = { keyOpen: connect() !== null, last };
    if (!row) return { ...told, enrolment: null };
    const station = certificateView(row.stationCertificatePem);
    const leftMs = (station.notAfterMs ?? Number.POSITIVE_INFINITY) - clock.nowMs();
    const renewal = leftMs <= 0 ? 'ended' : leftMs <= DUE_MS ? 'due' : 'fresh';
    return {
      ...told,
      enrolment: { serviceUrl: row.serviceUrl, station, serviceCa: certificateView(row.serviceCaPem), renewal },
    };
  }

  /** Throws NOT_ENROLLED, SIGNER_LOCKED, and as cloud-connector.ts says. */
  async test(): Promise<{ answerMs: number; registered: number }> {
    const { clock, enrolment, connect } = this.#parts;
    const [row, open] = [enrolment(), connect()];
    if (!row) throw new KeylineError('NOT_ENROLLED');
    if (!open) throw new KeylineError('SIGNER_LOCKED');
    const connector = open(row);
    const startMs = clock.monotonicMs();
    try {
      const { registered } = await connector.counts();
      return { answerMs: clock.monotonicMs() - startMs, registered };
    } finally {
      await connector.close();
    }
  }
}

function certificateView(pem: string) {
  // Of a chain the first is the one that counts.
  const [der] = fromPem('CERTIFICATE', pem) ?? [];
  const read = der === undefined ? null : readCertificate(der);
  if (!read?.ok) throw new KeylineError('RECORDS_DAMAGED', 'a certificate of the enrolment');
  const { commonName, fingerprint, notBeforeMs, notAfterMs } = read.facts;
  return { commonName, fingerprint, notBeforeMs, notAfterMs: notAfterMs === NEVER_MS ? null : notAfterMs };
}
