// Devices: find one, its record, a live check of its identity, and what people decide about it (UX.md section 4.6).
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { DeviceState, RevokeReason, ReworkReason, ScrapReason } from '../domain/device-word.ts';
import { DeviceSerial, HardwareId, Name, Sha256Hex, TimeMs } from '../domain/ids.ts';
import { CertificateState, Life, Outcome, Stage } from '../domain/job.ts';
import { Badge, PersonId, Pin } from '../domain/person.ts';
import { KeyTerms } from '../domain/recipe.ts';
import { ErrorCodeText, StageTime } from '../domain/station-event.ts';
import { KEYLINE_ERRORS } from './keyline-errors.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

const DeviceId = z.number().int().min(1);
/** Where the page before it ended; opaque. */
const Cursor = z.string().max(200);

export const DeviceQuery = z.strictObject({
  /** Beginning of a device serial or hardware id; empty: all. */
  text: z.string().max(64),
  lotId: Name.nullable(),
  /** First seen from here on, and before there; UTC ms. */
  seen: z.strictObject({ fromMs: TimeMs, toMs: TimeMs }).nullable(),
  after: Cursor.nullable(),
  /** Rows of the page. */
  limit: z.number().int().min(1).max(200),
});
export type DeviceQuery = z.infer<typeof DeviceQuery>;

export const FoundDevice = z.object({
  deviceId: DeviceId,
  deviceSerial: DeviceSerial.nullable(),
  hwid: HardwareId,
  model: z.string(),
  revision: z.string(),
  firstSeenMs: TimeMs,
  /** Of its last job. */
  lotId: Name,
  slot: Name,
  code: ErrorCodeText.nullable(),
  endedMs: TimeMs.nullable(),
  state: DeviceState,
});
export type FoundDevice = z.infer<typeof FoundDevice>;

export const FoundPage = z.object({
  devices: z.array(FoundDevice),
  next: Cursor.nullable(),
  /** Devices on this station, found or not. */
  onRecord: z.number().int(),
});
export type FoundPage = z.infer<typeof FoundPage>;

const DeviceIdentity = z.object({
  state: CertificateState,
  /** Why it is void. */
  reason: z.string().nullable(),
  ...KeyTerms.shape,
  spkiSha256: Sha256Hex,
  /** Hex. */
  certificateSerialNumber: z.string(),
  fingerprint: Sha256Hex.nullable(),
  /** Common name in the CA's certificate; its name here where the CA is not in the data folder any more. */
  signedBy: z.string().nullable(),
  /** Null before anything was signed. */
  notBeforeMs: TimeMs.nullable(),
  /** Null: no end date, or nothing signed. */
  notAfterMs: TimeMs.nullable(),
});

const DeviceAttempt = z.object({
  jobId: z.number().int(),
  lotId: Name,
  slot: Name,
  outcome: Outcome.nullable(),
  code: ErrorCodeText.nullable(),
  startedMs: TimeMs,
  endedMs: TimeMs.nullable(),
  stages: z.array(StageTime),
});
export type DeviceAttempt = z.infer<typeof DeviceAttempt>;

/** One entry of the history; what it knows beside its type. */
const DeviceEvent = z.object({
  seq: z.number().int(),
  timeMs: TimeMs,
  type: z.string(),
  /** Name of the person; null for the station, and for one who is not known any more. */
  person: z.string().nullable(),
  jobId: z.number().int().nullable(),
  slot: Name.nullable(),
  code: z.string().nullable(),
  reason: z.string().nullable(),
  life: z.string().nullable(),
  /** Number of a label's copy. */
  copy: z.number().int().nullable(),
  /** Serial on the label that was read instead of its own. */
  read: z.string().nullable(),
});
export type DeviceEvent = z.infer<typeof DeviceEvent>;

export const DeviceAct = z.enum(['check', 'rework', 'scrap', 'revoke', 'save']);
export type DeviceAct = z.infer<typeof DeviceAct>;

