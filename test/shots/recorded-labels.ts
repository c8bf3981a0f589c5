// Recorded screens of labels: the Settings panel with each size, its sheets, a board's label on the Line, and the cards.
import type { StationView } from '../../renderer/view-state/station-view.ts';
import { labelsView, NOW_MS } from '../samples/station-views.ts';

type Step = { readonly key: string } | { readonly touch: string } | { readonly scan: string };

const LAST = { timeMs: NOW_MS - 35_000, said: 'printed' } as const;
const TROUBLE = { code: 'LABELS_EMPTY', sinceMs: NOW_MS - 90_000 } as const;
const MISMATCH = {
  ...({ slot: '1', expected: '48213-0868', read: '48213-0871', code: 'SERIAL_USED', sinceMs: NOW_MS - 4_000 } as const),
};

/** By a view of 16 slots, as a supervisor sees it. */
export function labelScreens(view: StationView) {
  const screen = (labels: Partial<StationView['labels']>, ...steps: Step[]) => ({
    ...{ view: { ...view, labels: labelsView({ last: LAST, ...labels }) }, bench: null, steps },
  });
  const panel = (labels: Partial<StationView['labels']>, ...steps: Step[]) =>
    screen(labels, { key: 'F8' }, { touch: 'Labels' }, ...steps);
  const practice = panel({});
  return {
    'settings-labels': panel({}),
    'settings-labels-small': panel({}, { touch: '38 × 13 mm' }),
    'settings-labels-tiny': panel({}, { touch: '10 × 10 mm' }),
    'settings-labels-empty': panel({ waiting: 4, trouble: TROUBLE, last: { ...LAST, said: 'LABELS_EMPTY' } }),
    'settings-labels-none': panel({ settings: { size: '50x25', printer: { kind: 'none' } }, last: null }),
    'settings-labels-practice': { ...practice, view: { ...practice.view, practice: true } },
    'sheet-commands': panel({}, { touch: 'Command card' }),
    'sheet-slots': panel({}, { touch: 'Slot labels' }),
    'sheet-traveller': panel({}, { touch: 'Traveller sheet' }),
    'line-labels-empty': screen({ waiting: 4, trouble: TROUBLE }),
    'line-label-wrong': screen({ mismatch: MISMATCH }),
    'line-detail-label': screen({}, { scan: 'KLS:1' }),
  };
}
