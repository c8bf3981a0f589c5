// What the suite needs of a device: boards that nobody has used, a byte channel to each, and a hand on the power.

export interface ByteChannel {
  write(bytes: Uint8Array): void;
  /** What the device says, in any pieces. One listener. */
  listen(heard: (bytes: Uint8Array) => void): void;
}

/**
 * What a board is made as. `plain` opens base mode, `psk` has a factory secret (5.6). The others have one weakness that
 * a clause speaks of: a lock that burns during a restart only (17), a fuse that does not hold (16), a random source that
 * fails (10), a store that does not hold (15), a device that asks for time once (19).
 */
export const BOARD_KINDS = [
  'plain',
  'psk',
  'lock-at-restart',
  'lock-not-burnt',
  'weak-entropy',
  'store-bad',
  'busy',
] as const;
export type BoardKind = (typeof BOARD_KINDS)[number];

export interface Board {
  /** Power on where it is off, and the bytes of this board from now on. */
  open(): Promise<ByteChannel>;
  /** The power is cut at this very moment, whatever the device does; `open` brings it back. */
  kill(): Promise<void>;
  /** The board goes away for good. */
  close(): Promise<void>;
}

export interface DeviceUnderTest {
  readonly name: string;
  /** Kinds of boards that it has, and why not the others. */
  readonly lacks: Partial<Readonly<Record<BoardKind, string>>>;
  /** Why its power cannot be cut by the suite; null where it can. */
  readonly noPowerCut: string | null;
  /** Why nothing may be burnt on it; null where it may. */
  readonly noBurning: string | null;
  /** Why its firmware cannot be replaced by the suite; null where it can. */
  readonly noFirmware: string | null;
  /**
   * One board at a time: its cases run stage by stage, and `fresh` comes after the `close` of the one before. Where there is
   * none after the first, why.
   */
  readonly oneBoard?: { readonly noOther: string | null };
  /** A blank board. `killable` where the case cuts its power. */
  fresh(kind: BoardKind, killable: boolean): Promise<Board>;
  close(): Promise<void>;
}
