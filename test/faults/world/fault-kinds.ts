// The closed list of what can go wrong in a world: each kind, the points at which it can strike, and how far apart.
// A point is counted wherever it is passed, so that "every commit, every effect, every byte of a frame" can be hit.

/** Where a fault waits: each time the world passes such a point, one is counted down. */
export type FaultPoint =
  /** A frame on a cable, either way. */
  | 'frame'
  /** A transaction of the station. */
  | 'commit'
  /** Something outside the database is about to be done, or was done: sign, open a port, copy a checkpoint out. */
  | 'effect'
  /** A request to the service. */
  | 'call'
  /** A board commits what it keeps. */
  | 'board-commit'
  /** A board is about to answer a request. */
  | 'board-answer'
  /** A board's job entered another stage. */
  | 'stage';

export const FAULT_KINDS = {
  /** A frame, or the end of one, is lost. */
  cut: { at: 'frame', gap: 40 },
  /** A frame arrives after its time limit. */
  delay: { at: 'frame', gap: 40 },
  /** A frame arrives twice. */
  repeat: { at: 'frame', gap: 40 },
  /** A frame is overtaken by a later one. */
  reorder: { at: 'frame', gap: 40 },
  /** Bytes of a frame change. */
  corrupt: { at: 'frame', gap: 40 },
  /** The port stays open and carries nothing, until the board is taken out. */
  'half-open': { at: 'frame', gap: 60 },
  /** The station dies at a byte of a frame. */
  'crash-at-byte': { at: 'frame', gap: 50 },
  /** The board restarts at a byte of a frame. */
  'restart-at-byte': { at: 'frame', gap: 50 },
  /** The board leaves its slot at a byte of a frame, and comes back. Drawn nowhere: where each arrow is cut in turn. */
  'unplug-at-byte': { at: 'frame', gap: 0 },
  /** The station dies before, in or after a transaction. */
  'crash-at-commit': { at: 'commit', gap: 20 },
  /** SQLITE_FULL. */
  full: { at: 'commit', gap: 20 },
  /** The disk takes seconds. */
  slow: { at: 'commit', gap: 20 },
  /** A fault of our own: the process says so and ends. */
  bug: { at: 'commit', gap: 30 },
  /** The station dies before or after something is done outside the database. */
  'crash-at-effect': { at: 'effect', gap: 8 },
  /** The service asks for patience. */
  throttle: { at: 'call', gap: 4 },
  /** 500, 503 or 507. */
  'service-failed': { at: 'call', gap: 4 },
  /** The service answers what no service says, or half of it. */
  garbage: { at: 'call', gap: 4 },
  /** Done at the service, and the answer is lost. */
  'answer-lost': { at: 'call', gap: 4 },
  /** The same request arrives twice, the second time late. */
  'request-twice': { at: 'call', gap: 4 },
  /** The service takes the request and says nothing. */
  'service-hangs': { at: 'call', gap: 4 },
  /** The service dies before, in or after its transaction. */
  'service-crash': { at: 'call', gap: 4 },
  /** The board's power is cut right after it committed. */
  'board-cut': { at: 'board-commit', gap: 8 },
  /** The board says what is not so. */
  lie: { at: 'board-answer', gap: 30 },
  /** The board takes its time. */
  'board-slow': { at: 'board-answer', gap: 30 },
  /** The board leaves and comes back to its slot. */
  unplug: { at: 'stage', gap: 5 },
  /** The board leaves and comes back to another slot. */
  'other-slot': { at: 'stage', gap: 5 },
  /** Another board takes its place on the open port. */
  swap: { at: 'stage', gap: 5 },
  /** The hub goes: all slots at once. */
  hub: { at: 'stage', gap: 5 },
  /** The clock is set. */
  'clock-jump': { at: 'stage', gap: 5 },
  /** A board with the hardware id of another comes to the line. */
  twin: { at: 'stage', gap: 5 },
  /** The service holds another certificate for this device. */
  taken: { at: 'stage', gap: 5 },
  /** The disk is lost, or what lies on it is refused: a new epoch from an older copy. Once in some worlds, as the next two. */
  restore: { at: 'stage', gap: 0, once: true },
  /** An older database file is put back, without a restore. */
  'rolled-back': { at: 'stage', gap: 0, once: true },
  /** Beside the restored station the one before it goes on. */
  clone: { at: 'stage', gap: 0, once: true },
} as const satisfies Record<string, { readonly at: FaultPoint; readonly gap: number; readonly once?: true }>;

export type FaultKind = keyof typeof FAULT_KINDS;

const ALL = Object.keys(FAULT_KINDS) as FaultKind[];

/** Those that strike in any lane. */
export const LANE_KINDS: FaultKind[] = ALL.filter((kind) => FAULT_KINDS[kind].gap > 0);

/** Those that a seed draws. */
export const KINDS: FaultKind[] = ALL.filter((kind) => FAULT_KINDS[kind].gap > 0 || 'once' in FAULT_KINDS[kind]);
