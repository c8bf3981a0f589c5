// The security service as this station knows it (UX.md section 4.8): where it is, who the station is to it, how long that
// lasts, and what it answered last.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Sha256Hex, TimeMs } from '../domain/ids.ts';
import { ErrorCodeText } from '../domain/station-event.ts';
import { KEYLINE_ERRORS } from './keyline-errors.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

const Certificate = z.object({
  commonName: z.string().nullable(),
  fingerprint: Sha256Hex,
  notBeforeMs: TimeMs,
  /** Null: never. */
  notAfterMs: TimeMs.nullable(),
});

export const CloudView = z.object({
  /** Null while the station is not enrolled. */
  enrolment: z
    .object({
      serviceUrl: z.string(),
      /** Of this station. */
      station: Certificate,
      /** The only CA that is believed for the service. */
      serviceCa: Certificate,
      /** `due`: little of the station's certificate is left; `ended`: the service takes nothing more with it. */
      renewal: z.enum(['fresh', 'due', 'ended']),
    })
    .nullable(),
  /** Nothing is sent until the station's own key is open. */
  keyOpen: z.boolean(),
  /** The end of the last try since this program began; `code` is null where all went well. */
  last: z.object({ timeMs: TimeMs, code: ErrorCodeText.nullable() }).nullable(),
});
export type CloudView = z.infer<typeof CloudView>;

export const cloudApi = {
  read: keyline.output(CloudView),
  /** Asks the service, as this station, what it holds of it; how long the answer took. Sends nothing. */
  test: keyline.output(z.object({ answerMs: z.number().min(0), registered: z.number().int() })),
};
