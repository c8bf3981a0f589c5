// Certificates a second from the station's own issuer, every check and the lint on, beside bare ECDSA signatures.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CertificateOrder } from '../station/identity/issuer.ts';
import { benchIssuer, boardOrder } from './bench-ca.ts';
import type { Figure } from './figure.ts';
import { sideBySide } from './rate.ts';

const RUNS = 5;
const ISSUES = 300;
const SIGNATURES = 10_000;
/** Bytes of a typical to-be-signed certificate. */
const TBS_BYTES = 480;

export async function measureIssueRate(): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'keyline-bench-'));
  try {
    const issuer = await benchIssuer(dir);
    const orders: CertificateOrder[] = Array.from({ length: ISSUES }, (_, number) => boardOrder(number));
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const message = randomBytes(TBS_BYTES);
    const { ours, peer, percent } = await sideBySide(
      RUNS,
      {
        async run() {
          for (const order of orders) await issuer.sign((await issuer.intend(order)).tbs);
          return ISSUES;
        },
      },
      {
        run() {
          for (let i = 0; i < SIGNATURES; i++) sign('sha256', message, privateKey);
          return SIGNATURES;
        },
      },
    );
    const figure = { each: 'run', limit: null, judged: 'median' } as const;
    return [
      {
        ...figure,
        ...{ name: 'Issuing: certificates, lint on', unit: 'a second', values: ours },
        means: `One thread, ${ISSUES} a run: request checked, body built and linted, signed, body and signature compared.`,
      },
      {
        ...figure,
        ...{ name: 'Issuing: bare ECDSA P-256 signatures', unit: 'a second', values: peer },
        means: `node:crypto sign over ${TBS_BYTES} bytes, ${SIGNATURES} a run, in turn with the runs above.`,
      },
      {
        ...figure,
        ...{ name: 'Issuing: ratio', unit: '% of the bare rate', values: percent },
        means: 'Certificates to bare signatures, run by run.',
      },
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
