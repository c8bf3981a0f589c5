// The places of the queue's cards on screen, and what holds them: a finger that is on the queue or was a moment ago, and
// the focus in a card (UX.md section 8, "Nothing moves").
import { useEffect, useMemo, useRef, useState } from 'react';
import { queueOf } from '../../view-state/queue.ts';
import { placesOf, type QueueHold, type QueuePlace } from '../../view-state/queue-places.ts';
import type { StationView } from '../../view-state/station-view.ts';

/** After the last touch: a second tap of the same hand comes within it. */
const AFTER_TOUCH_MS = 1000;
/** No finger rests on a button longer; a release that the window never saw ends here. */
const LONGEST_TOUCH_MS = 10_000;

/** For the element that the queue stands in. */
export interface QueueEar {
  readonly onPointerDown: () => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
  readonly onPointerLeave: () => void;
  readonly onFocus: (event: React.FocusEvent) => void;
  readonly onBlur: () => void;
}

export function useQueuePlaces(view: StationView): { readonly places: readonly QueuePlace[]; readonly ear: QueueEar } {
  const [touched, setTouched] = useState(false);
  const [focused, setFocused] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // An element that is taken away with the focus in it tells no blur.
    if (focused !== null && keyAt(document.activeElement) !== focused) setFocused(null);
  });
  const before = useRef<readonly QueuePlace[]>([]);
  const hold: QueueHold = touched ? TOUCHED : focused === null ? FREE : { kind: 'focused', key: focused };
  // Places that are told again stay as they are, so a drawing that is thrown away leaves nothing behind.
  before.current = placesOf(before.current, queueOf(view), hold);
  const ear = useMemo<QueueEar>(() => {
    const touch = (leftMs: number) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setTouched(false), leftMs);
    };
    const leave = () => touch(AFTER_TOUCH_MS);
    return {
      onPointerDown() {
        setTouched(true);
        touch(LONGEST_TOUCH_MS);
      },
      onPointerUp: leave,
      onPointerCancel: leave,
      onPointerLeave: leave,
      onFocus: ({ target }) => setFocused(keyAt(target)),
      onBlur: () => setFocused(null),
    };
  }, []);
  return { places: before.current, ear };
}

const FREE: QueueHold = { kind: 'free' };
const TOUCHED: QueueHold = { kind: 'touched' };

/** Key of the card that this stands in. */
function keyAt(element: Element | null): string | null {
  return element?.closest<HTMLElement>('[data-card]')?.dataset.card ?? null;
}
