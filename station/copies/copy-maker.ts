// What copies of the records are made by: db/ implements it.

export interface MadeCopy {
  /** Absolute path of the copied records. */
  readonly file: string;
  readonly bytes: number;
  readonly epoch: number;
  /** The last audit event in it, and its hash. */
  readonly seq: number;
  readonly head: string;
  /** The last entry of the outbox in it. */
  readonly outboxId: number;
  /** It lies on another disk than the records. */
  readonly otherDisk: boolean;
}

export interface CopyMaker {
  /**
   * A copy in `dir`, null: in the data folder's own `backup`; read back before it settles. Throws BACKUP_FAILED,
   * RECORDS_DAMAGED.
   */
  make(dir: string | null): Promise<MadeCopy>;
  /** Boards whose registration came after this entry of the outbox and that the service has not taken; `most` at most. */
  uncopied(afterId: number, most: number): number;
}
