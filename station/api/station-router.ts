// contract/station-api.ts over a station: says who may call what, validates what comes in, turns refusals into wire
// errors, feeds watchers.
import { KeylineError } from '../../domain/errors.ts';
import { Secret } from '../identity/secret.ts';
import { eventStream, forFew } from './event-queue.ts';
import { type Guarded, guarded } from './guarded.ts';
import { type Ears, toWire } from './keyline-wire.ts';
import type { LiveStation } from './live-station.ts';
import { upkeepCalls } from './upkeep-calls.ts';

/** Router of the station's API. */
export function stationRouter(station: LiveStation, ears: Ears) {
  const os = guarded(station, ears);
  const watch = forFew(station.watch.bind(station));
  return os.router({
    status: os.status.handler(() => station.status()),
    events: os.events.handler(({ signal }) => wired(eventStream(watch, signal))),
    lot: {
      create: os.lot.create.handler(({ context, input }) => station.lots.create(context.actorId, input)),
      command: os.lot.command.handler(({ context, input }) => {
        // At a screen somebody may only have left it open: a close there takes the PIN of its person.
        if (context.caller === 'screen' && input.command === 'close' && station.facts().hasPeople)
          throw new KeylineError('PIN_NEEDED');
        return station.commandLot(context.actorId, input);
      }),
    },
    line: {
      start: os.line.start.handler(({ context, input }) => station.startLine(context.actorId, input)),
      stop: os.line.stop.handler(async () => {
        await station.stopLine();
        return { stopped: true as const };
      }),
      lookAgain: os.line.lookAgain.handler(() => station.lookAgain()),
    },
    lots: lotCalls(os, station),
    lotPage: lotPageCalls(os, station),
    slot: {
      command: os.slot.command.handler(({ context, input }) => station.commandSlot(context.actorId, input)),
    },
    people: peopleCalls(os, station),
    devices: deviceCalls(os, station),
    backup: backupCalls(os, station),
    reconcile: reconcileCalls(os, station),
    carry: carryCalls(os, station),
    outbox: outboxCalls(os, station),
    journal: journalCalls(os, station),
    bench: benchCalls(os, station),
    signing: signingCalls(os, station),
    labels: labelCalls(os, station),
    ...upkeepCalls(os, station),
    sync: os.sync.handler(() => station.sync()),
  });
}

export type StationRouter = ReturnType<typeof stationRouter>;

function lotCalls(os: Guarded, { lots }: LiveStation) {
  return {
    list: os.lots.list.handler(() => lots.list()),
    recipes: os.lots.recipes.handler(() => lots.recipes()),
    draft: os.lots.draft.handler(() => lots.draft()),
    saveDraft: os.lots.saveDraft.handler(({ input }) => lots.saveDraft(input)),
    check: os.lots.check.handler(({ input }) => lots.check(input)),
    release: os.lots.release.handler(({ context, input }) => lots.release(context.actorId, input)),
  };
}

function lotPageCalls(os: Guarded, station: LiveStation) {
  const { lotPages, reports } = station;
  return {
    read: os.lotPage.read.handler(({ input }) => lotPages.read(input.lotId)),
    close: os.lotPage.close.handler(async ({ context, input }) => {
      const { lotId, pin, writeOff } = input;
      await station.people.confirm(context.actorId, pin);
      station.commandLot(context.actorId, { lotId, command: 'close', because: null, writeOff });
      return lotPages.read(lotId);
    }),
    exportCsv: os.lotPage.exportCsv.handler(({ input }) => reports.exportCsv(input.lotId)),
    reportSoFar: os.lotPage.reportSoFar.handler(({ input }) => reports.soFar(input.lotId)),
    makeReport: os.lotPage.makeReport.handler(async ({ context, input }) => {
      reports.sign(context.actorId, input.lotId);
      await reports.print(input.lotId);
      return lotPages.read(input.lotId);
    }),
  };
}

function peopleCalls(os: Guarded, station: LiveStation) {
  const { people } = station;
  return {
    list: os.people.list.handler(() => people.list()),
    add: os.people.add.handler(({ context, input }) => people.add(context.actorId, input)),
    setRole: os.people.setRole.handler(({ context, input }) =>
      people.changes.setRole(context.actorId, input.personId, input.role),
    ),
    setBadge: os.people.setBadge.handler(({ context, input }) =>
      people.changes.setBadge(context.actorId, input.personId, input.badge),
    ),
    resetPin: os.people.resetPin.handler(({ context, input }) =>
      people.changes.resetPin(context.actorId, input.personId, input.pin),
    ),
    erase: os.people.erase.handler(({ context, input }) => {
      people.changes.erase(context.actorId, input.personId);
      return { erased: true as const };
    }),
    signIn: os.people.signIn.handler(async ({ input }) => {
      await people.signIn(input);
      return station.facts();
    }),
    signOut: os.people.signOut.handler(() => {
      people.signOut();
      return station.facts();
    }),
    openSession: os.people.openSession.handler(async ({ context, input }) => ({
      session: await people.openSession(input, context.hosts === true),
    })),
    closeSession: os.people.closeSession.handler(({ input }) => {
      people.closeSession(input.session);
      return { closed: true as const };
    }),
    prefer: os.people.prefer.handler(({ input }) => {
      people.prefer(input);
      return station.facts();
    }),
  };
}

