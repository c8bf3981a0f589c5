// Sends what is recorded to the security service, oldest first: read, send, mark. Nothing leaves the list without the
// service's own answer; a refused entry is marked and passed by; STATION_FORKED ends everything (CERTAINTY.md).

import type { EntryResult } from '../../contract/security-service/registration.ts';
import { RegistrationEntry } from '../../contract/security-service/registration.ts';
import { CHAIN_START } from '../../domain/audit-event.ts';
import { assert, KeylineError } from '../../domain/errors.ts';
import { type Clock, pause, type Random } from '../../domain/seams.ts';
import { backOffMs } from './back-off.ts';
import type { CloudConnector, IssuerClaim } from './connectors/cloud-connector.ts';
import type { Enrolment, EnrolmentStore } from './enrolment.ts';
import type { OutboxAnswer, OutboxEntry, OutboxStore } from './outbox-store.ts';

/** Entries in one request: past this the time a device waits grows and the rate does not (facts: mTLS and sync). */
const BATCH = 200;
/** Checkpoints read at once; each is sent alone. */
const CHECKPOINTS = 100;
/** Requests in one sync: a lot of a million devices, 200 at a time, each halved once. */
const MAX_ROUNDS = 10_000;
/** How soon a new entry is noticed. */
const IDLE_MS = 500;

export interface OutboxParts {
  readonly store: OutboxStore;
  readonly enrolments: EnrolmentStore;
  /** This station's issuing CA, claimed by its key; null while there is none. */
  readonly issuer: () => Promise<IssuerClaim | null>;
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
   * says, and NOT_ENROLLED.
   */
  syncOnce(): Promise<void>;
  /** Sends what comes until the signal aborts. Rejects only with STATION_FORKED: the line must stop. */
  run(signal: AbortSignal): Promise<void>;
  /** The failure that it waits after; null while all is well. */
  failure(): KeylineError | null;
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

  async function sync(): Promise<void> {
    const enrolment = parts.enrolments.enrolment();
    if (!enrolment) throw new KeylineError('NOT_ENROLLED');
    const connector = parts.connect(enrolment);
    current = connector;
    try {
      await registerIssuer(parts, enrolment, connector);
      pinned = await sendCheckpoints(store, connector);
      await sendEntries(store, connector);
    } finally {
      current = null;
      await connector.close();
    }
  }

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
    if (failure || !pinned || store.waiting(1).length > 0) return true;
    return store.checkpointsFrom(pinned.epoch, pinned.seq, 2).some((signed) => isAfter(signed.checkpoint, pinned));
  }

  return {
    syncOnce: () => running?.catch(attempt) ?? attempt(),
    failure: () => failure,
    async run(signal) {
      // A station that stops does not wait for a service that hangs: what was not answered leaves again next time.
      signal.addEventListener('abort', () => void current?.close(), { once: true });
      while (!signal.aborted) {
        if (due()) {
          try {
            await attempt();
          } catch (error) {
            if (!(error instanceof KeylineError) || error.code === 'STATION_FORKED') throw error;
            failures++;
            await rest(backOffMs(failures, Number(error.context.retryAfterMs ?? 0), random), signal);
            continue;
          }
        }
        await rest(IDLE_MS, signal);
      }
    },
  };
}

async function registerIssuer(parts: OutboxParts, enrolment: Enrolment, connector: CloudConnector): Promise<void> {
  const issuer = enrolment.issuerRegistered ? null : await parts.issuer();
  if (!issuer) return;
  await connector.registerIssuer(issuer);
  parts.enrolments.saveEnrolment({ ...enrolment, issuerRegistered: true });
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

async function sendEntries(store: OutboxStore, connector: CloudConnector): Promise<void> {
  let limit = BATCH;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const entries = store.waiting(limit);
    if (entries.length === 0) return;
    const answers = await sendSome(entries, connector);
    if (answers) store.answered(answers);
    // The service could not read the batch as a whole: the entry to blame is found by halving.
    limit = answers ? BATCH : Math.ceil(entries.length / 2);
  }
}

/** Null when the batch was refused as a whole and holds more than one entry: nothing is known of any of them. */
async function sendSome(
  entries: readonly OutboxEntry[],
  connector: CloudConnector,
): Promise<readonly OutboxAnswer[] | null> {
  const unreadable = entries.filter((entry) => !isReadable(entry));
  if (unreadable.length > 0) return unreadable.map(({ id }) => ({ id, state: 'refused', code: 'MESSAGE_INVALID' }));
  try {
    const results = await connector.sendBatch(entries.map((entry) => entry.payload));
    assert(results.length === entries.length, 'one result an entry');
    return entries.map(({ id }, i) => answerOf(id, results[i]));
  } catch (error) {
    const problem = error instanceof KeylineError ? error.context.problem : null;
    if (problem !== 'MESSAGE_INVALID' && problem !== 'TOO_LARGE') throw error;
    const [only] = entries;
    return entries.length === 1 && only ? [{ id: only.id, state: 'refused', code: problem }] : null;
  }
}

function isReadable({ kind, payload }: OutboxEntry): boolean {
  try {
    const reading = RegistrationEntry.safeParse(JSON.parse(payload));
    return reading.success && reading.data.kind === kind;
  } catch {
    return false;
  }
}

function answerOf(id: number, result: EntryResult | undefined): OutboxAnswer {
  assert(result, 'one result an entry');
  if (result.result === 'created' || result.result === 'unchanged') return { id, state: 'accepted' };
  return { id, state: 'refused', code: result.reason };
}
