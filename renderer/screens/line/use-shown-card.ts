// Which card is written out: the one that was, until it is gone or another is asked for. The next one takes the focus
// with it, so that Enter answers it (UX.md section 7, F10).
import { useEffect, useState } from 'react';
import { cardKey, nextCard, shownCard } from '../../view-state/queue.ts';
import type { QueuePlace } from '../../view-state/queue-places.ts';

export interface ShownCard {
  /** Key of the card. */
  readonly shown: string | null;
  /** Slot of the card that was asked for last, while that one is shown. */
  readonly asked: string | null;
  readonly show: (key: string) => void;
  readonly showNext: () => void;
}

/** `onNext` is called before the next card is shown. */
export function useShownCard(
  places: readonly QueuePlace[],
  main: React.RefObject<HTMLElement | null>,
  onNext: () => void,
): ShownCard {
  const [shown, setShown] = useState<string | null>(null);
  const [asked, setAsked] = useState<{ readonly key: string; readonly focus: boolean } | null>(null);
  const one = shownCard(
    places.map(({ card }) => card),
    shown,
  );
  const key = one === null ? null : cardKey(one);
  if (key !== shown) setShown(key);
  useEffect(() => {
    if (!asked?.focus) return;
    const written = writtenOut(main);
    (written?.querySelector<HTMLElement>('.pri') ?? written)?.focus();
  }, [asked, main]);
  const ask = (to: string, focus: boolean) => {
    setShown(to);
    setAsked({ key: to, focus });
  };
  return {
    shown: key,
    asked: asked !== null && asked.key === key ? (one?.slot ?? null) : null,
    show: (to) => ask(to, false),
    showNext() {
      const cards = places.filter(({ gone }) => !gone).map(({ card }) => card);
      const here = one !== null && cards.includes(one);
      const to = here && !writtenOut(main)?.contains(document.activeElement) ? one : nextCard(cards, key);
      if (to === null) return;
      onNext();
      ask(cardKey(to), true);
    },
  };
}

function writtenOut(main: React.RefObject<HTMLElement | null>): HTMLElement | null {
  return main.current?.querySelector<HTMLElement>('.card.shown') ?? null;
}
