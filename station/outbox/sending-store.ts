// What is looked up of the sending, beside sending itself. db/ implements it; `sendEntryAgain` stands in a transaction.

/** How the count of waiting registrations changed in one step of time. */
export interface WaitingStep {
  /** UTC ms divided by the step, rounded down. */
  readonly step: number;
  /** Made or sent again, less answered. */
  readonly change: number;
}

export interface RefusedRow {
  readonly id: number;
  readonly kind: 'register' | 'void';
  readonly deviceSerial: string;
  readonly lotId: string;
  readonly fingerprint: string;
  readonly code: string;
  readonly caKnown: boolean;
}

export interface SendingStore {
  /** Steps since this time in which anything changed, the first one first. */
  waitingSteps(sinceMs: number, stepMs: number): readonly WaitingStep[];
  /** Registrations that were taken since this time. */
  takenSince(sinceMs: number): number;
  /** UTC ms of the last one; null before. */
  lastTakenMs(): number | null;
  /** Refused entries that nobody has decided: a registration whose certificate was made void is. */
  undecided(): number;
  /** Those after this one, oldest first. */
  refusedAfter(afterId: number, limit: number): readonly RefusedRow[];
  /** The refused entry waits again; null when it is not refused. */
  sendEntryAgain(id: number): { readonly kind: 'register' | 'void'; readonly certificateId: number } | null;
}
