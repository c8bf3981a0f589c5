// A station that answers every call with what the drawings show, and does nothing: what screens ask for beside the view.
import { createRouterClient, implement, ORPCError } from '@orpc/server';
import type { BenchView } from '../../contract/bench-api.ts';
import { benchApi } from '../../contract/bench-api.ts';
import { stationApi } from '../../contract/station-api.ts';
import type { PersonView } from '../../domain/person.ts';
import type { BenchApiClient } from '../../renderer/bench-client.ts';
import type { StationApiClient } from '../../renderer/station-client.ts';
import type { StationView } from '../../renderer/view-state/station-view.ts';
import { caView, labelView, lotView, NOW_MS, personView } from '../samples/station-views.ts';
import { DEVICES, type RecordedDevices } from './recorded-devices.ts';
import { READY_LOTS, type RecordedLots } from './recorded-lots.ts';
import { type RecordedSigning, SIGNING } from './recorded-signing.ts';
import { type RecordedSync, SYNC } from './recorded-sync.ts';
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
const MADE_COPY = { file: '/r.db', bytes: 4096, epoch: 1, seq: 1, head: '0'.repeat(64), otherDisk: true };

/** What no screen asks for yet. */
function unseen(): never {
  throw new Error('no screen asks for it');
}

/** What it says beside the view; the drawings' where it is left out. */
interface Recorded {
  readonly lots?: RecordedLots;
  readonly signing?: RecordedSigning;
  readonly devices?: RecordedDevices;
  readonly sync?: RecordedSync;
}

/** Answers by the contract, so that a recorded answer that is none does not pass. */
export function recordedStation(
  view: StationView,
  { lots = READY_LOTS, signing = SIGNING.drawn, devices = DEVICES.drawn, sync = SYNC.drawn }: Recorded = {},
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
    devices: deviceCalls(os, devices),
    lotPage: lotPageCalls(os, lots),
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
      openSession: os.people.openSession.handler(() => ({ session: '0'.repeat(64) })),
      closeSession: os.people.closeSession.handler(() => ({ closed: true })),
      prefer: os.people.prefer.handler(() => view.facts),
    },
    bench: {
      find: os.bench.find.handler(() => ({ positions: ['1', '2', '3', '4'] })),
      set: os.bench.set.handler(() => view.facts),
      setPixel: os.bench.setPixel.handler(() => view.facts),
    },
    signing: signingCalls(os, view, signing),
    labels: labelCalls(os, view),
    ...upkeepCalls(os, view.facts),
    sync: os.sync.handler(() => view.sync),
    backup: {
      make: os.backup.make.handler(() => MADE_COPY),
      plan: os.backup.plan.handler(() => sync.copies.plan),
      setPlan: os.backup.setPlan.handler(({ input }) => input),
      state: os.backup.state.handler(() => sync.copies),
    },
    ...syncCalls(os, view, sync),
  });
  return createRouterClient(router);
}

function deviceCalls(os: Implementer, { rows, record, check }: RecordedDevices) {
  const named = (device: string) => (record?.device.deviceSerial === device ? record : null);
  const known = () => record ?? unseen();
  return {
    find: os.devices.find.handler(({ input }) => ({
      devices: rows.slice(0, input.limit),
      next: rows.length > input.limit ? 'all  1' : null,
      onRecord: 8412,
    })),
    show: os.devices.show.handler(({ input }) => named(input.device)),
    check: os.devices.check.handler(() => check),
    rework: os.devices.rework.handler(known),
    scrap: os.devices.scrap.handler(known),
    revoke: os.devices.revoke.handler(known),
    save: os.devices.save.handler(() => ({ file: '/home/line/keyline/exports/48213-0869.json' })),
  };
}

function labelCalls(os: Implementer, { labels }: StationView) {
  return {
    state: os.labels.state.handler(() => labels),
    set: os.labels.set.handler(() => labels),
    test: os.labels.test.handler(() => labels),
    of: os.labels.of.handler(({ input }) => labelView({ deviceSerial: input.deviceSerial })),
    print: os.labels.print.handler(({ input }) => labelView({ deviceSerial: input.deviceSerial, copies: 2 })),
    printWaiting: os.labels.printWaiting.handler(() => labels),
    scan: os.labels.scan.handler(({ input }) => ({ fits: true, slot: input.slot, labels })),
  };
}

function lotPageCalls(os: Implementer, { page, list }: RecordedLots) {
  /** The drawn page under the name of the lot that was opened. */
  const named = (lotId: string) => {
    const { orderId = lotId, serialRange = page.lot.serialRange } = list.find((lot) => lot.lotId === lotId) ?? {};
    const report = page.report && { ...page.report, folder: `/var/lib/keyline/reports/${lotId}` };
    return { ...page, report, lot: { ...page.lot, lotId, orderId, serialRange } };
  };
  return {
    read: os.lotPage.read.handler(({ input }) => named(input.lotId)),
    close: os.lotPage.close.handler(() => page),
    exportCsv: os.lotPage.exportCsv.handler(() => ({ file: '/data/reports/WO-48213/so-far.csv', boards: 876 })),
    reportSoFar: os.lotPage.reportSoFar.handler(() => ({ csv: '/r/so-far.csv', pdf: '/r/so-far.pdf' })),
    makeReport: os.lotPage.makeReport.handler(() => page),
  };
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

function syncCalls(os: Implementer, view: StationView, { state, refused, journal, verdict, reconcile }: RecordedSync) {
  const written = { entries: view.sync.waiting, checkpoints: 84, lastId: 8_412, more: false };
  const rowOf = (fingerprint: string) => {
    const found = reconcile.rows.find((row) => row.fingerprint === fingerprint) ?? reconcile.rows[0];
    if (found === undefined) throw new Error('no row was recorded');
    return found;
  };
  return {
    outbox: {
      state: os.outbox.state.handler(() => state),
      refused: os.outbox.refused.handler(() => ({ rows: [...refused], more: false })),
      sendAgain: os.outbox.sendAgain.handler(() => view.sync),
    },
    journal: {
      list: os.journal.list.handler(() => journal),
      verify: os.journal.verify.handler(() => verdict),
      export: os.journal.export.handler(({ input: { file } }) => ({
        file,
        events: verdict.events,
        seal: '0'.repeat(64),
      })),
    },
    carry: {
      write: os.carry.write.handler(() => written),
      receive: os.carry.receive.handler(() => ({ accepted: 2_318, refused: 0, known: 0 })),
    },
    reconcile: {
      list: os.reconcile.list.handler(() => reconcile),
      compare: os.reconcile.compare.handler(({ input }) => rowOf(input.fingerprint)),
      decide: os.reconcile.decide.handler(({ input }) => rowOf(input.fingerprint)),
    },
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
