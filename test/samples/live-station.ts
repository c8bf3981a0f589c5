// A station that answers every call with a sample: a test replaces what its claim is about.
import type { LotDraft, Readiness } from '../../contract/lots-api.ts';
import type { LiveStation } from '../../station/api/live-station.ts';
import {
  caView,
  lotView,
  NOW_MS,
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

export function liveStation(change: Partial<LiveStation> = {}): LiveStation {
  return {
    status: () => stationStatus(),
    facts: () => stationFacts(),
    watch: () => () => {},
    createLot: async () => lotView(),
    commandLot: () => lotView(),
    isPaused: () => false,
    startLine: async (_actorId, { bench }) => ({ slots: bench?.slots ?? 0 }),
    async stopLine() {},
    lookAgain: () => ({ stoppedBy: null }),
    commandSlot: () => slotView(),
    sync: async () => syncView(),
    async unlock() {},
    findPorts: async () => [],
    setBench() {},
    setPixel() {},
    lots: {
      list: () => [lotView()],
      recipes: () => [],
      draft: () => null,
      saveDraft: (draft) => ({ draft, savedMs: NOW_MS }),
      check: () => READINESS,
      release: () => lotView(),
    },
    people: {
      list: () => [personView()],
      add: async () => personView(),
      async signIn() {},
      signOut() {},
      prefer() {},
    },
    signing: {
      list: () => [caView()],
      login: async () => caView(),
      test: async () => ({ signMs: 1 }),
      rotate: async () => [caView()],
    },
    ...change,
  };
}
