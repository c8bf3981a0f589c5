// The screen's fold: a status, then events, each replacing whole values. The screen holds no truth of its own, so a
// window that is reloaded at any point shows the same view (issue 3, Contract).
import type { StationStatus } from '../../contract/station-api.ts';
import { ERRORS, type ErrorCode } from '../../domain/error-table.ts';
import type { LabelsView } from '../../domain/labels-view.ts';
import type { LotView, SlotView, StationEvent, StationFacts, SyncView } from '../../domain/station-event.ts';

export interface StationView {
  readonly stationId: string;
  readonly practice: boolean;
  readonly lineRunning: boolean;
  readonly stoppedBy: ErrorCode | null;
  /** In the order of their names, numbers as numbers. */
  readonly slots: readonly SlotView[];
  /** The one of the line, or the one that waits for it. */
  readonly lot: LotView | null;
  /** Whichever was told of last: lists and pages of lots follow it. */
  readonly lotTold: LotView | null;
  readonly sync: SyncView;
  readonly facts: StationFacts;
  readonly labels: LabelsView;
}

export function viewOf(status: StationStatus): StationView {
  const { stationId, practice, lineRunning, stoppedBy, slots, lot, sync, facts, labels } = status;
  const code = stoppedBy !== null && isErrorCode(stoppedBy) ? stoppedBy : null;
  return {
    stationId,
    practice,
    lineRunning,
    stoppedBy: code,
    slots: [...slots].sort(bySlot),
    lot,
    lotTold: lot,
    sync,
    facts,
    labels,
  };
}

/** The view after these events. An event that was in the status already changes nothing. */
export function fold(view: StationView, events: readonly StationEvent[]): StationView {
  const slots = new Map(view.slots.map((slot) => [slot.slot, slot]));
  let after = view;
  let touched = false;
  for (const event of events) {
    switch (event.type) {
      case 'slot-changed':
        slots.set(event.slot.slot, event.slot);
        touched = true;
        break;
      case 'lot-changed':
        after = { ...after, lot: isShown(after, event) ? event.lot : after.lot, lotTold: event.lot };
        break;
      case 'sync-changed':
        after = { ...after, sync: event.sync };
        break;
      case 'station-changed':
        after = { ...after, facts: event.facts };
        break;
      case 'labels-changed':
        after = { ...after, labels: event.labels };
        break;
      case 'line-changed':
        after = { ...after, lineRunning: event.running, stoppedBy: event.stoppedBy };
        // The next line may have others.
        if (!event.running) slots.clear();
        touched ||= !event.running;
        break;
      case 'job-ended':
        // What it says of a slot stands in the slot's own view.
        break;
    }
  }
  if (!touched) return after;
  const all = [...slots.values()];
  if (all.some(({ slot }, index) => slot !== view.slots[index]?.slot)) all.sort(bySlot);
  return { ...after, slots: all };
}

/** One that is closed stays until another one takes its place. */
function isShown({ lot }: StationView, told: Extract<StationEvent, { type: 'lot-changed' }>): boolean {
  return told.current || told.lot.lotId === lot?.lotId;
}

function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text);
}

const names = new Intl.Collator('en', { numeric: true });

function bySlot(a: SlotView, b: SlotView): number {
  return names.compare(a.slot, b.slot);
}
