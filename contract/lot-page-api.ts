// A lot's page (UX.md section 4.5): figures that add up, read at one moment; its close with the supervisor's PIN; and its
// reports in the data folder.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { HardwareId, Name, Sha256Hex, TimeMs } from '../domain/ids.ts';
import { Stage } from '../domain/job.ts';
import { Pin } from '../domain/person.ts';
import { ErrorCodeText, LotView } from '../domain/station-event.ts';
import { KEYLINE_ERRORS } from './keyline-errors.ts';
import { LabelCounts } from './labels-api.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

const Count = z.number().int().min(0);

/** Half hours that a page tells of at most: the newest with boards, two days of work in three shifts. */
export const MOST_HALF_HOURS = 96;
/** Boards that did not pass which a page names at most; their number is told whole. */
export const MOST_NAMED = 5;

/**
 * Each board stands in one place, as Devices says. passed + revoked + inWork + inRework + failed + noVerdict + scrapped +
 * notStarted = quantity + beyond.
 */
export const BoardCounts = z.object({
  passed: Count,
  /** They passed, and their identity was made void later. */
  revoked: Count,
  inWork: Count,
  /** To be made once more: they wait for their next try. */
  inRework: Count,
  /** Their last job found them bad. */
  failed: Count,
  /** Their last job was broken off, or failed by the station's fault. */
  noVerdict: Count,
  scrapped: Count,
  notStarted: Count,
  /** Boards above the quantity: those that were tried in the place of others. */
  beyond: Count,
});
export type BoardCounts = z.infer<typeof BoardCounts>;

export const StageMedians = z.object({
  lotId: Name,
  /** The last boards that passed, which the medians are of. */
  boards: Count,
  /** Median station time of a whole board, milliseconds. */
  jobMs: z.number(),
  stageMs: z.partialRecord(Stage, z.number()),
});
export type StageMedians = z.infer<typeof StageMedians>;

const SignedReportView = z.object({
  /** First four hex digits of the report's SHA-256, for people. */
  reportId: z.string().regex(/^[0-9A-F]{4}$/),
  reportSha256: Sha256Hex,
  signedMs: TimeMs,
  /** Folder of its files; null where they are there no more. */
  folder: z.string().nullable(),
  printed: z.boolean(),
});

const NamedBoard = z.object({ deviceSerial: z.string().nullable(), hwid: HardwareId });

export const LotPage = z.object({
  lot: LotView,
  /** Last audit event when all of this was read. */
  seq: Count,
  atMs: TimeMs,
  /** Its first job began; null before. */
  startedMs: TimeMs.nullable(),
  counts: BoardCounts,
  /** Devices whose last job judged them, by the half hour in which their first job ended; the oldest first. */
  halfHours: z.array(z.object({ sinceMs: TimeMs, judged: Count, firstPassed: Count })).max(MOST_HALF_HOURS),
  /** There were more, before them. */
  hasEarlier: z.boolean(),
  /** Null before a board passed. */
  time: StageMedians.nullable(),
  /** Of the newest lot of the same recipe that was made before; null where there is none with a board that passed. */
  timeBefore: StageMedians.nullable(),
  /** First jobs of boards that did not pass, by cause and slot. A board that never said who it is counts each time. */
  failures: z.array(z.object({ code: ErrorCodeText.nullable(), slot: Name, boards: Count })),
  /** Of the boards that failed or have no verdict, those tried last. */
  notPassed: z.array(NamedBoard).max(MOST_NAMED),
  /** Of the boards in re-work, those tried last. */
  inRework: z.array(NamedBoard).max(MOST_NAMED),
  /** Jobs whose boards are in no slot: a close writes them off. */
  away: Count,
  /** Registrations of its boards, and those of them that lie in no copy on another disk. */
  /**
   * `conflicts`: of the refused, those that hold the lot open until a person has decided them; one that was sent again
   * counts as refused until the answer.
   */
  records: z.object({
    ...{ sealed: Count, registered: Count, waiting: Count, refused: Count, conflicts: Count, notCopied: Count },
  }),
  /** Null: its boards have none. */
  labels: LabelCounts.nullable(),
  /** When the records were copied last and the copy was read back. */
  copiedMs: TimeMs.nullable(),
  report: SignedReportView.nullable(),
});
export type LotPage = z.infer<typeof LotPage>;

const OfLot = z.strictObject({ lotId: Name });

/** Files that were written, with absolute paths; `pdf` is null where no window prints. */
export const WrittenReport = z.object({ csv: z.string(), pdf: z.string().nullable() });
export type WrittenReport = z.infer<typeof WrittenReport>;

export const lotPageApi = {
  read: keyline.input(OfLot).output(LotPage),
  /** Closes the lot as whoever is signed in, after their PIN; null where nobody is on record. */
  close: keyline.input(z.strictObject({ lotId: Name, pin: Pin.nullable(), writeOff: z.boolean() })).output(LotPage),
  /** Boards as a table: of a closed lot the signed one, else as they are now. The answer is its path. */
  exportCsv: keyline.input(OfLot).output(z.object({ file: z.string(), boards: Count })),
  /** As they are now, unsigned. */
  reportSoFar: keyline.input(OfLot).output(WrittenReport),
  /** Signs the report of a closed lot that has none yet, prints one that was not; a signed one stays as it is. */
  makeReport: keyline.input(OfLot).output(LotPage),
};
