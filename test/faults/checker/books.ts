// What the checker judges, read by its own SQL and its own X.509: the station's database, the service's, the boards, and
// what was said aloud meanwhile. Imports nothing of station/, db/ or cloud/: it would believe what they believe.
import { createHash, X509Certificate } from 'node:crypto';
import Database from 'better-sqlite3';
import { z } from 'zod';

const Text = z.string();
const Maybe = z.string().nullable();
const Bytes = z.instanceof(Uint8Array);

const Certificate = z.object({
  certificate_id: z.number(),
  device_id: z.number(),
  job_id: z.number(),
  lot_id: Text,
  device_serial: Text,
  spki_sha256: Text,
  issuer_id: Text,
  certificate_serial_number: Text,
  tbs: Bytes,
  certificate: Bytes.nullable(),
  fingerprint: Maybe,
  state: Text,
  reason: Maybe,
});
const Device = z.object({ device_id: z.number(), hardware_type: Text, hwid: Text });
const Job = z.object({
  job_id: z.number(),
  lot_id: Text,
  device_id: z.number().nullable(),
  outcome: Maybe,
  code: Maybe,
});
const Lot = z.object({ lot_id: Text, state: Text, quantity: z.number(), spare: z.number() });
const Key = z.object({
  spki_sha256: Text,
  spki: Bytes,
  device_id: z.number(),
  job_id: z.number(),
  discarded: z.number(),
});
const Outbox = z.object({
  id: z.number(),
  kind: Text,
  certificate_id: z.number(),
  state: Text,
  code: Maybe,
  payload: Text,
});
const Reservation = z.object({ device_serial: Text, device_id: z.number().nullable() });
const Event = z.object({
  seq: z.number(),
  time_ms: z.number(),
  actor_id: Text,
  type: Text,
  body: Text,
  prev_hash: Text,
  hash: Text,
});
const Checkpoint = z.object({
  station_id: Text,
  epoch: z.number(),
  seq: z.number(),
  head: Text,
  prev_seq: z.number(),
  prev_head: Text,
  time_ms: z.number(),
  signature: Text,
});
const Restore = z.object({
  epoch: z.number(),
  from_epoch: z.number(),
  backup_seq: z.number(),
  backup_head: Text,
});
const ServiceCertificate = z.object({
  fingerprint: Text,
  station_id: Text,
  hardware_type: Text,
  hwid: Text,
  device_serial: Text,
  spki_sha256: Text,
  state: Text,
  registered_ms: z.number().nullable(),
});

export interface StationBook {
  readonly path: string;
  readonly certificates: readonly z.infer<typeof Certificate>[];
  readonly devices: readonly z.infer<typeof Device>[];
  readonly jobs: readonly z.infer<typeof Job>[];
  readonly lots: readonly z.infer<typeof Lot>[];
  readonly keys: readonly z.infer<typeof Key>[];
  readonly outbox: readonly z.infer<typeof Outbox>[];
  readonly reservations: readonly z.infer<typeof Reservation>[];
  readonly events: readonly (Omit<z.infer<typeof Event>, 'body'> & { readonly body: string; readonly of: EventBody })[];
  readonly checkpoints: readonly z.infer<typeof Checkpoint>[];
  /** Of the station's row; 0 where there is none. */
  readonly epoch: number;
  /** In the order of epochs. */
  readonly restores: readonly z.infer<typeof Restore>[];
  readonly abandonedLots: readonly string[];
}

const EventBody = z.object({
  jobId: z.number().nullish(),
  certificateId: z.number().nullish(),
  outboxId: z.number().nullish(),
  epoch: z.number().nullish(),
  nonce: z.string().nullish(),
  hwid: z.string().nullish(),
  lotId: z.string().nullish(),
  transcriptSha256: z.string().nullish(),
  by: z.string().nullish(),
  spkiSha256: z.string().nullish(),
  code: z.string().nullish(),
  fingerprint: z.string().nullish(),
  decision: z.string().nullish(),
});
type EventBody = z.infer<typeof EventBody>;

export interface ServiceBook {
  readonly certificates: readonly z.infer<typeof ServiceCertificate>[];
  readonly checkpoints: readonly {
    readonly station_id: string;
    readonly epoch: number;
    readonly seq: number;
    readonly head: string;
  }[];
  /** SubjectPublicKeyInfo, DER, of each station. */
  readonly stationKeys: ReadonlyMap<string, Uint8Array>;
}

/** A physical board as it lies on the table, digests in hex. */
export interface BoardFacts {
  readonly name: string;
  readonly hwid: string;
  readonly life: string;
  /** It said of itself what was not so. */
  readonly lied: boolean;
  /** It came into its last slot in the place of another, on a port that stayed open. */
  readonly swappedIn: boolean;
  /** Both fuses are burnt. */
  readonly burnt: boolean;
  readonly keySha256: string | null;
  readonly leafSha256: string | null;
  readonly hasChain: boolean;
  readonly journal: { readonly deviceSerial: string; readonly leafSha256: string } | null;
  /** All keys and leaves that it ever held; a key that was injected has no nonce: ''. */
  readonly keys: readonly { readonly spkiSha256: string; readonly nonce: string }[];
  readonly leaves: readonly string[];
}

