// A question to the station that is asked again when what it is about changes: one at a time, and after each answer a
// rest. A change while one is on its way, or rests, is asked about after it; none is lost, none asks twice.

/** Does the work once after this time; the answer calls it off. */
export type Later = (waitMs: number, work: () => void) => () => void;

export class FreshAsk {
  readonly #ask: () => Promise<number>;
  readonly #later: Later;
  #asking = false;
  #callOff: (() => void) | null = null;
  #again: 'no' | 'rested' | 'at-once' = 'no';
  #over = false;

  /** `ask` takes the answer itself, and says how long to rest from it, milliseconds. */
  constructor(ask: () => Promise<number>, later: Later) {
    this.#ask = ask;
    this.#later = later;
  }

  /** What it is about has changed. */
  want(): void {
    if (!this.#asking && this.#callOff === null) void this.#run();
    else if (this.#again === 'no') this.#again = 'rested';
  }

  /** Asks without a rest: a person has just changed it. */
  wantAtOnce(): void {
    if (this.#asking) this.#again = 'at-once';
    else void this.#run();
  }

  end(): void {
    this.#over = true;
    this.#callOff?.();
  }

  async #run(): Promise<void> {
    if (this.#over) return;
    this.#callOff?.();
    this.#callOff = null;
    this.#again = 'no';
    this.#asking = true;
    const restMs = await this.#ask();
    this.#asking = false;
    if (this.#over) return;
    if (this.#asksAtOnce()) return void this.#run();
    this.#callOff = this.#later(restMs, () => {
      this.#callOff = null;
      if (this.#again !== 'no') void this.#run();
    });
  }

  #asksAtOnce(): boolean {
    return this.#again === 'at-once';
  }
}