function signingCalls(os: Guarded, station: LiveStation) {
  const { signing } = station;
  return {
    list: os.signing.list.handler(() => signing.list()),
    unlock: os.signing.unlock.handler(({ context, input }) =>
      withSecret(input.passphrase, async (passphrase) => {
        await station.unlock(context.actorId, passphrase);
        return station.facts();
      }),
    ),
    login: os.signing.login.handler(({ context, input }) =>
      withSecret(input.pin, (pin) => signing.login(context.actorId, input.name, pin)),
    ),
    test: os.signing.test.handler(({ context, input }) => signing.test(context.actorId, input.name)),
    rotate: os.signing.rotate.handler(({ context, input }) => signing.rotate(context.actorId, input.name)),
  };
}

/** From here on it can be wiped. What the engine keeps of the message that it came in is out of reach. */
async function withSecret<T>(text: string, work: (secret: Secret) => Promise<T>): Promise<T> {
  const secret = Secret.fromText(text);
  try {
    return await work(secret);
  } finally {
    secret.wipe();
  }
}

function deviceCalls(os: Guarded, { devices }: LiveStation) {
  return {
    find: os.devices.find.handler(({ input }) => devices.find(input)),
    show: os.devices.show.handler(({ input }) => devices.show(input.device)),
    check: os.devices.check.handler(({ context, input }) => devices.check(context.actorId, input.deviceId)),
    rework: os.devices.rework.handler(({ context, input }) => devices.rework(context.actorId, input)),
    scrap: os.devices.scrap.handler(({ context, input }) => devices.scrap(context.actorId, input)),
    revoke: os.devices.revoke.handler(({ context, input }) => devices.revoke(context.actorId, input)),
    save: os.devices.save.handler(({ input }) => devices.save(input.deviceId)),
  };
}

function backupCalls(os: Guarded, { backups }: LiveStation) {
  return {
    make: os.backup.make.handler(({ context, input }) => backups.make(context.actorId, input.dir)),
    plan: os.backup.plan.handler(() => backups.plan),
    state: os.backup.state.handler(() => backups.state()),
    setPlan: os.backup.setPlan.handler(({ context, input }) => {
      backups.setPlan(context.actorId, input);
      return backups.plan;
    }),
  };
}

function reconcileCalls(os: Guarded, { reconcile }: LiveStation) {
  return {
    list: os.reconcile.list.handler(({ input }) => reconcile.list(input.after)),
    compare: os.reconcile.compare.handler(({ input }) => reconcile.compare(input.fingerprint)),
    decide: os.reconcile.decide.handler(({ context, input }) => reconcile.decide(context.actorId, input)),
  };
}

function labelCalls(os: Guarded, { labels }: LiveStation) {
  return {
    state: os.labels.state.handler(() => labels.view()),
    set: os.labels.set.handler(({ context, input }) => labels.set(context.actorId, input)),
    test: os.labels.test.handler(({ context }) => labels.test(context.actorId)),
    of: os.labels.of.handler(({ input }) => labels.of(input.deviceSerial)),
    print: os.labels.print.handler(({ context, input }) => labels.print(context.actorId, input.deviceSerial)),
    printWaiting: os.labels.printWaiting.handler(({ context }) => labels.printWaiting(context.actorId)),
    scan: os.labels.scan.handler(({ context, input }) => labels.scan(context.actorId, input)),
  };
}

function carryCalls(os: Guarded, { carry }: LiveStation) {
  return {
    write: os.carry.write.handler(({ context, input }) => carry.write(context.actorId, input.file, input.afterId)),
    receive: os.carry.receive.handler(({ input }) => carry.receive(input.file)),
  };
}

function outboxCalls(os: Guarded, { outbox }: LiveStation) {
  return {
    state: os.outbox.state.handler(() => outbox.state()),
    refused: os.outbox.refused.handler(({ input }) => outbox.refused(input.afterId)),
    sendAgain: os.outbox.sendAgain.handler(({ context, input }) => outbox.sendAgain(context.actorId, input.id)),
  };
}

function journalCalls(os: Guarded, { journal }: LiveStation) {
  return {
    list: os.journal.list.handler(({ input }) => journal.list(input.before, input.search)),
    verify: os.journal.verify.handler(() => journal.verify()),
    export: os.journal.export.handler(({ context, input }) => journal.export(context.actorId, input.file)),
  };
}

function benchCalls(os: Guarded, station: LiveStation) {
  const { bench } = station;
  return {
    find: os.bench.find.handler(async ({ input }) => ({ positions: await bench.find(input.ports) })),
    set: os.bench.set.handler(({ input }) => {
      bench.set(input);
      return station.facts();
    }),
    setPixel: os.bench.setPixel.handler(({ input }) => {
      bench.setPixel(input.pixelMm);
      return station.facts();
    }),
  };
}

/** An error in mid-stream never passes the middleware above. */
async function* wired<T>(events: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  try {
    yield* events;
  } catch (error) {
    throw toWire(error);
  }
}
