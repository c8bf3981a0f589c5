// The station can not run before it was made: a floor for a clock that lost its time (CERTAINTY.md, Clock).

/** UTC ms of this version's release: 2026-11-01T00:00:00Z. */
export const BUILD_TIME_MS = Date.UTC(2026, 10, 1);
