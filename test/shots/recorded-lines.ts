// The lines of the drawings (UX.md) as the station tells them, for pictures and for measuring; nothing here ships.
import type { ErrorCode } from '../../domain/error-table.ts';
import { Stage } from '../../domain/job.ts';
import type { SlotView } from '../../domain/station-event.ts';
import { type StationView, viewOf } from '../../renderer/view-state/station-view.ts';
import {
  lotView,
  NOW_MS,
  personView,
  slotView,
  stationFacts,
  stationStatus,
  syncView,
} from '../samples/station-views.ts';

export { NOW_MS };

type Told = Partial<Omit<SlotView, 'slot'>>;

const USUAL_MS = lotView().pace.stageMs;

function empty(): Told {
  return {};
}

function passed(serial: number, agoMs = 40_000): Told {
  const stages = stagesBefore('lock');
  return { state: 'passed', outcome: 'passed', stages, deviceSerial: `48213-0${serial}`, sinceMs: NOW_MS - agoMs };
}

function stagesBefore(stage: Stage): SlotView['stages'] {
  return Stage.options.slice(0, Stage.options.indexOf(stage)).map((name) => ({ stage: name, ms: USUAL_MS[name] ?? 0 }));
}

/** `share` of the stage is over, by its usual time; the station tells it for firmware alone. */
function working(stage: Stage, serial: number, share: number): Told {
  return {
    ...{
      state: stage === 'lock' ? 'locking' : 'working',
      stage,
      stages: stagesBefore(stage),
      attempt: 1,
      jobId: serial,
    },
    ...{ hwid: `0${serial}5d2c77a104`, deviceSerial: `48213-0${serial}` },
    stageSinceMs: NOW_MS - share * (USUAL_MS[stage] ?? 0),
    share: stage === 'firmware' ? share : null,
  };
}

type Call = Pick<SlotView, 'actions'> & Told;

function calls(state: 'failed' | 'needs-you', code: ErrorCode, call: Call): Told {
  return { state, code, outcome: state === 'failed' ? 'failed' : null, sinceMs: NOW_MS - 20_000, ...call };
}

const TRY_AGAIN: Call = { stage: 'connect', actions: ['try-again', 'in-bin', 'switch-off'] };
const IN_BIN: Call = { actions: ['in-bin', 'switch-off'] };
const EARLIER: Call = {
  ...IN_BIN,
  details: { lotId: 'WO-47990', passedMs: Date.UTC(2026, 10, 12, 9, 15), passedSlot: '4' },
};

const HELD: Told = { state: 'held' };
const OFF: Told = { state: 'off', offReason: 'worn-pin', actions: ['switch-on'] };

const SIXTEEN: readonly Told[] = [
  passed(868),
  passed(866),
  working('firmware', 873, 0.64),
  working('verify', 871, 0.4),
  working('key', 876, 0.55),
  calls('failed', 'NO_ANSWER', TRY_AGAIN),
  passed(869, 4_000),
  empty(),
  working('firmware', 874, 0.22),
  calls('needs-you', 'ALREADY_DONE', EARLIER),
  passed(867),
  passed(870),
  working('lock', 872, 0.5),
  empty(),
  OFF,
  working('certificate', 875, 0.3),
];

function sixtyFour(): readonly Told[] {
  return Array.from({ length: 64 }, (_, index) => {
    const block = Math.floor(index / 16);
    const inside = index % 16;
    if (index === 21) return calls('failed', 'NO_ANSWER', TRY_AGAIN);
    if (index === 58) return calls('failed', 'PROOF_FAILED', { ...IN_BIN, stage: 'verify' });
    if (index === 34)
      return calls('needs-you', 'WRONG_MODEL', { ...IN_BIN, details: { found: 'TS-40', wanted: 'AQ-200' } });
    if (index === 14) return OFF;
    if (index === 46 || index === 47) return empty();
    if (block === 0 || (block === 3 && ![11, 12, 13].includes(inside))) return passed(800 + index);
    const stage = Stage.options[(index * 7 + block) % Stage.options.length] ?? 'connect';
    return working(stage, 100 + index, inside / 16);
  });
}

function line(slots: readonly Told[], change: Partial<StationView> = {}): StationView {
  const told = slots.map((slot, index) => slotView({ slot: String(index + 1), ...slot }));
  const sync = syncView({ made: 3180, registered: 862, waiting: 2318 });
  return { ...viewOf(stationStatus({ slots: told, sync })), ...change };
}

const WAITING = SIXTEEN.map((slot) => (slot.state === undefined ? HELD : slot));
const PAUSED = lotView({ state: 'held', heldBy: 'María Ríos', stateSinceMs: NOW_MS - 6_000 });
const STOP_RULE = lotView({ state: 'held', heldBecause: 'NO_ANSWER 3 times in a row' });

/** Each line by the name of its picture. */
export const LINES: Readonly<Record<string, StationView>> = {
  'line-16': line(SIXTEEN),
  'line-64': line(sixtyFour()),
  'line-32': line(sixtyFour().slice(0, 32)),
  'line-8': line(SIXTEEN.slice(2, 10)),
  'line-4': line(SIXTEEN.slice(4, 8)),
  'line-1': line(SIXTEEN.slice(2, 3)),
  'line-empty': line([], { lot: null, lineRunning: false }),
  'line-paused': line(WAITING, { lot: PAUSED }),
  'line-held': line(WAITING, { lot: STOP_RULE }),
  'line-full': line(SIXTEEN, { lot: lotView({ passed: 1200 }) }),
  'line-stopped': line(SIXTEEN, { stoppedBy: 'SIGNER_UNREACHABLE' }),
  'line-locked': line(SIXTEEN, {
    stoppedBy: 'SIGNER_LOCKED',
    facts: stationFacts({ person: personView({ role: 'security-officer' }), signing: 'locked' }),
  }),
  'line-practice': line(SIXTEEN, { practice: true }),
};
