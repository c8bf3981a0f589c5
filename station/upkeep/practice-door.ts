// The way to the practice bench: only a window can take it, and only from a real station. Refuses all else.
import { KeylineError } from '../../domain/errors.ts';

export interface PracticeDoorParts {
  /** This station is one for practice. */
  readonly practice: boolean;
  /** Closes this station and opens the window on the practice bench; absent where no window does. */
  readonly leave: (() => void) | undefined;
}

export class PracticeDoor {
  readonly #parts: PracticeDoorParts;

  constructor(parts: PracticeDoorParts) {
    this.#parts = parts;
  }

  /** Throws USAGE. */
  open(): { opening: true } {
    const { practice, leave } = this.#parts;
    if (practice) throw new KeylineError('USAGE', 'this is the practice bench');
    if (leave === undefined) throw new KeylineError('USAGE', 'this station has no window');
    leave();
    return { opening: true };
  }
}
