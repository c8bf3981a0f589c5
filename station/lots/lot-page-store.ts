// What a lot's page and report read of the records. db/ implements it; each read is of one moment.

import type { AuditEventType } from '../../domain/audit-event.ts';
import type { ErrorCode } from '../../domain/error-table.ts';
import type { Outcome, Stage } from '../../domain/job.ts';
import type { LabelCounts } from '../records/label-store.ts';

/**
 * Where a board of a lot stands, by its last job in that lot and what people decided since. `revoked` passed, and its
 * identity is void; `noVerdict` was broken off, or failed by the station's fault.
 */
export const BOARD_PLACES = ['passed', 'revoked', 'inWork', 'inRework', 'failed', 'noVerdict', 'scrapped'] as const;
export type BoardPlace = (typeof BOARD_PLACES)[number];

export interface NamedBoard {
  readonly deviceSerial: string | null;
  readonly hwid: string;
}

export interface StageTimes {
  /** Boards that the medians are of: the last that passed, 1,000 at most. */
  readonly boards: number;
  readonly jobMs: number;
  readonly stageMs: Partial<Record<Stage, number>>;
}

export interface LotPageFigures {
  /** End of the audit chain at that moment. */
  readonly seq: number;
  readonly head: string;
  readonly startedMs: number | null;
  readonly places: Readonly<Record<BoardPlace, number>>;
  /** The newest first, one more than `mostHalfHours` where there are more. */
  readonly halfHours: readonly { readonly sinceMs: number; readonly judged: number; readonly firstPassed: number }[];
  readonly time: StageTimes | null;
  readonly timeBefore: (StageTimes & { readonly lotId: string }) | null;
  readonly failures: readonly { readonly code: ErrorCode | null; readonly slot: string; readonly boards: number }[];
  /** Failed or without a verdict, those tried last. */
  readonly notPassed: readonly NamedBoard[];
  readonly inRework: readonly NamedBoard[];
  /** Null: its boards have none. */
  readonly labels: LabelCounts | null;
  readonly records: {
    readonly sealed: number;
    readonly registered: number;
    readonly waiting: number;
    readonly refused: number;
    readonly conflicts: number;
    readonly notCopied: number;
  };
}

/** A board of a lot as its report tells it. */
export interface LotBoard {
  readonly hardwareType: string;
  readonly hwid: string;
  readonly place: BoardPlace;
  readonly outcome: Outcome | null;
  readonly code: ErrorCode | null;
  readonly slot: string;
  readonly jobs: number;
  readonly endedMs: number | null;
  /** Of its certificate of this lot: the one that is not void, of a revoked board the last. */
  readonly deviceSerial: string | null;
  readonly certificateSerialNumber: string | null;
  readonly fingerprint: string | null;
  readonly issuerId: string | null;
}

/** What was done with a lot, without what people wrote. */
export interface LotEvent {
  readonly seq: number;
  readonly timeMs: number;
  readonly actorId: string;
  readonly type: AuditEventType;
  /** Of `report-signed` and `report-printed`; null on every other. */
  readonly reportSha256: string | null;
}

export interface LotPageLimits {
  readonly halfHours: number;
  readonly named: number;
  /** The last entry of the outbox that lies in a copy on another disk. */
  readonly copiedOutboxId: number;
}

export interface LotPageStore {
  lotPage(lotId: string, most: LotPageLimits): LotPageFigures;
  /** In the order in which they were first seen. */
  lotBoards(lotId: string): readonly LotBoard[];
  /** In their order. */
  lotEvents(lotId: string): readonly LotEvent[];
  /** Closed lots without a signed report, the newest first. */
  unreported(most: number): readonly string[];
  /** Reads several of these at one and the same moment. */
  atOnce<T>(read: () => T): T;
}
