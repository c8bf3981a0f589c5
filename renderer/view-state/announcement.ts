// What the Line says to a screen reader (UX.md section 12): each card that is new, the line's own by itself, boards as one
// sentence when several come at once. Progress is silent, and so is what was there at first sight.
import { isLineStop, newCards, type QueueCard, queueOf } from './queue.ts';
import type { StationView } from './station-view.ts';

export type Sentence = { readonly card: QueueCard } | { readonly slots: readonly string[] };

export interface Announced {
  /** One more each time, so that the same words are said again. 0: nothing was said yet. */
  readonly turn: number;
  readonly sentences: readonly Sentence[];
  readonly cards: readonly QueueCard[];
}

export function announced(before: Announced | null, view: StationView): Announced {
  const cards = queueOf(view);
  if (before === null) return { turn: 0, sentences: [], cards };
  const fresh = newCards(before.cards, cards);
  if (fresh.length === 0) return { ...before, cards };
  const others = fresh.filter(({ slot }) => slot === null);
  const ofBoards = fresh.filter(({ slot }) => slot !== null);
  const slots = [...new Set(ofBoards.flatMap(({ slot }) => slot ?? []))];
  const each = (some: readonly QueueCard[]) => some.map((card) => ({ card }));
  const sentences: Sentence[] = [
    ...each(others.filter(isLineStop)),
    ...(slots.length > 1 ? [{ slots }] : each(ofBoards)),
    ...each(others.filter((card) => !isLineStop(card))),
  ];
  return { turn: before.turn + 1, sentences, cards };
}
