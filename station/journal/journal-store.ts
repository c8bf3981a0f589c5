// What the journal needs of the records, and of whoever can read all of them beside the line's work. db/ implements it.
import type { ChainHead } from '../../domain/audit-event.ts';

/** An audit event as it is written, with the board that it is about. */
export interface JournalRow {
  readonly seq: number;
  readonly timeMs: number;
  readonly actorId: string;
  readonly type: string;
  /** JSON. */
  readonly body: string;
  readonly deviceSerial: string | null;
  readonly hwid: string | null;
  readonly lotId: string | null;
  readonly slot: string | null;
}

/** What a search means: one board, or lots and persons. */
export interface Wanted {
  readonly deviceId: number | null;
  readonly lotIds: readonly string[];
}

export interface JournalStore {
  /** Events before this one, the newest first. */
  eventsBefore(seq: number, limit: number): readonly JournalRow[];
  /** The same of one device: of its jobs and of its certificates. */
  eventsOfDevice(deviceId: number, seq: number, limit: number): readonly JournalRow[];
  /** The same by these people or of these lots, among the events from `fromSeq` on. */
  eventsAbout(
    among: { readonly actorIds: readonly string[]; readonly lotIds: readonly string[] },
    range: { readonly fromSeq: number; readonly beforeSeq: number },
    limit: number,
  ): readonly JournalRow[];
  /** UTC ms of the event; null when there is none. */
  eventTime(seq: number): number | null;
  /** The board with this serial or hardware id, and lots whose name holds the text. */
  journalWanted(text: string): Wanted;
}

export interface AuditVerdict {
  readonly ok: boolean;
  readonly events: number;
  readonly firstBad?: number;
  readonly missingAfter?: number;
  /** Where a whole chain ends. */
  readonly head?: ChainHead;
}

/** The whole journal as a file without its seal. */
export interface WrittenJournal {
  readonly events: number;
  readonly head: ChainHead;
  /** Lines of the file, and SHA-256 over them, each with its line end. */
  readonly lines: number;
  readonly sha256: string;
}

export interface JournalReader {
  /** Throws RECORDS_DAMAGED. */
  check(): Promise<AuditVerdict>;
  /** Where the journal is written before it has the name `file`, which a person typed. Throws FILE_UNWRITABLE. */
  place(file: string): string;
  /** Writes it to a file of this name, which is not there; `spki` is that of the key that seals it. Throws FILE_UNWRITABLE, RECORDS_DAMAGED. */
  write(partial: string, writtenMs: number, spki: Uint8Array): Promise<WrittenJournal>;
  /** Appends the line and gives the file its name, durable when it returns. Throws FILE_UNWRITABLE. */
  seal(partial: string, line: string, file: string): void;
}
