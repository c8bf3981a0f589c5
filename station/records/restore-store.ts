// What a restored station has on record of its restore. db/ implements it; each write stands in a transaction.

export interface RestoreRow {
  readonly epoch: number;
  readonly fromEpoch: number;
  readonly backupSeq: number;
  readonly backupHead: string;
  readonly restoredMs: number;
  /** A range that was never given to this station before, `A..B`; null where none was named. */
  readonly freshRange: string | null;
  /** When the service's used serials were read whole; null: not yet. */
  readonly serialsReadMs: number | null;
}

export interface RestoreStore {
  /** The last restore; null for a station that never was. */
  restoration(): RestoreRow | null;
  insertRestore(row: RestoreRow): void;
  setEpoch(epoch: number): void;
  setSerialsRead(epoch: number, readMs: number): void;
  abandonLot(lotId: string, epoch: number): void;
  isAbandoned(lotId: string): boolean;
  /** Remembers a serial that the service says is used. */
  insertUsedSerial(deviceSerial: string): void;
  /** Remembers a certificate, SHA-256 of its DER in hex, that the service says is void and these records do not know. */
  insertVoidAtService(fingerprint: string): void;
  isVoidAtService(fingerprint: string): boolean;
  /** Counts a certificate of this CA, on record, that the service holds and these records do not know: once for ever. */
  insertCountedAtService(fingerprint: string, issuerId: string): void;
  /** The first used serial from `first` to `last`, which have one length and prefix; null when there is none. */
  usedSerialBetween(first: string, last: string): string | null;
  /** Bound to a device here, freed here, or used at the service. */
  serialKnown(deviceSerial: string): boolean;
}