/** What a person or a program was told, and relied on. */
export type Said =
  | { readonly what: 'job-ended'; readonly jobId: number; readonly outcome: string; readonly hwid: string | null }
  /** Why this board does not simply go on. */
  | { readonly what: 'told'; readonly hwid: string; readonly code: string }
  | { readonly what: 'serial'; readonly hwid: string; readonly deviceSerial: string };

export interface Books {
  readonly station: StationBook;
  /** Books of the station's lives before its restores, as they ended; none where it never was restored. */
  readonly earlier?: readonly StationBook[];
  /** Null where there was none, or it cannot be read. */
  readonly service: ServiceBook | null;
  readonly boards: readonly BoardFacts[];
  readonly said: readonly Said[];
  readonly stationId: string;
  /** The line has ended: nothing may be under way any more. */
  readonly over: boolean;
}

export interface Violation {
  readonly rule: string;
  readonly ids: string;
}

export type Rule = (books: Books) => string[];

export function readStationBook(path: string): StationBook {
  const database = new Database(path, { readonly: true });
  try {
    const all = <T>(shape: z.ZodType<T>, sql: string): T[] => z.array(shape).parse(database.prepare(sql).all());
    return {
      path,
      certificates: all(Certificate, 'SELECT * FROM certificate ORDER BY certificate_id'),
      devices: all(Device, 'SELECT * FROM device'),
      jobs: all(Job, 'SELECT * FROM job ORDER BY job_id'),
      lots: all(Lot, 'SELECT * FROM lot'),
      keys: all(Key, 'SELECT * FROM key'),
      outbox: all(Outbox, 'SELECT * FROM outbox ORDER BY id'),
      reservations: all(Reservation, 'SELECT * FROM serial_reservation'),
      events: all(Event, 'SELECT * FROM audit_event ORDER BY seq').map((event) => ({
        ...event,
        of: EventBody.parse(JSON.parse(event.body)),
      })),
      checkpoints: all(Checkpoint, 'SELECT * FROM checkpoint ORDER BY epoch, seq'),
      epoch: all(z.object({ epoch: z.number() }), 'SELECT epoch FROM station')[0]?.epoch ?? 0,
      restores: all(Restore, 'SELECT * FROM restore ORDER BY epoch'),
      abandonedLots: all(z.object({ lot_id: Text }), 'SELECT lot_id FROM abandoned_lot').map(({ lot_id }) => lot_id),
    };
  } finally {
    database.close();
  }
}

export function readServiceBook(path: string): ServiceBook {
  const database = new Database(path, { readonly: true });
  try {
    const stations = z
      .array(z.object({ station_id: Text, spki: Bytes }))
      .parse(database.prepare('SELECT station_id, spki FROM station').all());
    return {
      certificates: z.array(ServiceCertificate).parse(database.prepare('SELECT * FROM certificate').all()),
      checkpoints: z
        .array(z.object({ station_id: Text, epoch: z.number(), seq: z.number(), head: Text }))
        .parse(database.prepare('SELECT station_id, epoch, seq, head FROM checkpoint ORDER BY epoch, seq').all()),
      stationKeys: new Map(stations.map(({ station_id, spki }) => [station_id, spki])),
    };
  } finally {
    database.close();
  }
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export interface CertificateReading {
  readonly fingerprint: string;
  readonly spkiSha256: string;
  /** Lower-case hex without leading zeros. */
  readonly serialNumber: string;
  readonly deviceSerial: string | null;
}

/** By Node's own reader, and by nothing of ours. */
export function readLeaf(der: Uint8Array): CertificateReading {
  const certificate = new X509Certificate(der);
  const { publicKey, serialNumber, subject } = certificate;
  return {
    fingerprint: sha256(der),
    spkiSha256: sha256(publicKey.export({ format: 'der', type: 'spki' })),
    serialNumber: serialNumber.toLowerCase().replace(/^0+/, ''),
    deviceSerial: /^serialNumber=(.*)$/m.exec(subject)?.[1] ?? null,
  };
}

/** The books of every life. */
export function lives({ station, earlier = [] }: Books): readonly StationBook[] {
  return [...earlier, station];
}

/** Those that come more than once. */
export function repeated<T>(items: readonly T[], keyOf: (item: T) => string): string[] {
  const seen = new Map<string, number>();
  for (const item of items) seen.set(keyOf(item), (seen.get(keyOf(item)) ?? 0) + 1);
  return [...seen].filter(([, count]) => count > 1).map(([key, count]) => `${key} (${count})`);
}
