// How a running line shows in a terminal: one line a slot, drawn again in place, where that works; elsewhere a line of
// text for everything that a person would want to read afterwards.
import type { LotView, SlotView, StationEvent } from '../domain/station-event.ts';
import { lotText, slotText, stopText } from './line-text.ts';
import type { Terminal } from './terminal.ts';

export interface LineProgress {
  /** After the event was folded in. */
  show(event: StationEvent, slots: readonly SlotView[], lot: LotView): void;
  /** Says something beside the slots. */
  say(text: string): void;
  /** Draws the last state; nothing moves any more. The answer that follows says how the lot stands. */
  end(slots: readonly SlotView[], lot: LotView): void;
}

/** Milliseconds between two drawings: "at most 4 times a second" (UX.md section 11, Motion). */
const REDRAW_MS = 250;

export function lineProgress(terminal: Terminal, monotonicMs: () => number): LineProgress {
  return terminal.drawable ? drawn(terminal, monotonicMs) : plain(terminal);
}

function plain(terminal: Terminal): LineProgress {
  return {
    show(event) {
      const text = newsOf(event);
      if (text !== null) terminal.say(text);
    },
    say: (text) => terminal.say(text),
    end() {},
  };
}

/** What is worth a line of its own, or null. */
export function newsOf(event: StationEvent): string | null {
  switch (event.type) {
    case 'slot-changed': {
      const { state, code } = event.slot;
      const answered = state === 'passed' || state === 'failed' || state === 'needs-you';
      return answered || (state === 'held' && code !== null) ? slotText(event.slot) : null;
    }
    case 'lot-changed':
      return event.lot.state === 'released' ? null : lotText(event.lot);
    case 'line-changed':
      return event.stoppedBy === null ? null : stopText(event.stoppedBy);
    case 'sync-changed':
    case 'job-ended':
      return null;
  }
}

function drawn(terminal: Terminal, monotonicMs: () => number): LineProgress {
  let height = 0;
  let drawnMs = Number.NEGATIVE_INFINITY;

  function draw(slots: readonly SlotView[], lot: LotView): void {
    const width = terminal.columns();
    const lines = [...slots.map(slotText), lotText(lot)].map((line) => line.slice(0, width - 1));
    // Up to the first line, then each line anew: nothing flickers, nothing is left behind.
    const up = height > 0 ? `\u001b[${height}A` : '';
    terminal.draw(`${up}${lines.map((line) => `\u001b[2K${line}\n`).join('')}\u001b[J`);
    height = lines.length;
    drawnMs = monotonicMs();
  }

  return {
    show(_, slots, lot) {
      if (monotonicMs() - drawnMs >= REDRAW_MS) draw(slots, lot);
    },
    say(text) {
      terminal.say(text);
      // The text stands where it was said; the slots are drawn below it.
      height = 0;
    },
    end: draw,
  };
}
