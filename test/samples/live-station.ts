// A station that answers every call with a sample: a test replaces what its claim is about.

import type { LotDraft, Readiness } from '../../contract/lots-api.ts';
import type { ReconcileRow } from '../../contract/reconcile-api.ts';
import type { SlotMapView } from '../../contract/slot-map-api.ts';
import type { LiveStation } from '../../station/api/live-station.ts';
import { deviceRecord, foundDevice } from './device-views.ts';
import {
  caView,
  copyState,
  journalVerdict,
  labelsView,
  labelView,
  lotPage,
  lotView,
  NOW_MS,
  outboxState,
  personView,
  slotView,
  stationFacts,
  stationStatus,
  syncView,
} from './station-views.ts';

export function lotDraft(change: Partial<LotDraft> = {}): LotDraft {
  return {
    ...{ orderId: 'WO-1', recipeSha256: null, quantity: 8, firstSerial: 'S-01', lastSerial: 'S-10', spare: 2 },
    stopAfter: 3,
    ...change,
  };
}

const READINESS: Readiness = {
  ...{ checks: [], used: [], range: null, free: 0, suggestedFirst: null, neededLast: null, estimateMs: null },
};

const SLOT_MAP: SlotMapView = { fixtures: null, slots: [], unknown: [], present: [] };

const MADE_COPY = { file: '/r.db', bytes: 4096, epoch: 1, seq: 1, head: '0'.repeat(64), otherDisk: true };

const RECONCILE_ROW: ReconcileRow = {
  ...{ fingerprint: '0'.repeat(64), list: 'here', deviceSerial: 'A-1', hwid: '010203040506', device: 'locked' },
  ...{ station: 'live', sent: 'accepted', cloud: null, decisions: ['send-again'] },
};

export function liveStation(change: Partial<LiveStation> = {}): LiveStation {
  return {
    status: () => stationStatus(),
    facts: () => stationFacts(),
    watch: () => () => {},
    commandLot: () => lotView(),
    isPaused: () => false,
    startLine: async (_actorId, { bench }) => ({ slots: bench?.slots ?? 0 }),
    async stopLine() {},
    lookAgain: () => ({ stoppedBy: null }),
    commandSlot: () => slotView(),
    sync: async () => syncView(),
    async unlock() {},
    bench: { find: async () => [], set() {}, setPixel() {} },
    lots: {
      list: () => [lotView()],
      create: async () => lotView(),
      recipes: () => [],
      draft: () => null,
      saveDraft: (draft) => ({ draft, savedMs: NOW_MS }),
      check: () => READINESS,
      release: () => lotView(),
    },
    devices: {
      find: () => ({ devices: [foundDevice()], next: null, onRecord: 1 }),
      show: () => deviceRecord(),
      check: async () => ({
        ...{ checkedMs: NOW_MS, slot: '1', faults: [], life: 'locked', isVoid: false, transcriptSha256: null },
      }),
      rework: () => deviceRecord(),
      scrap: () => deviceRecord(),
      revoke: async () => deviceRecord(),
      save: () => ({ file: '/data/exports/48213-0869.json' }),
    },
    lotPages: { read: () => lotPage() },
    reports: {
      exportCsv: () => ({ file: '/reports/L/so-far.csv', boards: 0 }),
      soFar: async () => ({ csv: '/reports/L/so-far.csv', pdf: null }),
      sign() {},
      async print() {},
    },
    backups: {
      make: async () => MADE_COPY,
      plan: { dir: null, stopAt: 500 },
      state: () => copyState(),
      setPlan() {},
    },
    reconcile: {
      list: async () => ({ rows: [], compared: 0, next: null }),
      compare: async () => RECONCILE_ROW,
      decide: async () => RECONCILE_ROW,
    },
    outbox: {
      state: () => outboxState(),
      refused: () => ({ rows: [], more: false }),
      sendAgain: () => syncView(),
    },
    journal: {
      list: () => ({ entries: [], next: null, lookedBackMs: null, head: { seq: 1, hash: '0'.repeat(64) } }),
      verify: async () => journalVerdict(),
      export: async (_actorId, file) => ({ file, events: 1, seal: '0'.repeat(64) }),
    },
    carry: {
      write: async () => ({ entries: 0, checkpoints: 0, lastId: 0, more: false }),
      receive: () => ({ accepted: 0, refused: 0, known: 0 }),
    },
    people: {
      list: () => [personView()],
      add: async () => personView(),
      async signIn() {},
      async confirm() {},
      signOut() {},
      openSession: async () => '0'.repeat(64),
      closeSession() {},
      personOf: () => null,
      prefer() {},
      changes: {
        setRole: () => personView(),
        setBadge: async () => personView(),
        resetPin: async () => personView(),
        erase() {},
      },
    },
    signing: {
      list: () => [caView()],
      login: async () => caView(),
      test: async () => ({ signMs: 1 }),
      rotate: async () => [caView()],
    },
    labels: {
      view: () => labelsView(),
      set: () => labelsView(),
      test: async () => labelsView(),
      of: () => labelView(),
      print: async () => labelView(),
      printWaiting: async () => labelsView(),
      scan: () => ({ fits: true, slot: null, labels: labelsView() }),
    },
    upkeep: {
      slotMap: { read: async () => SLOT_MAP, teach: async () => SLOT_MAP },
      recipes: {
        list: () => [],
        add() {
          throw new Error('no test asks for it');
        },
        check: () => ({ imageBytes: 1 }),
      },
      cloud: {
        read: () => ({ enrolment: null, keyOpen: true, last: null }),
        test: async () => ({ answerMs: 1, registered: 0 }),
      },
      practice: { open: () => ({ opening: true as const }) },
      diagnostics: {
        trace: () => ({ lines: [], next: 0 }),
        saveTrace: () => ({ file: '/t.txt', bytes: 1 }),
        selfTest: async () => [],
        heat: () => [],
        slotResults: () => [],
        bundle: async () => ({ file: '/b.tar.gz', bytes: 1 }),
      },
    },
    ...change,
  };
}
