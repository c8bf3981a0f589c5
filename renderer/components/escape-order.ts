// Who acts on Escape: of all that it would close, only what was opened last. A question comes before the panel that it
// stands in, and a menu before the page below it.

export class EscapeOrder {
  #places = 0;
  readonly #open = new Set<number>();

  /** The next place, for what begins to be closed by Escape now. */
  place(): number {
    this.#places += 1;
    return this.#places;
  }

  /** It can be closed; the answer ends it, in whatever order they end. */
  enter(place: number): () => void {
    this.#open.add(place);
    return () => void this.#open.delete(place);
  }

  isLast(place: number | null): boolean {
    return place !== null && this.#open.has(place) && place === Math.max(...this.#open);
  }
}
