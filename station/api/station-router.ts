// contract/station-api.ts over a station: says who may call what, validates what comes in, turns refusals into wire
// errors, feeds watchers.
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
      create: os.lot.create.handler(({ context, input }) => station.createLot(context.actorId, input)),
      command: os.lot.command.handler(({ context, input }) => station.commandLot(context.actorId, input)),
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
    slot: {
      command: os.slot.command.handler(({ context, input }) => station.commandSlot(context.actorId, input)),
    },
    people: peopleCalls(os, station),
    backup: backupCalls(os, station),
    reconcile: reconcileCalls(os, station),
    carry: carryCalls(os, station),
    bench: benchCalls(os, station),
    signing: signingCalls(os, station),
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

function backupCalls(os: Guarded, { backups }: LiveStation) {
  return {
    make: os.backup.make.handler(({ context, input }) => backups.make(context.actorId, input.dir)),
    plan: os.backup.plan.handler(() => backups.plan),
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

function carryCalls(os: Guarded, { carry }: LiveStation) {
  return {
    write: os.carry.write.handler(({ input }) => carry.write(input.file, input.afterId)),
    receive: os.carry.receive.handler(({ input }) => carry.receive(input.file)),
  };
}

function benchCalls(os: Guarded, station: LiveStation) {
  return {
    find: os.bench.find.handler(async ({ input }) => ({ positions: await station.findPorts(input.ports) })),
    set: os.bench.set.handler(({ input }) => {
      station.setBench(input);
      return station.facts();
    }),
    setPixel: os.bench.setPixel.handler(({ input }) => {
      station.setPixel(input.pixelMm);
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
