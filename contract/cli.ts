// What `keyline ... --json` prints: one object a command, on the last line of standard output (FORMATS.md). A command
// prints nothing that its schema refuses.
import { z } from 'zod';
import { DeviceState } from '../domain/device-word.ts';
import { CaName, DeviceSerial, HardwareId, Name, Sha256Hex, TimeMs } from '../domain/ids.ts';
import { CertificateState, Outcome } from '../domain/job.ts';
import { KeyTail, LabelSize } from '../domain/label.ts';
import { LotState } from '../domain/lot.ts';
import { KeyTerms, SecretName } from '../domain/recipe.ts';
import { ErrorCodeText, LotView, SyncView } from '../domain/station-event.ts';
import { MadeCopy } from './backup-api.ts';
import { CarryReceived, CarryWritten } from './carry-api.ts';
import { ReconcileRow } from './reconcile-api.ts';
import { CaView, SigningState } from './signing-api.ts';
import { StationStatus } from './station-api.ts';

const Count = z.number().int().min(0);
const Path = z.string().min(1);

/** Any command that was refused, or that failed. */
export const RefusalAnswer = z.strictObject({
  error: z.strictObject({ code: z.string().min(1), message: z.string().min(1) }),
});

export const LotListAnswer = z.strictObject({
  lots: z.array(z.strictObject({ lotId: Name, state: LotState, quantity: Count, passed: Count })),
});

/** `lot create`, `show`, `release`, `hold` and `close`. */
export const LotAnswer = LotView;

const ListedDevice = z.strictObject({
  /** Null while the device has no serial reserved. */
  deviceSerial: DeviceSerial.nullable(),
  hwid: HardwareId,
  hardwareType: z.string(),
  model: z.string(),
  revision: z.string(),
  simulated: z.boolean(),
  lotId: Name,
  slot: Name,
  /** As the recipe of that lot says. */
  ...KeyTerms.shape,
  /** Of its last job; null while it runs. */
  outcome: Outcome.nullable(),
  code: ErrorCodeText.nullable(),
  /** Of its certificate that is not void. */
  fingerprint: Sha256Hex.nullable(),
  registration: z.enum(['waiting', 'accepted', 'refused']).nullable(),
});

/** What `device list --outcome` asks for. */
export const ListedOutcome = z.enum([...Outcome.options, 'running']);
export type ListedOutcome = z.infer<typeof ListedOutcome>;

export const DeviceListAnswer = z.strictObject({ devices: z.array(ListedDevice) });

export const DeviceAnswer = z.strictObject({
  device: z.strictObject({
    deviceSerial: DeviceSerial.nullable(),
    hwid: HardwareId,
    hardwareType: z.string(),
    model: z.string(),
    revision: z.string(),
    simulated: z.boolean(),
    firstSeenMs: TimeMs,
    /** Attempts, the first one first. */
    jobs: z.array(
      z.strictObject({
        jobId: z.number().int(),
        lotId: Name,
        slot: Name,
        outcome: Outcome.nullable(),
        code: ErrorCodeText.nullable(),
        startedMs: TimeMs,
        endedMs: TimeMs.nullable(),
      }),
    ),
    /** The first one first, void ones included. */
    certificates: z.array(
      z.strictObject({
        certificateSerialNumber: z.string(),
        state: CertificateState,
        /** How the key that it is for came into the device. */
        ...KeyTerms.shape,
        /** Why it is void. */
        reason: z.string().nullable(),
        fingerprint: Sha256Hex.nullable(),
        spkiSha256: Sha256Hex,
        issuerId: Sha256Hex,
      }),
    ),
  }),
});

/** `device rework`, `scrap` and `revoke`. */
export const DeviceDecidedAnswer = z.strictObject({
  deviceSerial: DeviceSerial.nullable(),
  hwid: HardwareId,
  state: DeviceState,
  /** Of its certificate; null for a device that never had one. */
  certificate: CertificateState.nullable(),
});

export const ExportFormat = z.enum(['pem', 'csv', 'json']);
export type ExportFormat = z.infer<typeof ExportFormat>;

export const DeviceExportAnswer = z.strictObject({
  format: ExportFormat,
  devices: Count,
  /** Absolute paths: for pem the folder `devices` stands for all that is in it. */
  files: z.array(Path),
});

/** One row of `device export --format csv` and `json`. */
export const ExportedDevice = z.strictObject({
  deviceSerial: DeviceSerial,
  hardwareType: z.string(),
  hwid: HardwareId,
  lotId: Name,
  model: z.string(),
  revision: z.string(),
  issuerId: Sha256Hex,
  certificateSerialNumber: z.string(),
  fingerprint: Sha256Hex,
  spkiSha256: Sha256Hex,
  ...KeyTerms.shape,
  /** PEM. */
  certificate: z.string(),
});
export type ExportedDevice = z.infer<typeof ExportedDevice>;

const Tally = {
  /** Devices with a job in the lot, each counted once, by its last job. */
  devices: Count,
  passed: Count,
  failed: Count,
  errored: Count,
  aborted: Count,
  made: Count,
  registered: Count,
  waiting: Count,
  refused: Count,
};

export const RunAnswer = z.strictObject({
  lotId: Name,
  ...Tally,
  /** Boards that are still in work: they left the line before their end. */
  running: Count,
  /** Boards that this run brought to an end. */
  ended: Count,
  durationMs: z.number().min(0),
});

export const CarryWriteAnswer = z.strictObject({ file: Path, ...CarryWritten.shape });
export const CarryReceiptAnswer = CarryReceived;
/** `service carry read`. */
export const CarryReadAnswer = z.strictObject({ stationId: Name, accepted: Count, refused: Count, receipt: Path });

