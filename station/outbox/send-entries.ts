// One pass over the entries that wait, oldest first. No entry holds up the ones behind it: what the service refuses is
// marked, a batch that it cannot take as a whole is halved until the one to blame is alone, and one at which it only ever
// fails is set aside for a while.
import { type EntryResult, RegistrationEntry } from '../../contract/security-service/registration.ts';
import { assert, KeylineError } from '../../domain/errors.ts';
import { type Clock, pause } from '../../domain/seams.ts';
import type { CloudConnector } from './connectors/cloud-connector.ts';
import type { OutboxAnswer, OutboxEntry, OutboxStore } from './outbox-store.ts';
import { BATCH, type Pace } from './pace.ts';

/** Requests in one pass: a lot of a million devices, at the lowest rate that a service is likely to grant. */
const MAX_ROUNDS = 100_000;
/** Entries set aside at once; beyond, it is the service that fails. */
const MOST_ASIDE = 100;
/** In a row, with nothing taken between them: so many say that it is not the entries. */
const MOST_IN_A_ROW = 3;
/** Times that a service may ask for patience with no answer between: eight halve a batch down to one entry. */
const MOST_PATIENCE = 20;
/** Or so long with no answer: by then it takes nothing, and who looks at the station has to know. */
const PATIENCE_MS = 120_000;
/** How long an entry stays aside. */
const ASIDE_MS = 300_000;
/** A service that asks for a longer patience is left alone until then. */
const LONGEST_WAIT_MS = 60_000;

/** Entries at which the service failed, each with the monotonic time until which it is passed by. */
export class Aside {
  readonly #untilMs = new Map<number, number>();

  get size(): number {
    return this.#untilMs.size;
  }

  add(id: number, nowMs: number): void {
    this.#untilMs.set(id, nowMs + ASIDE_MS);
  }

  delete(id: number): void {
    this.#untilMs.delete(id);
  }

  clear(): void {
    this.#untilMs.clear();
  }

  passes(id: number, nowMs: number): boolean {
    return (this.#untilMs.get(id) ?? 0) > nowMs;
  }
}

export interface Sending {
  readonly store: Pick<OutboxStore, 'waiting' | 'answered'>;
  readonly connector: CloudConnector;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly aside: Aside;
  /** The station stops: what was not sent leaves next time. */
  readonly stop: AbortSignal | null;
}

/** The oldest that may leave now, `limit` at most. */
export function nextEntries(
  store: Pick<OutboxStore, 'waiting'>,
  aside: Aside,
  limit: number,
  nowMs: number,
): readonly OutboxEntry[] {
  const entries = store.waiting(limit + aside.size);
  return entries.filter(({ id }) => !aside.passes(id, nowMs)).slice(0, limit);
}

/** Throws as cloud-connector.ts says, when nothing more can be sent now. */
export async function sendEntries(sending: Sending): Promise<void> {
  const { store, clock, pace, aside, stop } = sending;
  let limit = BATCH;
  let inARow = 0;
  let [refusals, answeredMs] = [0, clock.monotonicMs()];
  for (let round = 0; round < MAX_ROUNDS && !stop?.aborted; round++) {
    const entries = nextEntries(store, aside, Math.min(limit, pace.batch), clock.monotonicMs());
    if (entries.length === 0) return;
    const waitMs = pace.waitMs(entries.length);
    if (waitMs > 0) await pause(clock, waitMs, stop ?? undefined);
    if (stop?.aborted) return;
    const sent = await sendSome(entries, sending);
    if ('patience' in sent) {
      refusals += 1;
      if (refusals >= MOST_PATIENCE || clock.monotonicMs() - answeredMs > PATIENCE_MS) throw sent.patience;
    } else if ('answers' in sent) {
      store.answered(sent.answers);
      pace.answered(entries.length);
      for (const { id } of entries) aside.delete(id);
      [limit, inARow, refusals, answeredMs] = [BATCH, 0, 0, clock.monotonicMs()];
    } else if (entries.length > 1) {
      limit = Math.ceil(entries.length / 2);
    } else {
      const [alone] = entries;
      inARow += 1;
      if (alone) aside.add(alone.id, clock.monotonicMs());
      if (inARow >= MOST_IN_A_ROW || aside.size > MOST_ASIDE) throw sent.failed;
      limit = BATCH;
    }
  }
}

/** `failed`: refused or failed as a whole, so that nothing is known of any of them. `patience`: later, it says. */
type Sent =
  | { readonly answers: readonly OutboxAnswer[] }
  | { readonly failed: KeylineError }
  | { readonly patience: KeylineError };

async function sendSome(entries: readonly OutboxEntry[], { connector, pace }: Sending): Promise<Sent> {
  const unreadable = entries.filter((entry) => !isReadable(entry));
  if (unreadable.length > 0)
    return { answers: unreadable.map(({ id }) => ({ id, state: 'refused', code: 'MESSAGE_INVALID' })) };
  try {
    const results = await connector.sendBatch(entries.map((entry) => entry.payload));
    assert(results.length === entries.length, 'one result an entry');
    return { answers: entries.map(({ id }, i) => answerOf(id, results[i])) };
  } catch (error) {
    if (!(error instanceof KeylineError)) throw error;
    return failureOf(error, entries, pace);
  }
}

/** Problems of the service's contract that say that it cannot take the message itself. */
const UNREAD = ['MESSAGE_INVALID', 'TOO_LARGE'];

function failureOf(error: KeylineError, entries: readonly OutboxEntry[], pace: Pace): Sent {
  const { problem, retryAfterMs, status } = error.context;
  if (problem === 'TOO_MANY_REQUESTS' || status === 429) {
    const waitMs = typeof retryAfterMs === 'number' ? retryAfterMs : null;
    if (waitMs !== null && waitMs > LONGEST_WAIT_MS) throw error;
    pace.throttled(waitMs);
    return { patience: error };
  }
  const [only] = entries;
  if (entries.length === 1 && only && typeof problem === 'string' && UNREAD.includes(problem))
    return { answers: [{ id: only.id, state: 'refused', code: problem }] };
  // It answered, and to the message: one entry may be to blame. A service that is away says nothing of any.
  const answered = typeof problem === 'string' && (error.code === 'SERVICE_REFUSED' || isFault(problem));
  if (answered) return { failed: error };
  throw error;
}

function isFault(problem: string): boolean {
  return problem === 'SERVICE_FAULT' || problem === 'HTTP_500';
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
