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
  readonly lot: LotView | null;
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
        after = { ...after, lot: event.lot };
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
        break;
      case 'job-ended':
        // What it says of a slot stands in the slot's own view.
        break;
    }
  }
  if (!touched) return after;
  const all = [...slots.values()];
  if (slots.size !== view.slots.length) all.sort(bySlot);
  return { ...after, slots: all };
}

function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text);
}

const names = new Intl.Collator('en', { numeric: true });

function bySlot(a: SlotView, b: SlotView): number {
  return names.compare(a.slot, b.slot);
}
