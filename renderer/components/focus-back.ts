// Where the focus goes when what it stood in closes: to what opened it, to the button that is drawn in that one's place,
// else to the nearest button around. Never nowhere: a person who works by keyboard would begin at the top again.

/** Of an element, what it takes to say whether the focus can go there. */
export interface Spot {
  readonly isConnected: boolean;
}

interface Places<S extends Spot> {
  /** What had the focus when it opened; null for nothing. */
  readonly before: S | null;
  /** What opens it, as it is drawn now; null where it is not. */
  readonly opener: S | null;
  /** What it stood in, from the inside out. */
  readonly around: readonly S[];
}

/** Null where nothing of it is on the screen any more: another screen has the focus then. */
export function focusBack<S extends Spot>(places: Places<S>, buttonIn: (spot: S) => S | null): S | null {
  const { before, opener, around } = places;
  if (opener !== null) return opener;
  if (before?.isConnected) return before;
  for (const spot of around) {
    const button = spot.isConnected ? buttonIn(spot) : null;
    if (button !== null) return button;
  }
  return null;
}
