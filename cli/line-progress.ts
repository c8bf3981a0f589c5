// How a running line shows in a terminal: one line a slot, drawn again in place, where that works; elsewhere a line of
// text for everything that a person would want to read afterwards.
import type { Clock } from '../domain/seams.ts';
import type { LotView, SlotView, StationEvent } from '../domain/station-event.ts';
import { lotText, slotText, stopText } from './line-text.ts';
import type { Terminal } from './terminal.ts';

export interface LineProgress {
  /** After the event was folded in. */
  show(event: StationEvent, slots: readonly SlotView[], lot: LotView): void;
  /** Says something beside the slots. */
  say(text: string): void;
  /** Draws the last state; nothing moves any more. The answer that follows says how the lot stands. */
  end(slots: readonly SlotView[]): void;
}

/** Milliseconds between two drawings: "at most 4 times a second" (UX.md section 11, Motion). */
const REDRAW_MS = 250;

export function lineProgress(terminal: Terminal, clock: Pick<Clock, 'after'>): LineProgress {
  return terminal.drawable ? drawn(terminal, clock) : plain(terminal);
}

function plain(terminal: Terminal): LineProgress {
  // By slot, and by '' for the line: a port that stays busy is tried every second and told once.
  const told = new Map<string, string>();
  return {
    show(event) {
      if (event.type === 'slot-changed' && (event.slot.state === 'empty' || event.slot.state === 'working')) {
        told.delete(event.slot.slot);
        told.delete('');
      }
      const text = newsOf(event);
      const from = event.type === 'slot-changed' ? event.slot.slot : '';
      if (text === null || told.get(from) === text) return;
      told.set(from, text);
      terminal.say(text);
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
    case 'station-changed':
    case 'labels-changed':
    case 'job-ended':
      return null;
  }
}

function drawn(terminal: Terminal, clock: Pick<Clock, 'after'>): LineProgress {
  let height = 0;
  /** Why the line stopped, or null. */
  let stopped: string | null = null;
  /** The newest state that is not drawn yet; null: it is on the screen. */
  let newest: { slots: readonly SlotView[]; lot: LotView } | null = null;
  /** Set while the last drawing is younger than REDRAW_MS. */
  let cancelRest: (() => void) | null = null;

  function draw(slots: readonly SlotView[], lot: LotView | null): void {
    const width = terminal.columns();
    const below = [lot && lotText(lot), stopped].filter((text) => text !== null);
    const lines = [...slots.map(slotText), ...below].map((line) => line.slice(0, width - 1));
    // Up to the first line, then each line anew: nothing flickers, nothing is left behind.
    const up = height > 0 ? `\u001b[${height}A` : '';
    terminal.draw(`${up}${lines.map((line) => `\u001b[2K${line}\n`).join('')}\u001b[J`);
    height = lines.length;
    newest = null;
  }

  /** Draws what came last, at once or when the screen has rested: the last news must not wait for the next. */
  function drawNewest(): void {
    cancelRest = null;
    if (newest === null) return;
    draw(newest.slots, newest.lot);
    cancelRest = clock.after(REDRAW_MS, drawNewest);
  }

  return {
    show(event, slots, lot) {
      if (event.type === 'line-changed') stopped = event.stoppedBy && stopText(event.stoppedBy);
      newest = { slots, lot };
      if (cancelRest === null) drawNewest();
    },
    say(text) {
      terminal.say(text);
      // The text stands where it was said; the slots are drawn below it.
      height = 0;
    },
    end(slots) {
      cancelRest?.();
      draw(slots, null);
    },
  };
}
