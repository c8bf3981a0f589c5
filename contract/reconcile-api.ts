// Device, station and cloud side by side: what is not the same, and one decision a row.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { DeviceSerial, HardwareId, Name, Sha256Hex } from '../domain/ids.ts';
import { CertificateState } from '../domain/job.ts';
import { KEYLINE_ERRORS } from './keyline-errors.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

/** `adopt`: into these records; `void`: nobody may use it; `send-again`: the entry leaves once more. */
export const Decision = z.enum(['adopt', 'void', 'send-again']);
export type Decision = z.infer<typeof Decision>;

export const ReconcileRow = z.object({
  fingerprint: Sha256Hex,
  /** Only on this station, only at the service, or in both and not alike. */
  list: z.enum(['here', 'cloud', 'different']),
  deviceSerial: DeviceSerial,
  hwid: HardwareId,
  /** What the board last showed to this station; `unknown` for one that was never here with this certificate. */
  device: z.enum(['unknown', 'keyed', 'enrolled', 'locked']),
  station: CertificateState.nullable(),
  /** Of its last entry in the outbox. */
  sent: z.enum(['waiting', 'accepted', 'refused']).nullable(),
  cloud: z.enum(['unclaimed', 'registered', 'void']).nullable(),
  /** What a person may decide; nothing where another board or certificate stands in the way. */
  decisions: z.array(Decision),
});
export type ReconcileRow = z.infer<typeof ReconcileRow>;

export const ReconcilePage = z.object({
  rows: z.array(ReconcileRow),
  /** Certificates that were looked at, both sides taken together. */
  compared: z.number().int(),
  /** Where the next page begins; null at the end. */
  next: Sha256Hex.nullable(),
});
export type ReconcilePage = z.infer<typeof ReconcilePage>;

export const reconcileApi = {
  list: keyline.input(z.strictObject({ after: Sha256Hex.nullable() })).output(ReconcilePage),
  /** One certificate on both sides, alike or not. */
  compare: keyline.input(z.strictObject({ fingerprint: Sha256Hex })).output(ReconcileRow),
  decide: keyline
    .input(
      z.strictObject({
        fingerprint: Sha256Hex,
        decision: Decision,
        /** With `adopt` of a board whose serial is of no lot on record: the lot that it counts in. */
        lotId: Name.nullable(),
      }),
    )
    .output(ReconcileRow),
};
