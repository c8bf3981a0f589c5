// Whether a fault was seen: it waits here for the first note of the run that shows its effect. A fault that nothing
// showed within a minute of the world changed nothing, and does not count.
import type { StationEvent } from '../../../domain/station-event.ts';
import type { Fault } from './fault-lanes.ts';

export type Note =
  /** The station wrote while it still waited for an answer, some time after it had asked. */
  | { readonly type: 'asked-again'; readonly slot: number }
  | { readonly type: 'port-closed'; readonly slot: number }
  | { readonly type: 'call' }
  | { readonly type: 'restart' }
  | { readonly type: 'event'; readonly event: StationEvent };

const WITHIN_MS = 60_000;

interface Expected {
  readonly fault: Fault;
  readonly untilMs: number;
  readonly fits: (note: Note) => boolean;
}

export class Sightings {
  readonly #nowMs: () => number;
  readonly #say: (line: string) => void;
  #expected: Expected[] = [];

  constructor(nowMs: () => number, say: (line: string) => void) {
    this.#nowMs = nowMs;
    this.#say = say;
  }

  expect(fault: Fault, fits: (note: Note) => boolean): void {
    this.#expected.push({ fault, fits, untilMs: this.#nowMs() + WITHIN_MS });
  }

  expectEvent(fault: Fault, fits: (event: StationEvent) => boolean): void {
    this.expect(fault, (note) => note.type === 'event' && fits(note.event));
  }

  note(note: Note): void {
    if (this.#expected.length === 0) return;
    const nowMs = this.#nowMs();
    this.#expected = this.#expected.filter(({ fault, fits, untilMs }) => {
      if (!fits(note)) return untilMs > nowMs;
      this.#say(`seen ${fault.number} ${fault.kind}`);
      fault.observed();
      return false;
    });
  }
}
