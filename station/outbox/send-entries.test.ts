// How entries leave at a service that limits, that fails at some of them, and that is free again: in a time that passes
// when somebody waits.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EntryResult } from '../../contract/security-service/registration.ts';
import { KeylineError } from '../../domain/errors.ts';
import type { CloudConnector } from './connectors/cloud-connector.ts';
import type { OutboxEntry, OutboxStore } from './outbox-store.ts';
import { Pace } from './pace.ts';
import { Aside, nextEntries, sendEntries } from './send-entries.ts';

function payload(number: number): string {
  const device = {
    hwid: 'aabbccddeeff',
    hardwareType: '1.2.3',
    model: 'aq',
    lotId: 'L1',
    deviceSerial: `AQ-${number}`,
  };
  return JSON.stringify({
    kind: 'register',
    ...device,
    certificate: 'AAAA',
    issuerId: '0'.repeat(64),
    simulated: true,
  });
}

function testClock() {
  const clock = {
    passedMs: 0,
    nowMs: () => clock.passedMs,
    monotonicMs: () => clock.passedMs,
    after(delayMs: number, act: () => void) {
      let over = false;
      queueMicrotask(() => {
        if (over) return;
        clock.passedMs += delayMs;
        act();
      });
      return () => {
        over = true;
      };
    },
  };
  return clock;
}

/** Entries that wait, in a queue: what was answered is gone from its front. */
function backlog(count: number) {
  const waiting = new Map<number, OutboxEntry>();
  for (let id = 1; id <= count; id++)
    waiting.set(id, { id, kind: 'register', payload: payload(id), state: 'waiting', code: null });
  const answers = new Map<number, string>();
  const reads: number[] = [];
  const store: OutboxStore = {
    waiting(limit) {
      reads.push(limit);
      const first: OutboxEntry[] = [];
      for (const entry of waiting.values()) {
        if (first.length === limit) break;
        first.push(entry);
      }
      return first;
    },
    answered(given) {
      for (const answer of given) {
        expect(waiting.delete(answer.id)).toBe(true);
        answers.set(answer.id, answer.state === 'accepted' ? 'accepted' : answer.code);
      }
    },
    counts: () => ({ made: 0, registered: 0, waiting: waiting.size, refused: 0, voidsWaiting: 0 }),
    checkpointsFrom: () => [],
  };
  return { store, answers, reads, waiting };
}

const LATENCY_MS = 80;
/** What the service takes when it does not limit, entries a second: 200 in each request of 80 ms. */
const FREE = 2_500;

interface Limits {
  /** Entries a second; null: none. */
  perSecond: number | null;
  burst: number;
  retryAfterMs: number | null;
}

function service(clock: ReturnType<typeof testClock>, limits: Limits) {
  let [tokens, atMs] = [limits.burst, 0];
  const seen = { requests: 0, refused: 0 };
  const connector: CloudConnector = {
    async registerIssuer() {},
    async sendBatch(payloads): Promise<EntryResult[]> {
      seen.requests += 1;
      clock.passedMs += LATENCY_MS;
      if (limits.perSecond !== null) {
        tokens = Math.min(limits.burst, tokens + ((clock.passedMs - atMs) / 1000) * limits.perSecond);
        atMs = clock.passedMs;
        if (tokens < payloads.length) {
          seen.refused += 1;
          const { retryAfterMs } = limits;
          throw new KeylineError('SERVICE_UNREACHABLE', 'HTTP_429', { problem: 'HTTP_429', status: 429, retryAfterMs });
        }
        tokens -= payloads.length;
      }
      return payloads.map(() => ({ result: 'created' }));
    },
    async sendCheckpoint() {},
    counts: async () => ({ registered: 0, void: 0, unclaimed: 0, conflicts: 0, checkpoint: null }),
    async close() {},
  };
  return { connector, seen };
}

const stop = null;

test('a service that takes 100 a second gets nearly that, whether or not it says how long to wait', async () => {
  for (const retryAfterMs of [1_000, null]) {
    const clock = testClock();
    const { store, answers } = backlog(10_000);
    const { connector, seen } = service(clock, { perSecond: 100, burst: 100, retryAfterMs });
    await sendEntries({ store, connector, clock, pace: new Pace(clock), aside: new Aside(), stop });
    expect(answers.size).toBe(10_000);
    expect(10_000 / (clock.passedMs / 1000)).toBeGreaterThan(75);
    expect(seen.refused / seen.requests).toBeLessThan(0.4);
  }
});

test('a service that takes fewer at once than a batch gets smaller ones, down to one', async () => {
  const clock = testClock();
  const { store, answers } = backlog(100);
  const { connector } = service(clock, { perSecond: 1, burst: 1, retryAfterMs: 1_000 });
  await sendEntries({ store, connector, clock, pace: new Pace(clock), aside: new Aside(), stop });
  expect(answers.size).toBe(100);
  expect(clock.passedMs).toBeLessThan(400_000);
});

test('a service that no longer limits is soon sent as much as it takes', async () => {
  const clock = testClock();
  const limits: Limits = { perSecond: 100, burst: 100, retryAfterMs: 1_000 };
  const { store, answers, waiting } = backlog(40_000);
  const { connector } = service(clock, limits);
  const pace = new Pace(clock);
  const limited = new AbortController();
  const enough = waiting.size - 2_000;
  const watched: CloudConnector = {
    ...connector,
    async sendBatch(payloads) {
      if (waiting.size <= enough) limited.abort();
      return connector.sendBatch(payloads);
    },
  };
  await sendEntries({ store, connector: watched, clock, pace, aside: new Aside(), stop: limited.signal });
  limits.perSecond = null;
  const [beganMs, left] = [clock.passedMs, waiting.size];
  await sendEntries({ store, connector, clock, pace, aside: new Aside(), stop });
  expect(answers.size).toBe(40_000);
  expect(left / ((clock.passedMs - beganMs) / 1000)).toBeGreaterThan(FREE / 2);
});

