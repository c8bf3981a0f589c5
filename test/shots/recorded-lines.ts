// The lines of the drawings (UX.md) as the station tells them, for pictures and for measuring; nothing here ships.
import { ERRORS, type ErrorCode, type ErrorRow } from '../../domain/error-table.ts';
import { Stage } from '../../domain/job.ts';
import type { LotView, SlotView } from '../../domain/station-event.ts';
import type { StationView } from '../../renderer/view-state/station-view.ts';
import { viewOf } from '../../renderer/view-state/station-view.ts';
import { slotActions } from '../../station/line/slot-actions.ts';
import { lotView, NOW_MS, slotView, stationStatus } from '../samples/station-views.ts';

type Told = Partial<SlotView>;

/** What the stages before this one took. */
const STAGE_MS = { connect: 800, firmware: 7_000, key: 2_400, certificate: 1_500, verify: 3_100, lock: 1_200 } as const;

function passed(serial: number, agoMs = 40_000): Told {
  return { state: 'passed', outcome: 'passed', deviceSerial: `48213-0${serial}`, sinceMs: NOW_MS - agoMs };
}

function working(stage: Stage, serial: number, share: number | null): Told {
  const done = Stage.options.slice(0, Stage.options.indexOf(stage));
  return {
    ...{ state: stage === 'lock' ? 'locking' : 'working', stage, share, attempt: 1, jobId: serial },
    ...{ hwid: `0${serial}5d2c77a104`, deviceSerial: `48213-0${serial}`, sinceMs: NOW_MS - 8_000 },
    stageSinceMs: NOW_MS - Math.round(STAGE_MS[stage] * (share ?? 0.4)),
    stages: done.map((each) => ({ stage: each, ms: STAGE_MS[each] })),
  };
}

/** A board that calls someone by this code, as the station decides its look. */
export function calls(code: ErrorCode, change: Told = {}): Told {
  const { outcome }: ErrorRow = ERRORS[code];
  return { state: outcome === 'failed' ? 'failed' : 'needs-you', code, outcome, sinceMs: NOW_MS - 20_000, ...change };
}

const OFF: Told = { state: 'off', offReason: 'worn-pin' };
const DONE_EARLIER = { lotId: 'WO-47990', passedMs: Date.UTC(2026, 10, 12, 9, 14), passedSlot: '4' };

const SIXTEEN: readonly Told[] = [
  passed(868),
  passed(866),
  working('firmware', 873, 0.64),
  working('verify', 871, null),
  working('key', 876, null),
  calls('NO_ANSWER', { state: 'failed', stage: 'connect' }),
  passed(869, 4_000),
  {},
  working('firmware', 874, 0.22),
  calls('ALREADY_DONE', { details: DONE_EARLIER, sinceMs: NOW_MS - 15_000 }),
  passed(867),
  passed(870),
  working('lock', 872, null),
  {},
  OFF,
  working('certificate', 875, null),
];

function sixtyFour(): readonly Told[] {
  return Array.from({ length: 64 }, (_, index) => {
    const block = Math.floor(index / 16);
    const inside = index % 16;
    if (index === 21) return calls('NO_ANSWER', { state: 'failed', stage: 'connect' });
    if (index === 58) return calls('PROOF_FAILED', { state: 'failed', stage: 'verify', sinceMs: NOW_MS - 30_000 });
    if (index === 34) return calls('WRONG_MODEL', { details: { found: 'TS-40', wanted: 'AQ-200' } });
    if (index === 14) return OFF;
    if (index === 46 || index === 47) return {};
    if (block === 0 || (block === 3 && ![11, 12, 13].includes(inside))) return passed(800 + index);
    const stage = Stage.options[(index * 7 + block) % Stage.options.length] ?? 'connect';
    return working(stage, 100 + index, stage === 'firmware' ? inside / 16 : null);
  });
}

export function slotsOf(slots: readonly Told[]): SlotView[] {
  return slots.map((told, index) => {
    const slot = slotView({ slot: String(index + 1), ...told });
    return { ...slot, actions: slotActions({ ...slot, lastTry: false }) };
  });
}

function line(slots: readonly Told[], change: Partial<StationView> = {}): StationView {
  return { ...viewOf(stationStatus({ slots: slotsOf(slots) })), ...change };
}

const HELD: Partial<LotView> = { state: 'held', heldBy: 'María Ríos', stateSinceMs: NOW_MS - 8_000 };
const STOPPED_SELF: Partial<LotView> = { state: 'held', heldBecause: 'NO_ANSWER 3 times in a row' };

/** Each line by the name of its picture. */
export const LINES = {
  'line-16': line(SIXTEEN),
  'line-64': line(sixtyFour()),
  'line-32': line(sixtyFour().slice(0, 32)),
  'line-8': line(SIXTEEN.slice(2, 10)),
  'line-4': line(SIXTEEN.slice(4, 8)),
  'line-1': line(SIXTEEN.slice(2, 3)),
  'line-empty': line(
    Array.from({ length: 16 }, () => ({})),
    { lot: null, lineRunning: false },
  ),
  'line-no-slots': line([]),
  'line-paused': line(
    SIXTEEN.map((slot) => (slot.state === undefined ? { state: 'held' } : slot)),
    { lot: lotView(HELD) },
  ),
  'line-held': line(SIXTEEN, { lot: lotView(STOPPED_SELF) }),
  'line-stopped': line(SIXTEEN, { stoppedBy: 'SIGNER_UNREACHABLE' }),
  'line-locked': line(SIXTEEN, { stoppedBy: 'SIGNER_LOCKED' }),
  'line-full': line([passed(866), {}, {}, {}], { lot: lotView({ passed: 1200, running: 0 }) }),
  'line-practice': line(SIXTEEN, { practice: true }),
} as const satisfies Record<string, StationView>;