export const DeviceRecord = z.object({
  device: FoundDevice,
  simulated: z.boolean(),
  /** What can be done with it now, whoever asks. */
  can: z.array(DeviceAct),
  /** Its certificate that is not void, else its last one. */
  identity: DeviceIdentity.nullable(),
  /** The first one first. */
  attempts: z.array(DeviceAttempt),
  /** Medians of the last passes of its lot; null and empty before any. */
  usual: z.object({ jobMs: z.number().nullable(), stageMs: z.partialRecord(Stage, z.number()) }),
  events: z.array(DeviceEvent),
  places: z.object({
    /** When its last word was committed here; null while it is in work. */
    savedMs: TimeMs.nullable(),
    /** Of the last copy that holds that word. */
    copiedMs: TimeMs.nullable(),
    onOtherDisk: z.boolean(),
    /** Its registration, or its void entry where its certificate is void; null without one. */
    cloud: z
      .object({
        state: z.enum(['waiting', 'accepted', 'refused']),
        kind: z.enum(['register', 'void']),
        /** Place among all that wait; null when it does not. */
        place: z.number().int().nullable(),
        waiting: z.number().int(),
        code: z.string().nullable(),
      })
      .nullable(),
    lotClosedMs: TimeMs.nullable(),
  }),
  /**
   * Its last word in the audit chain; null while there is none. `whole`: it fits its neighbours up to the next checkpoint,
   * whose signature by the station's key was checked. `open`: it fits them, and there is no such checkpoint yet, or no key
   * to check it by. `broken`: it does not fit, or the checkpoint was signed by another key.
   */
  seal: z
    .object({
      seq: z.number().int(),
      before: z.number().int().nullable(),
      after: z.number().int().nullable(),
      state: z.enum(['whole', 'open', 'broken']),
    })
    .nullable(),
});
export type DeviceRecord = z.infer<typeof DeviceRecord>;

/** What a live answer did not have as the record says. */
export const CheckFault = z.enum([
  'proof',
  'hardware-id',
  'life',
  'debug',
  'certificate',
  'chain',
  'anchor',
  'firmware',
]);
export type CheckFault = z.infer<typeof CheckFault>;

export const IdentityCheck = z.object({
  checkedMs: TimeMs,
  slot: Name,
  faults: z.array(CheckFault),
  life: Life.nullable(),
  /** Its certificate is void, whatever the board proves. */
  isVoid: z.boolean(),
  /** SHA-256 of the signed message and the signature; null without a good one. */
  transcriptSha256: Sha256Hex.nullable(),
});
export type IdentityCheck = z.infer<typeof IdentityCheck>;

/** A second person beside the one who asks: their badge too, where they have one. */
export const SecondPerson = z.strictObject({ personId: PersonId, pin: Pin, badge: Badge.nullable() });
export type SecondPerson = z.infer<typeof SecondPerson>;

/** A device as the one who decides was shown it. A device that stands otherwise now is refused: ROW_CHANGED. */
export const SeenDevice = z.strictObject({
  state: DeviceState,
  /** State of its certificate; null without one. */
  certificate: CertificateState.nullable(),
});
export type SeenDevice = z.infer<typeof SeenDevice>;

/** Absolute path, in the folder for exports of the data folder. */
export const SavedRecord = z.object({ file: z.string().min(1) });
export type SavedRecord = z.infer<typeof SavedRecord>;

export const devicesApi = {
  find: keyline.input(DeviceQuery).output(FoundPage),
  /** By device serial, else by hardware id; null: no such record. */
  show: keyline.input(z.strictObject({ device: z.string().min(1).max(64) })).output(DeviceRecord.nullable()),
  /** A challenge with a fresh nonce to the board in a slot; no job, and none is disturbed. */
  check: keyline.input(z.strictObject({ deviceId: DeviceId })).output(IdentityCheck),
  rework: keyline
    .input(z.strictObject({ deviceId: DeviceId, reason: ReworkReason, seen: SeenDevice }))
    .output(DeviceRecord),
  scrap: keyline
    .input(z.strictObject({ deviceId: DeviceId, reason: ScrapReason, seen: SeenDevice }))
    .output(DeviceRecord),
  /** `second` is another security officer; null only where nobody is on record. */
  revoke: keyline
    .input(z.strictObject({ deviceId: DeviceId, reason: RevokeReason, second: SecondPerson.nullable() }))
    .output(DeviceRecord),
  /** All that proves one device, as one JSON file. */
  save: keyline.input(z.strictObject({ deviceId: DeviceId })).output(SavedRecord),
};
