// What the security service needs of a database: rows and single statements; the rules live beside, in cloud/.
// SQLite implements it; PostgreSQL may (DESIGN.md section 7). Synchronous calls run inside `transaction` alone.
import type { SignedCheckpoint } from '../domain/checkpoint.ts';

export interface TokenRow {
  readonly tokenSha256: string;
  readonly expiresMs: number;
  /** The first key that used it, SHA-256 of its SPKI. */
  readonly spkiSha256: string | null;
}

export interface StationRow {
  readonly stationId: string;
  readonly spki: Uint8Array;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly enrolledMs: number;
}

export interface IssuerRow {
  readonly issuerId: string;
  readonly stationId: string;
  readonly spki: Uint8Array;
  readonly subjectName: Uint8Array;
  /** DER, from the issuing CA upwards. */
  readonly intermediates: readonly Uint8Array[];
  readonly root: Uint8Array;
}

export interface CertificateRow {
  readonly fingerprint: string;
  readonly stationId: string;
  readonly issuerId: string;
  readonly hardwareType: string;
  readonly hwid: string;
  readonly deviceSerial: string;
  readonly spkiSha256: string;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly state: 'unclaimed' | 'registered' | 'void';
  readonly voidReason: string | null;
  readonly firstSeenMs: number;
  readonly registeredMs: number | null;
  /** The register entry, JSON. */
  readonly entry: string | null;
}

export interface ConflictRow {
  readonly stationId: string;
  readonly fingerprint: string;
  readonly otherFingerprint: string;
  readonly reason: string;
  readonly entry: string;
  readonly openedMs: number;
}

export interface StationCounts {
  readonly registered: number;
  readonly void: number;
  readonly unclaimed: number;
  readonly conflicts: number;
}

/** A person's word about one certificate. */
export interface DecisionRow {
  readonly fingerprint: string;
  readonly decision: 'adopted' | 'revoked';
  readonly because: string;
  readonly decidedMs: number;
}

export interface RegistrationStore {
  /** All of `work` or nothing. Throws KeylineError DISK_FULL. */
  transaction<T>(work: () => T): T;

  insertToken(row: TokenRow): void;
  token(tokenSha256: string): TokenRow | null;
  bindToken(tokenSha256: string, spkiSha256: string): void;

  station(stationId: string): StationRow | null;
  stationByKey(spki: Uint8Array): StationRow | null;
  /** Inserts the station, or gives the one that has this id and key its new certificate. */
  saveStation(row: StationRow): void;

  issuer(issuerId: string): IssuerRow | null;
  issuerByKey(spki: Uint8Array): IssuerRow | null;
  issuerByName(subjectName: Uint8Array): IssuerRow | null;
  issuersOf(stationId: string): number;
  insertIssuer(row: IssuerRow, addedMs: number): void;

  certificate(fingerprint: string): CertificateRow | null;
  registeredOfDevice(hardwareType: string, hwid: string): CertificateRow | null;
  registeredOfSerial(deviceSerial: string): CertificateRow | null;
  /** Another certificate for the same key that is registered or void. */
  otherOfKey(spkiSha256: string, fingerprint: string): CertificateRow | null;
  /** The certificate of the device that was registered last, whatever became of it. */
  lastRegisteredOfDevice(hardwareType: string, hwid: string): CertificateRow | null;
  /** Inserts or replaces the row of this fingerprint. */
  saveCertificate(row: CertificateRow): void;
  /** Keeps the first of equal conflicts. */
  insertConflict(row: ConflictRow): void;
  counts(stationId: string): StationCounts;
  /** Of one station, after this fingerprint, in their order. */
  certificatesOf(stationId: string, after: string, limit: number): CertificateRow[];

  /** Of all stations, after this fingerprint, in their order. */
  unclaimed(after: string, limit: number): CertificateRow[];
  insertDecision(row: DecisionRow): void;

  /** The stored answer to a body, JSON. */
  answer(stationId: string, bodySha256: string): string | null;
  /** Stores an answer and forgets all but the last `keep` of the station. */
  insertAnswer(stationId: string, bodySha256: string, answer: string, keep: number): void;

  lastCheckpoint(stationId: string): SignedCheckpoint | null;
  hasCheckpoint(stationId: string, seq: number, head: string): boolean;
  insertCheckpoint(signed: SignedCheckpoint): void;

  close(): void;
}
