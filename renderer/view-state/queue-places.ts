// Where each card of the queue stands (UX.md section 8, "Nothing moves"): a card that is under a finger or has the focus
// keeps its place, whatever comes or goes. With neither, the most pressing card is first.
import { cardKey, type QueueCard } from './queue.ts';

export interface QueuePlace {
  readonly card: QueueCard;
  /** Answered or solved while a finger was here: it holds its place, and takes nothing. */
  readonly gone: boolean;
  /** Written out, whichever card is shown. */
  readonly roomy: boolean;
}

/** A finger is on the queue, or was a moment ago; or the focus is in the card of this key; or neither. */
export type QueueHold =
  | { readonly kind: 'free' }
  | { readonly kind: 'touched' }
  | { readonly kind: 'focused'; readonly key: string };

/** Cards that are written out all; with more of them only one is, so that all can be seen. */
const WRITTEN_OUT = 2;

/**
 * The places after `before`, for `cards` in the order of pressing. Touched: every place stays as it was, new cards come
 * after them. Focused: no card comes before the focused one. Told the same again it answers the same.
 */
export function placesOf(
  before: readonly QueuePlace[],
  cards: readonly QueueCard[],
  hold: QueueHold,
): readonly QueuePlace[] {
  const here = new Map(cards.map((card) => [cardKey(card), card]));
  if (hold.kind === 'touched') {
    const kept = before.map((place) => {
      const card = here.get(cardKey(place.card));
      return { ...place, card: card ?? place.card, gone: card === undefined };
    });
    return [...kept, ...freshOf(cards, kept)];
  }
  const at = hold.kind === 'focused' && here.has(hold.key) ? before.findIndex(isAt(hold.key)) : -1;
  const first = before.slice(0, at + 1).flatMap(({ card }) => here.get(cardKey(card)) ?? []);
  const roomy = cards.length <= WRITTEN_OUT;
  const kept = first.map((card) => ({ card, gone: false, roomy }));
  return [...kept, ...freshOf(cards, kept)];
}

function isAt(key: string): (place: QueuePlace) => boolean {
  return ({ card }) => cardKey(card) === key;
}

/** Places for those of the cards that have none. */
function freshOf(cards: readonly QueueCard[], kept: readonly QueuePlace[]): QueuePlace[] {
  const known = new Set(kept.map(({ card }) => cardKey(card)));
  const fresh = cards.filter((card) => !known.has(cardKey(card)));
  const roomy = kept.length + fresh.length <= WRITTEN_OUT;
  return fresh.map((card) => ({ card, gone: false, roomy }));
}
