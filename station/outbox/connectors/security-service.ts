// The first cloud connector: Keyline's own security service, by its contract.
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { HeldPage } from '../../../contract/security-service/held.ts';
import { BatchAnswer } from '../../../contract/security-service/registration.ts';
import {
  Admission,
  CheckpointAnswer,
  Counts,
  EnrolAnswer,
  IssuerAnswer,
  type IssuerChainText,
} from '../../../contract/security-service.ts';
import { KeylineError } from '../../../domain/errors.ts';
import { readCertificate } from '../../../pki/certificate-facts.ts';
import { verifySignature } from '../../../pki/p256.ts';
import { fromPem } from '../../../pki/pem.ts';
import type { Enrolment } from '../enrolment.ts';
import type { CloudBooks, CloudConnector } from './cloud-connector.ts';
import { type ClientIdentity, type ServiceAddress, type ServiceHttp, serviceHttp } from './service-http.ts';

export interface EnrolmentOrder extends ServiceAddress {
  readonly token: string;
  readonly stationId: string;
  readonly practice: boolean;
  /** PKCS#10 DER, subject CN=stationId. */
  readonly request: Uint8Array;
  /** Key of the request, DER. */
  readonly spki: Uint8Array;
}

/** Trades the token for a station certificate. Throws TOKEN_REFUSED, SERVICE_REFUSED, SERVICE_UNTRUSTED, SERVICE_UNREACHABLE. */
export async function enrolStation(order: EnrolmentOrder): Promise<Enrolment> {
  const { serviceUrl, serviceCaPem, token, stationId, practice, request, spki } = order;
  const http = serviceHttp(order, null);
  try {
    const body = JSON.stringify({ token, stationId, practice, request: base64(request) });
    const { stationCertificatePem } = await http.exchange({
      method: 'POST',
      path: '/v1/stations/enrol',
      body,
      answer: EnrolAnswer,
    });
    if (!isOurs(stationCertificatePem, serviceCaPem, spki))
      throw new KeylineError('SERVICE_REFUSED', 'its certificate is not for this station');
    return { serviceUrl, serviceCaPem, stationCertificatePem };
  } finally {
    await http.close();
  }
}

/** One device asks to be let in, by its own key. Throws SERVICE_UNTRUSTED, SERVICE_UNREACHABLE, SERVICE_REFUSED. */
export async function askAdmission(address: ServiceAddress, device: ClientIdentity): Promise<Admission> {
  const http = serviceHttp(address, device);
  try {
    return await http.exchange({ method: 'POST', path: '/v1/admission', body: null, answer: Admission });
  } finally {
    await http.close();
  }
}

/** `keyPem` is the station's own key; it stays in memory. `epoch` is the station's: the service refuses an old one. */
export function connectSecurityService(
  enrolment: Enrolment,
  keyPem: string | Buffer,
  epoch = 1,
): CloudConnector & CloudBooks {
  return connectorOver(serviceHttp(enrolment, { certificatePem: enrolment.stationCertificatePem, keyPem }), epoch);
}

/** The contract's calls over whatever carries them. */
export function connectorOver(http: ServiceHttp, epoch = 1): CloudConnector & CloudBooks {
  return {
    async registerIssuer({ intermediates, root, proof }) {
      const chain: IssuerChainText = {
        intermediates: intermediates.map(base64),
        root: base64(root),
        proof: base64(proof),
      };
      const body = JSON.stringify(chain);
      await http.exchange({ method: 'PUT', path: '/v1/stations/me/issuer', body, answer: IssuerAnswer });
    },
    async sendBatch(payloads) {
      const body = `{"entries":[${payloads.join(',')}]}`;
      const idempotencyKey = createHash('sha256').update(body).digest('hex');
      const { results } = await http.exchange({
        method: 'POST',
        path: '/v1/registrations',
        body,
        answer: BatchAnswer,
        idempotencyKey,
        epoch,
      });
      if (results.length !== payloads.length) throw new KeylineError('SERVICE_REFUSED', 'its answer is not understood');
      return results;
    },
    async sendCheckpoint(signed) {
      const body = JSON.stringify(signed);
      await http.exchange({ method: 'POST', path: '/v1/checkpoints', body, answer: CheckpointAnswer });
    },
    held: (after) =>
      http.exchange({
        method: 'GET',
        path: `/v1/certificates${after === null ? '' : `?after=${after}`}`,
        body: null,
        answer: HeldPage,
      }),
    counts: () => http.exchange({ method: 'GET', path: '/v1/counts', body: null, answer: Counts }),
    close: () => http.close(),
  };
}

function isOurs(certificatePem: string, caPem: string, spki: Uint8Array): boolean {
  const [der] = fromPem('CERTIFICATE', certificatePem) ?? [];
  const [caDer] = fromPem('CERTIFICATE', caPem) ?? [];
  const certificate = der && readCertificate(der);
  const ca = caDer && readCertificate(caDer);
  if (!certificate?.ok || !ca?.ok) return false;
  const { facts } = certificate;
  return Buffer.compare(facts.spki, spki) === 0 && verifySignature(ca.facts.spki, facts.tbs, facts.signature);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