export const ReconcileAnswer = z.strictObject({
  rows: z.array(ReconcileRow),
  compared: Count,
  /** False where there are more rows than one answer takes. */
  whole: z.boolean(),
});
/** `reconcile compare` and `decide`. */
export const ReconcileRowAnswer = ReconcileRow;

/** `service unclaimed list`. */
export const UnclaimedListAnswer = z.strictObject({
  certificates: z.array(
    z.strictObject({
      fingerprint: Sha256Hex,
      deviceSerial: DeviceSerial,
      hwid: HardwareId,
      hardwareType: z.string(),
      /** Whose issuing CA signed it. */
      stationId: Name,
      firstSeenMs: TimeMs,
    }),
  ),
});
export const UnclaimedAnswer = z.strictObject({ fingerprint: Sha256Hex, state: z.enum(['registered', 'void']) });

export const BackupAnswer = MadeCopy;

export const RestoreAnswer = z.strictObject({
  stationId: Name,
  epoch: Count,
  fromEpoch: Count,
  /** The last event that the backup held. */
  backupSeq: Count,
  /** Records that it was restored from. */
  file: Path,
  /** The service has said which serials are used. */
  serialsRead: z.boolean(),
  /** The active CA: as the backup has it, or as the service's answer made it; null: none is. */
  ca: CaName.nullable(),
});

export const SyncAnswer = SyncView;
export const StatusAnswer = StationStatus;

export const ReportVerifyAnswer = z.strictObject({
  ok: z.boolean(),
  /** Each file as it was named, with its verdict in words. */
  reports: z.array(z.strictObject({ file: z.string(), ok: z.boolean(), says: z.string() })),
});

export const AuditAnswer = z.strictObject({
  ok: z.boolean(),
  events: Count,
  /** The first event that was changed, or follows a gap. */
  firstBad: Count.optional(),
  /** The last event there, while a checkpoint names a later one. */
  missingAfter: Count.optional(),
  /** Of an exported journal: signed by its station, and not one byte changed since; and by which key. */
  sealed: z.boolean().optional(),
  stationKeySha256: Sha256Hex.optional(),
});

/** `ca show`, and the CA that `ca init`, `request`, `import` and `rotate` are about. */
export const CaAnswer = z.strictObject({
  cas: z.array(
    z.strictObject({
      ...CaView.shape,
      /** Absolute: holds root.pem and issuing.pem, or request.pem while it is requested. */
      folder: Path,
    }),
  ),
});

/** `keyring store` and `keyring forget`; `name` says what for, and nothing of the secret. */
export const KeyringAnswer = z.strictObject({ name: z.string(), kept: z.boolean() });

export const SigningLoginAnswer = z.strictObject({ name: CaName, tokenLabel: z.string(), signing: SigningState });

export const EnrolAnswer = z.strictObject({
  stationId: Name,
  practice: z.boolean(),
  serviceUrl: z.url(),
});

/** `service`, once it listens; `service token` prints the token alone. */
export const ServiceAnswer = z.strictObject({ url: z.url(), caFile: Path, practice: z.boolean() });
export const TokenAnswer = z.strictObject({ token: z.string().min(1), caFile: Path });

export const PskListAnswer = z.strictObject({ names: z.array(SecretName) });

export const RecipeAnswer = z.strictObject({
  ok: z.literal(true),
  ...KeyTerms.shape,
  name: z.string(),
  version: z.string(),
  model: z.string(),
  recipeSha256: Sha256Hex,
  firmwareSha256: Sha256Hex,
  firmwareBytes: Count,
});

export const SimulateAnswer = z.strictObject({ ports: z.array(z.string()) });

export const DoctorAnswer = z.strictObject({
  ok: z.boolean(),
  checks: z.array(z.strictObject({ check: z.string(), verdict: z.enum(['ok', 'look', 'bad']), detail: z.string() })),
  /** The file that the bundle was written to. */
  bundle: Path.optional(),
});

export const PracticeAnswer = z.strictObject({
  ...Tally,
  waitingPeak: Count,
  registeredAtReturn: Count,
  authenticated: Count,
  durationMs: z.number().min(0),
  jobMs: z.strictObject({ p50: z.number(), p95: z.number(), max: z.number() }),
  faults: z
    .array(
      z.strictObject({
        fault: z.string(),
        /** The fault was seen to strike. */
        provoked: z.boolean(),
        deviceSerial: DeviceSerial.nullable(),
        hwid: HardwareId.nullable(),
        expectedOutcome: Outcome.nullable(),
        outcome: Outcome.nullable(),
        code: ErrorCodeText.nullable(),
        card: z.number().int().nullable(),
        /** Why the security service does not let it in; null when it does, or when it was not asked. */
        refusedAs: z.string().nullable(),
      }),
    )
    .optional(),
  dataDir: Path,
});

export const LabelAnswer = z.strictObject({
  label: z.strictObject({
    deviceSerial: DeviceSerial,
    keyTail: KeyTail,
    /** The text of its code. */
    content: z.string(),
    model: z.string(),
    revision: z.string(),
    size: LabelSize,
    copies: Count,
    printedMs: TimeMs.nullable(),
    scannedMs: TimeMs.nullable(),
  }),
});

/** Both null after `--waiting`. */
export const LabelsPrintedAnswer = z.strictObject({
  deviceSerial: DeviceSerial.nullable(),
  copy: Count.nullable(),
  waiting: Count,
});
