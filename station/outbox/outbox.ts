// Sends what is recorded to the security service, oldest first: read, send, mark. Nothing leaves the list without the
// service's own answer; a refused entry is marked and passed by; STATION_FORKED ends everything (CERTAINTY.md).

import { CHAIN_START } from '../../domain/audit-event.ts';
import { KeylineError } from '../../domain/errors.ts';
import { type Clock, pause, type Random } from '../../domain/seams.ts';
import { backOffMs } from './back-off.ts';
import type { CloudConnector, IssuerClaim } from './connectors/cloud-connector.ts';
import type { Enrolment, EnrolmentStore } from './enrolment.ts';
import type { OutboxStore } from './outbox-store.ts';
import { Pace } from './pace.ts';
import { Aside, nextEntries, type Sending, sendEntries } from './send-entries.ts';

/** Checkpoints read at once; each is sent alone. */
const CHECKPOINTS = 100;
/** Reads of checkpoints in one sync: a million of them, each for 100 events. */
const MAX_ROUNDS = 10_000;
/** How soon a new entry is noticed. */
const IDLE_MS = 500;

export interface OutboxParts {
  readonly store: OutboxStore;
  readonly enrolments: EnrolmentStore;
  /** This station's CAs that the service does not know yet, each claimed by its own key. */
  readonly claims: () => Promise<readonly OwnClaim[]>;
  /** The service knows it now. */
  readonly registered: (issuerId: string) => void;
  readonly connect: (enrolment: Enrolment) => CloudConnector;
  readonly clock: Clock;
  readonly random: Random;
  /** An attempt has ended; `failure` says how. */
  readonly attempted: () => void;
}

export interface Outbox {
  /**
   * Sends all that waits, whatever the back-off, and ends it when that succeeds. A call during an attempt shares its
   * success; its failure may be older than the call, which then tries itself. Throws KeylineError as cloud-connector.ts
   * says, NOT_ENROLLED, and STATION_GONE once `run` was told to end.
   */
  syncOnce(): Promise<void>;
  /** Sends what comes until the signal aborts. Rejects only with STATION_FORKED: the line must stop. */
  run(signal: AbortSignal): Promise<void>;
  /** The failure that it waits after; null while all is well. */
  failure(): KeylineError | null;
  /** Milliseconds that so many entries will take; null while nothing says so. */
  drainMs(waiting: number): number | null;
}

/** A CA of this station, on its way to the service. */
export interface OwnClaim extends IssuerClaim {
  readonly issuerId: string;
}

interface Pinned {
  readonly epoch: number;
  readonly seq: number;
  readonly head: string;
}

export function makeOutbox(parts: OutboxParts): Outbox {
  const { store, clock, random } = parts;
  let running: Promise<void> | null = null;
  let failure: KeylineError | null = null;
  /** Failures in a row. */
  let failures = 0;
  let wake: () => void = () => undefined;
  /** The last checkpoint that the service holds; null until it was asked. */
  let pinned: Pinned | null = null;
  let current: CloudConnector | null = null;
  const pace = new Pace(clock);
  const aside = new Aside();
  let stop: AbortSignal | null = null;
  let ended = false;

  async function sync(): Promise<void> {
    if (ended) throw new KeylineError('STATION_GONE');
    const enrolment = parts.enrolments.enrolment();
    if (!enrolment) throw new KeylineError('NOT_ENROLLED');
    const connector = parts.connect(enrolment);
    current = connector;
    try {
      await registerIssuers(parts, connector);
      pinned = await sendCheckpoints(store, connector);
      await sendEntries({ store: answering, connector, clock, pace, aside, stop });
    } finally {
      current = null;
      await connector.close();
    }
  }

  /** An answer to entries says that the service is there, however long the rest takes to send. */
  const answering: Sending['store'] = {
    waiting: (limit) => store.waiting(limit),
    answered(answers) {
      failure = null;
      store.answered(answers);
    },
  };

  function attempt(): Promise<void> {
    running ??= sync()
      .then(
        () => {
          failure = null;
          failures = 0;
          wake();
        },
        (error: unknown) => {
          if (error instanceof KeylineError) failure = error;
          throw error;
        },
      )
      .finally(() => {
        running = null;
        parts.attempted();
      });
    return running;
  }

  function rest(delayMs: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    wake = () => woken.abort();
    return pause(clock, delayMs, AbortSignal.any([signal, woken.signal]));
  }

  function due(): boolean {
    if (!parts.enrolments.enrolment()) return false;
    // What failed is tried until it works: only an answer says that the service is there.
    if (failure || !pinned || nextEntries(store, aside, 1, clock.monotonicMs()).length > 0) return true;
    return store.checkpointsFrom(pinned.epoch, pinned.seq, 2).some((signed) => isAfter(signed.checkpoint, pinned));
  }

  /** A person asks: what was set aside is tried as well, also where a pass that is under way had gone by it. */
  async function syncOnce(): Promise<void> {
    aside.clear();
    await (running?.catch(attempt) ?? attempt());
    if (nextEntries(store, aside, 1, clock.monotonicMs()).length > 0) await attempt();
  }

  return {
    syncOnce,
    failure: () => failure,
    drainMs: (waiting) => pace.drainMs(waiting),
    async run(signal) {
      stop = signal;
      // A station that stops does not wait for a service that hangs: what was not answered leaves again next time.
      const end = () => {
        ended = true;
        void current?.close();
      };
      signal.addEventListener('abort', end, { once: true });
      while (!signal.aborted) {
        try {
          if (due()) await attempt();
        } catch (error) {
          if (!(error instanceof KeylineError) || error.code === 'STATION_FORKED') throw error;
          // Records that cannot be read now are as a service that does not answer: nothing is lost by waiting.
          failures++;
          await rest(backOffMs(failures, Number(error.context.retryAfterMs ?? 0), random), signal);
          continue;
        }
        await rest(IDLE_MS, signal);
      }
    },
  };
}

/** Before any entry: the service takes leaves of CAs that it knows, and refuses others for good. */
async function registerIssuers({ claims, registered }: OutboxParts, connector: CloudConnector): Promise<void> {
  for (const claim of await claims()) {
    await connector.registerIssuer(claim);
    registered(claim.issuerId);
  }
}

/** Sends every checkpoint that the service lacks, in order; what the service holds must be in our own records. */
async function sendCheckpoints(store: OutboxStore, connector: CloudConnector): Promise<Pinned> {
  let last: Pinned = (await connector.counts()).checkpoint ?? { epoch: 0, seq: 0, head: CHAIN_START };
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const known = store.checkpointsFrom(last.epoch, last.seq, CHECKPOINTS);
    if (last.seq > 0 && !leadsOn(known[0]?.checkpoint, last))
      throw new KeylineError('STATION_FORKED', 'the service holds a checkpoint that is not in these records');
    const next = known.filter((signed) => isAfter(signed.checkpoint, last));
    for (const signed of next) {
      await connector.sendCheckpoint(signed);
      last = signed.checkpoint;
    }
    if (next.length === 0) return last;
  }
  return last;
}

/** Records that hold the service's last checkpoint, or that a restore has begun anew since: what followed it is not here. */
function leadsOn(first: Pinned | undefined, last: Pinned): boolean {
  return first !== undefined && (first.epoch > last.epoch || first.head === last.head);
}

function isAfter(checkpoint: Pinned, last: Pinned | null): boolean {
  return !last || checkpoint.epoch > last.epoch || (checkpoint.epoch === last.epoch && checkpoint.seq > last.seq);
}
