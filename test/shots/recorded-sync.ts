// What a station says of its cloud and its journal, as the drawing of Sync and audit shows it, and in each other state.
import type { CopyState } from '../../contract/backup-api.ts';
import type { JournalEntry, JournalPage, JournalVerdict } from '../../contract/journal-api.ts';
import type { OutboxState, RefusedEntry } from '../../contract/outbox-api.ts';
import type { ReconcilePage, ReconcileRow } from '../../contract/reconcile-api.ts';
import { copyState, journalVerdict, NOW_MS, outboxState } from '../samples/station-views.ts';

export interface RecordedSync {
  readonly state: OutboxState;
  readonly refused: readonly RefusedEntry[];
  readonly journal: JournalPage;
  readonly verdict: JournalVerdict;
  readonly copies: CopyState;
  readonly reconcile: ReconcilePage;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const STEP = 10 * MINUTE;
const POINTS = 433;

/** Friday 09:14 to Sunday 14:32, as the drawing has it: work by day, nothing at night. */
function growing(): number[] {
  return Array.from({ length: POINTS }, (_, at) => {
    const share = at / (POINTS - 1);
    const corners: readonly (readonly [number, number])[] = [
      [0, 0],
      [0.26, 0],
      [0.37, 790],
      [0.56, 790],
      [0.67, 1460],
      [0.96, 1460],
      [1, 2318],
    ];
    const next = corners.findIndex(([to]) => to >= share);
    const [to, high] = corners[Math.max(1, next)] ?? [1, 0];
    const [from, low] = corners[Math.max(1, next) - 1] ?? [0, 0];
    return Math.round(low + ((share - from) / (to - from)) * (high - low));
  });
}

const history = { fromMs: NOW_MS - (POINTS - 1) * STEP, stepMs: STEP, points: growing() };

function entry(seq: number, agoMs: number, change: Partial<JournalEntry>): JournalEntry {
  return {
    ...{ seq, timeMs: NOW_MS - agoMs, type: 'job-started', who: { kind: 'person', name: 'Linh Trần' } },
    ...{ deviceSerial: null, hwid: null, lotId: null, slot: null, facts: {} },
    ...change,
  };
}

const station = { who: { kind: 'station', name: null } } as const;
const supervisor = { who: { kind: 'person', name: 'María Ríos' } } as const;

const ENTRIES: readonly JournalEntry[] = [
  entry(31_907, 20_000, { deviceSerial: '48213-0876', slot: '5', lotId: 'WO-48213' }),
  entry(31_906, 68_000, { type: 'job-passed', deviceSerial: '48213-0869', slot: '3', lotId: 'WO-48213', ...station }),
  entry(31_905, 75_000, { type: 'certificate-live', deviceSerial: '48213-0869', lotId: 'WO-48213', ...station }),
  entry(31_904, 90_000, { type: 'lot-created', lotId: 'WO-48291', ...supervisor }),
  entry(31_898, 26 * MINUTE, { type: 'slot-switched-off', slot: '15', facts: { reason: 'worn-pin' }, ...supervisor }),
  entry(31_890, 32 * MINUTE, { type: 'records-copied', facts: { otherDisk: true }, ...station }),
  entry(31_882, 40 * MINUTE, {
    ...{ type: 'registration-refused', deviceSerial: '48102-0417', lotId: 'WO-48102' },
    ...{ facts: { code: 'SERIAL_TAKEN', kind: 'register' }, ...station },
  }),
  entry(31_870, HOUR, { type: 'person-signed-in', who: { kind: 'person', name: 'María Ríos' } }),
];

const JOURNAL: JournalPage = {
  entries: [...ENTRIES],
  next: 31_870,
  lookedBackMs: NOW_MS - HOUR,
  head: { seq: 31_907, hash: journalVerdict().seal ?? '' },
};

const REFUSED: readonly RefusedEntry[] = [
  ['48102-0417', 'SERIAL_TAKEN', 'WO-48102', true] as const,
  ['48102-0418', 'SERIAL_TAKEN', 'WO-48102', true] as const,
  ['47990-1131', 'ISSUER_UNKNOWN', 'WO-47990', false] as const,
].map(([deviceSerial, code, lotId, caKnown], at) => ({
  ...({ id: at + 1, kind: 'register', deviceSerial, lotId, code, caKnown } as const),
  fingerprint: String(at + 1).repeat(64),
}));

function row(at: number, change: Partial<ReconcileRow>): ReconcileRow {
  return {
    ...{ fingerprint: String(at).repeat(64), list: 'here', deviceSerial: `48102-04${10 + at}` },
    ...{ hwid: '0080e115aabb', device: 'locked', station: 'live', sent: 'refused', cloud: null },
    ...{ decisions: ['send-again', 'void'], ...change },
  } as ReconcileRow;
}

const RECONCILE: ReconcilePage = {
  rows: [
    row(1, {}),
    row(2, {}),
    row(3, {
      list: 'cloud',
      device: 'unknown',
      station: null,
      sent: null,
      cloud: 'registered',
      decisions: ['adopt', 'void'],
    }),
    row(4, { list: 'different', sent: 'accepted', cloud: 'void', decisions: ['void'] }),
  ],
  compared: 8_412,
  next: null,
};

const lostMs = NOW_MS - 2 * 24 * HOUR - 5 * HOUR - 18 * MINUTE;

const DRAWN: RecordedSync = {
  state: outboxState({ lostMs, history, lastSentMs: lostMs - MINUTE, undecided: 3 }),
  refused: REFUSED,
  journal: JOURNAL,
  verdict: journalVerdict(),
  copies: copyState({ notCopied: 214 }),
  reconcile: RECONCILE,
};

const draining = { ...history, points: history.points.map((point, at) => (at === POINTS - 1 ? 1_114 : point)) };

const allWaiting = { ...history, points: history.points.map((point) => Math.round((point * 8_412) / 2_318)) };

/** Each state of the first line. */
export const SYNC = {
  drawn: DRAWN,
  idle: { ...DRAWN, state: outboxState(), refused: [], copies: copyState() },
  sending: {
    ...DRAWN,
    refused: [],
    state: outboxState({ reachedMs: NOW_MS - 8 * MINUTE, sentSinceReached: 1_204, history: draining }),
  },
  changed: { ...DRAWN, verdict: journalVerdict({ ok: false, events: 31_889, firstBad: 31_890, seal: null }) },
  forked: { ...DRAWN, state: outboxState({ stoppedBy: 'STATION_FORKED', lostMs, history, undecided: 3 }) },
  locked: { ...DRAWN, state: outboxState({ link: 'locked', history, undecided: 3 }) },
  none: { ...DRAWN, refused: [], state: outboxState({ link: 'none', lastSentMs: null, history: allWaiting }) },
} satisfies Readonly<Record<string, RecordedSync>>;
