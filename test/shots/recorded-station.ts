// A station that answers every call with what the drawings show, and does nothing: what screens ask for beside the view.
import { createRouterClient, implement } from '@orpc/server';
import type { BenchView } from '../../contract/bench-api.ts';
import { benchApi } from '../../contract/bench-api.ts';
import type { LotDraft, Readiness, RecipeView, SavedDraft } from '../../contract/lots-api.ts';
import { stationApi } from '../../contract/station-api.ts';
import type { PersonView } from '../../domain/person.ts';
import type { LotView } from '../../domain/station-event.ts';
import type { BenchApiClient } from '../../renderer/bench-client.ts';
import type { StationApiClient } from '../../renderer/station-client.ts';
import type { StationView } from '../../renderer/view-state/station-view.ts';
import { lotView, NOW_MS, personView } from '../samples/station-views.ts';

const MINUTE_MS = 60_000;

export const LOTS: readonly LotView[] = [
  lotView(),
  lotView({
    ...{ lotId: 'WO-48270', orderId: 'WO-48270', quantity: 600, passed: 0, failed: 0, aborted: 0, running: 0 },
    ...{ stateSinceMs: Date.UTC(2026, 10, 14, 11, 20), serialRange: '48270-0001..48270-0612' },
    firstPass: { passed: 0, judged: 0 },
  }),
  lotView({
    ...{ lotId: 'WO-48266', orderId: 'WO-48266', quantity: 300, passed: 118, state: 'held', heldBy: 'María Ríos' },
    ...{ model: 'TS-40 Probe', revisions: ['A'], recipeName: 'ts-40', serialRange: '48266-0001..48266-0306' },
  }),
  lotView({ lotId: 'WO-47990', orderId: 'WO-47990', quantity: 400, passed: 400, state: 'closed', running: 0 }),
];

export const PEOPLE: readonly PersonView[] = [
  personView(),
  personView({ personId: '00112233aabbcc01', name: 'María Ríos', role: 'supervisor' }),
  personView({ personId: '00112233aabbcc02', name: 'R. Adeyemi', role: 'security-officer' }),
  personView({ personId: '00112233aabbcc03', name: '王芳' }),
  personView({ personId: '00112233aabbcc04', name: 'Jürgen Weiß' }),
  personView({ personId: '00112233aabbcc05', name: 'Ana Souza' }),
];

const RECIPE_SHA256 = '9e4177b0'.repeat(8);

const RECIPE: RecipeView = {
  ...{ recipeSha256: RECIPE_SHA256, name: 'aq-200', version: '1.0.0', model: 'AQ-200 Gateway', revisions: ['C'] },
  ...{ firmwareVersion: '2.4.1', firmwareSha256: `${'0c2a'.repeat(15)}9e41`, keyMode: 'on-chip', firmwareHere: true },
  jobMs: 16_000,
};

const DRAFT: LotDraft = {
  ...{ orderId: 'WO-48291', recipeSha256: RECIPE_SHA256, quantity: 1200, spare: 24, stopAfter: 3 },
  ...{ firstSerial: '48291-0001', lastSerial: '48291-1224' },
};

const SAVED: SavedDraft = { draft: DRAFT, savedMs: NOW_MS - MINUTE_MS };

const READY: Readiness = {
  checks: [
    { check: 'order', verdict: 'ok', code: null, facts: {} },
    { check: 'recipe', verdict: 'ok', code: null, facts: {} },
    { check: 'serials', verdict: 'ok', code: null, facts: {} },
    { check: 'signing', verdict: 'ok', code: null, facts: {} },
    { check: 'firmware', verdict: 'ok', code: null, facts: {} },
    { check: 'room', verdict: 'ok', code: null, facts: {} },
    { check: 'clock', verdict: 'ok', code: null, facts: {} },
    { check: 'cloud', verdict: 'look', code: null, facts: {} },
    { check: 'line', verdict: 'ok', code: null, facts: {} },
  ],
  used: [
    { lotId: 'WO-47990', from: 0, to: 0.26 },
    { lotId: 'WO-48213', from: 0.262, to: 0.44 },
  ],
  range: { from: 0.5, to: 0.71 },
  free: 1224,
  suggestedFirst: null,
  neededLast: '48291-1224',
  estimateMs: 14_160_000,
};

/** Answers by the contract, so that a recorded answer that is none does not pass. */
export function recordedStation(view: StationView): StationApiClient {
  const os = implement(stationApi);
  const [lot = lotView()] = LOTS;
  const slotOf = (name: string) => view.slots.find(({ slot }) => slot === name) ?? view.slots[0];
  const router = os.router({
    status: os.status.handler(() => ({ ...view, slots: [...view.slots] })),
    events: os.events.handler(async function* () {}),
    lot: { create: os.lot.create.handler(() => lot), command: os.lot.command.handler(() => lot) },
    line: {
      start: os.line.start.handler(() => ({ slots: 16 })),
      stop: os.line.stop.handler(() => ({ stopped: true })),
      lookAgain: os.line.lookAgain.handler(() => ({ stoppedBy: view.stoppedBy })),
    },
    lots: {
      list: os.lots.list.handler(() => [...LOTS]),
      recipes: os.lots.recipes.handler(() => [RECIPE]),
      draft: os.lots.draft.handler(() => SAVED),
      saveDraft: os.lots.saveDraft.handler(({ input }) => ({ draft: input, savedMs: NOW_MS - MINUTE_MS })),
      check: os.lots.check.handler(() => READY),
      release: os.lots.release.handler(() => lot),
    },
    slot: {
      command: os.slot.command.handler(({ input, errors }) => {
        const slot = slotOf(input.slot);
        if (slot !== undefined) return slot;
        throw errors.KEYLINE({ data: { code: 'SLOT_CHANGED', detail: '', message: '' } });
      }),
    },
    people: {
      list: os.people.list.handler(() => [...PEOPLE]),
      add: os.people.add.handler(() => personView()),
      signIn: os.people.signIn.handler(() => view.facts),
      signOut: os.people.signOut.handler(() => view.facts),
      prefer: os.people.prefer.handler(() => view.facts),
    },
    bench: {
      find: os.bench.find.handler(() => ({ positions: ['1', '2', '3', '4'] })),
      set: os.bench.set.handler(() => view.facts),
      setPixel: os.bench.setPixel.handler(() => view.facts),
    },
    signing: { unlock: os.signing.unlock.handler(() => view.facts) },
    sync: os.sync.handler(() => view.sync),
  });
  return createRouterClient(router);
}

export function recordedBench(view: BenchView): BenchApiClient {
  const os = implement(benchApi);
  const router = os.router({
    status: os.status.handler(() => view),
    events: os.events.handler(async function* () {}),
    insert: os.insert.handler(() => view),
    eject: os.eject.handler(() => view),
    network: os.network.handler(() => view),
    automatic: os.automatic.handler(() => view),
    ports: os.ports.handler(() => ({ ports: '/dev/serial/by-path', positions: ['1', '2', '3', '4'] })),
    setUp: os.setUp.handler(() => ({ stationId: 'KL-07' })),
    leave: os.leave.handler(() => ({ left: true })),
  });
  return createRouterClient(router);
}
