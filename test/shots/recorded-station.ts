// A station that answers every call with what the drawings show, and does nothing: what screens ask for beside the view.
import { createRouterClient, implement, ORPCError } from '@orpc/server';
import type { BenchView } from '../../contract/bench-api.ts';
import { benchApi } from '../../contract/bench-api.ts';
import { stationApi } from '../../contract/station-api.ts';
import type { PersonView } from '../../domain/person.ts';
import type { BenchApiClient } from '../../renderer/bench-client.ts';
import type { StationApiClient } from '../../renderer/station-client.ts';
import type { StationView } from '../../renderer/view-state/station-view.ts';
import { caView, lotView, NOW_MS, personView } from '../samples/station-views.ts';
import { READY_LOTS, type RecordedLots } from './recorded-lots.ts';
import { type RecordedSigning, SIGNING } from './recorded-signing.ts';
import { upkeepCalls } from './recorded-upkeep.ts';

const PEOPLE: readonly PersonView[] = [
  personView(),
  personView({ personId: '00112233aabbcc01', name: 'María Ríos', role: 'supervisor' }),
  personView({ personId: '00112233aabbcc02', name: 'R. Adeyemi', role: 'security-officer' }),
  personView({ personId: '00112233aabbcc03', name: '李娜' }),
  personView({ personId: '00112233aabbcc04', name: 'Jürgen Weiß' }),
  personView({ personId: '00112233aabbcc05', name: 'Ana Souza' }),
];

type Implementer = ReturnType<typeof implement<typeof stationApi>>;
/** What no screen asks for yet. */
function unseen(): never {
  throw new Error('no screen asks for it');
}

/** Answers by the contract, so that a recorded answer that is none does not pass. */
export function recordedStation(
  view: StationView,
  lots: RecordedLots = READY_LOTS,
  signing: RecordedSigning = SIGNING.drawn,
): StationApiClient {
  const os = implement(stationApi);
  const lot = lotView();
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
      list: os.lots.list.handler(() => [...lots.list]),
      recipes: os.lots.recipes.handler(() => [...lots.recipes]),
      draft: os.lots.draft.handler(() => lots.draft),
      saveDraft: os.lots.saveDraft.handler(({ input }) => {
        lots.heard?.('save', input);
        return { draft: input, savedMs: NOW_MS };
      }),
      check: os.lots.check.handler(() => lots.readiness),
      release: os.lots.release.handler(({ input }) => {
        lots.heard?.('release', input);
        return lot;
      }),
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
      setRole: os.people.setRole.handler(() => personView()),
      setBadge: os.people.setBadge.handler(() => personView()),
      resetPin: os.people.resetPin.handler(() => personView()),
      erase: os.people.erase.handler(() => ({ erased: true })),
      signIn: os.people.signIn.handler(() => view.facts),
      signOut: os.people.signOut.handler(() => view.facts),
      prefer: os.people.prefer.handler(() => view.facts),
    },
    bench: {
      find: os.bench.find.handler(() => ({ positions: ['1', '2', '3', '4'] })),
      set: os.bench.set.handler(() => view.facts),
      setPixel: os.bench.setPixel.handler(() => view.facts),
    },
    signing: signingCalls(os, view, signing),
    ...upkeepCalls(os, view.facts),
    sync: os.sync.handler(() => view.sync),
    backup: {
      make: os.backup.make.handler(unseen),
      plan: os.backup.plan.handler(unseen),
      setPlan: os.backup.setPlan.handler(unseen),
    },
    carry: { write: os.carry.write.handler(unseen), receive: os.carry.receive.handler(unseen) },
    reconcile: {
      list: os.reconcile.list.handler(unseen),
      compare: os.reconcile.compare.handler(unseen),
      decide: os.reconcile.decide.handler(unseen),
    },
  });
  return createRouterClient(router);
}

function signingCalls(os: Implementer, view: StationView, { cas, refuses }: RecordedSigning) {
  const unless = <T>(answer: T): T => {
    if (refuses === undefined) return answer;
    throw new ORPCError('KEYLINE', { status: 409, data: { code: refuses, detail: '', message: '' }, defined: true });
  };
  return {
    list: os.signing.list.handler(() => [...cas]),
    unlock: os.signing.unlock.handler(() => unless(view.facts)),
    login: os.signing.login.handler(({ input }) => unless(cas.find(({ name }) => name === input.name) ?? caView())),
    test: os.signing.test.handler(() => unless({ signMs: 12.2 })),
    rotate: os.signing.rotate.handler(() => unless([...cas])),
  };
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