test('a service that asks for more than a minute of patience is left alone until the next pass', async () => {
  const clock = testClock();
  const { store } = backlog(10);
  const { connector, seen } = service(clock, { perSecond: 0, burst: 0, retryAfterMs: 600_000 });
  const sending = { store, connector, clock, pace: new Pace(clock), aside: new Aside(), stop };
  await expect(sendEntries(sending)).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE' });
  expect(seen.requests).toBe(1);
});

test.each([
  [0, 20],
  [1_000, 20],
  [60_000, 3],
  [null, 20],
])(
  'a service that only ever asks for patience, Retry-After %s ms, ends the pass: nothing is sent, and it is told',
  async (retryAfterMs, most) => {
    const clock = testClock();
    const { store, answers } = backlog(1_000);
    const { connector, seen } = service(clock, { perSecond: 0, burst: 0, retryAfterMs });
    const sending = sendEntries({ store, connector, clock, pace: new Pace(clock), aside: new Aside(), stop });
    await expect(sending).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE', context: { status: 429 } });
    expect([answers.size, seen.requests]).toEqual([0, most]);
    expect(clock.passedMs).toBeLessThan(200_000);
  },
);

test('the forecast is what the last minute makes of the rest, and nothing before there is a pace', async () => {
  const clock = testClock();
  const { store } = backlog(3_000);
  const { connector } = service(clock, { perSecond: 100, burst: 100, retryAfterMs: 1_000 });
  const pace = new Pace(clock);
  expect(pace.drainMs(500)).toBeNull();
  await sendEntries({ store, connector, clock, pace, aside: new Aside(), stop });
  expect(pace.drainMs(0)).toBeNull();
  const forecast = pace.drainMs(6_000) ?? 0;
  expect(forecast / 1000).toBeGreaterThan(45);
  expect(forecast / 1000).toBeLessThan(90);
  clock.passedMs += 3_600_000;
  expect(pace.drainMs(6_000)).toBeNull();
});

/** Fails as a whole, with this, for each batch that holds one of these. */
function failingAt(bad: ReadonlySet<number>, failure: KeylineError): CloudConnector {
  const { connector } = service(testClock(), { perSecond: null, burst: 0, retryAfterMs: null });
  return {
    ...connector,
    async sendBatch(payloads) {
      if (payloads.some((text) => bad.has(Number(/AQ-(\d+)/.exec(text)?.[1])))) throw failure;
      return connector.sendBatch(payloads);
    },
  };
}

const FAULT = new KeylineError('SERVICE_UNREACHABLE', 'SERVICE_FAULT', { problem: 'SERVICE_FAULT', status: 500 });
const STRANGE = new KeylineError('SERVICE_REFUSED', 'HTTP_403', { problem: 'HTTP_403' });

test.each([
  ['fails', FAULT],
  ['refuses in words of its own', STRANGE],
])('an entry at which the service always %s holds up none of those behind it, and waits', async (_, failure) => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 900 }), { maxLength: 20 }), async (chosen) => {
      // Far enough from each other: more than three in a row say that it is the service.
      const bad = new Set(chosen.filter((id) => chosen.every((other) => other === id || Math.abs(other - id) > 1)));
      const clock = testClock();
      const { store, answers, waiting } = backlog(1_000);
      const aside = new Aside();
      await sendEntries({ store, connector: failingAt(bad, failure), clock, pace: new Pace(clock), aside, stop });
      expect(answers.size).toBe(1_000 - bad.size);
      expect(new Set(waiting.keys())).toEqual(bad);
      expect(nextEntries(store, aside, 1, clock.passedMs)).toEqual([]);
      clock.passedMs += 300_001;
      expect(nextEntries(store, aside, 1000, clock.passedMs)).toHaveLength(bad.size);
    }),
    { numRuns: 20 },
  );
});

test('a service that fails at everything is asked a few times, and nothing is marked', async () => {
  const clock = testClock();
  const { store, answers } = backlog(1_000);
  let requests = 0;
  const all = failingAt(new Set(Array.from({ length: 1_000 }, (_, i) => i + 1)), FAULT);
  const connector: CloudConnector = {
    ...all,
    sendBatch(texts) {
      requests += 1;
      return all.sendBatch(texts);
    },
  };
  const sending = { store, connector, clock, pace: new Pace(clock), aside: new Aside(), stop };
  await expect(sendEntries(sending)).rejects.toBe(FAULT);
  expect(answers.size).toBe(0);
  expect(requests).toBeLessThan(40);
});

test('a service that is away ends the pass at once, with every entry waiting', async () => {
  const away = new KeylineError('SERVICE_UNREACHABLE', 'ECONNREFUSED');
  const clock = testClock();
  const { store, answers } = backlog(10);
  const connector = failingAt(new Set([1]), away);
  await expect(sendEntries({ store, connector, clock, pace: new Pace(clock), aside: new Aside(), stop })).rejects.toBe(
    away,
  );
  expect(answers.size).toBe(0);
});

test('however many wait, no read asks for more than a batch and what was set aside', async () => {
  const clock = testClock();
  const { store, reads } = backlog(5_000);
  const { connector } = service(clock, { perSecond: null, burst: 0, retryAfterMs: null });
  await sendEntries({ store, connector, clock, pace: new Pace(clock), aside: new Aside(), stop });
  expect(Math.max(...reads)).toBe(200);
});
