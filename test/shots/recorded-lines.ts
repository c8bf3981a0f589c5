// The lines of the drawings (UX.md) as the station tells them, for pictures and for measuring; nothing here ships.
import type { ErrorCode } from '../../domain/error-table.ts';
import { Stage } from '../../domain/job.ts';
import type { SlotView } from '../../domain/station-event.ts';
import type { StationView } from '../../renderer/view-state/station-view.ts';

/** 14:32:08 in UTC. */
export const NOW_MS = Date.UTC(2026, 10, 14, 14, 32, 8);

const EMPTY = {
  state: 'empty',
  stage: null,
  share: null,
  jobId: null,
  attempt: null,
  hwid: null,
  deviceSerial: null,
  outcome: null,
  code: null,
  sinceMs: NOW_MS - 60_000,
} as const satisfies Omit<SlotView, 'slot'>;

type Told = Omit<SlotView, 'slot'>;

function empty(): Told {
  return EMPTY;
}

function passed(serial: number, agoMs = 40_000): Told {
  return { ...EMPTY, state: 'passed', outcome: 'passed', deviceSerial: `48213-0${serial}`, sinceMs: NOW_MS - agoMs };
}

function working(stage: Stage, serial: number, share: number | null): Told {
  const state = stage === 'lock' ? 'locking' : 'working';
  const hwid = `0${serial}5d2c77a104`;
  return { ...EMPTY, state, stage, share, attempt: 1, jobId: serial, hwid, deviceSerial: `48213-0${serial}` };
}

function calls(state: 'failed' | 'needs-you', code: ErrorCode): Told {
  return { ...EMPTY, state, code, outcome: state === 'failed' ? 'failed' : null, sinceMs: NOW_MS - 20_000 };
}

const HELD: Told = { ...EMPTY, state: 'held' };
const OFF: Told = { ...EMPTY, state: 'off' };

const SIXTEEN: readonly Told[] = [
  passed(868),
  passed(866),
  working('firmware', 873, 0.64),
  working('verify', 871, null),
  working('key', 876, null),
  calls('failed', 'NO_ANSWER'),
  passed(869, 4_000),
  empty(),
  working('firmware', 874, 0.22),
  calls('needs-you', 'ALREADY_DONE'),
  passed(867),
  passed(870),
  working('lock', 872, null),
  empty(),
  OFF,
  working('certificate', 875, null),
];

function sixtyFour(): readonly Told[] {
  return Array.from({ length: 64 }, (_, index) => {
    const block = Math.floor(index / 16);
    const inside = index % 16;
    if (index === 21) return calls('failed', 'NO_ANSWER');
    if (index === 58) return calls('failed', 'PROOF_FAILED');
    if (index === 34) return calls('needs-you', 'WRONG_MODEL');
    if (index === 14) return OFF;
    if (index === 46 || index === 47) return empty();
    if (block === 0 || (block === 3 && ![11, 12, 13].includes(inside))) return passed(800 + index);
    const stage = Stage.options[(index * 7 + block) % Stage.options.length] ?? 'connect';
    return working(stage, 100 + index, stage === 'firmware' ? inside / 16 : null);
  });
}

function line(slots: readonly Told[], change: Partial<StationView> = {}): StationView {
  return {
    stationId: 'B3',
    practice: false,
    lineRunning: true,
    stoppedBy: null,
    slots: slots.map((slot, index) => ({ slot: String(index + 1), ...slot })),
    lot: {
      lotId: 'WO-48213',
      state: 'released',
      quantity: 1200,
      spare: 24,
      passed: 862,
      failed: 14,
      errored: 0,
      aborted: 3,
      running: 7,
      signatures: 880,
      heldBecause: null,
    },
    sync: { made: 3180, registered: 862, waiting: 2318, refused: 0, voidsWaiting: 0, online: false },
    ...change,
  };
}

function heldLine(): StationView {
  const view = line(SIXTEEN.map((slot) => (slot.state === 'empty' ? HELD : slot)));
  return view.lot === null ? view : { ...view, lot: { ...view.lot, state: 'held' } };
}

/** Each line by the name of its picture. */
export const LINES: Readonly<Record<string, StationView>> = {
  'line-16': line(SIXTEEN),
  'line-64': line(sixtyFour()),
  'line-32': line(sixtyFour().slice(0, 32)),
  'line-8': line(SIXTEEN.slice(2, 10)),
  'line-4': line(SIXTEEN.slice(4, 8)),
  'line-1': line(SIXTEEN.slice(2, 3)),
  'line-empty': line([], { lot: null, lineRunning: false }),
  'line-held': heldLine(),
  'line-stopped': line(SIXTEEN, { stoppedBy: 'SIGNER_UNREACHABLE' }),
  'line-practice': line(SIXTEEN, { practice: true }),
};
