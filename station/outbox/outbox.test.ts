import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EntryResult } from '../../contract/security-service/registration.ts';
import { CHAIN_START } from '../../domain/audit-event.ts';
import type { SignedCheckpoint } from '../../domain/checkpoint.ts';
import { KeylineError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/seams.ts';
import type { CloudConnector } from './connectors/cloud-connector.ts';
import type { Enrolment } from './enrolment.ts';
import { makeOutbox } from './outbox.ts';
import type { OutboxEntry, OutboxStore } from './outbox-store.ts';

const UNREACHABLE = new KeylineError('SERVICE_UNREACHABLE', 'ECONNRESET');

function payload(number: number): string {
  const deviceSerial = `AQ-${number}`;
  const device = { deviceSerial, hwid: 'aabbccddeeff', hardwareType: '1.2.3', model: 'aq', lotId: 'L1' };
  const certificate = { certificate: 'AAAA', issuerId: '0'.repeat(64), simulated: true };
  return JSON.stringify({ kind: 'register', ...device, ...certificate });
}

class MemoryStore implements OutboxStore {
  readonly entries: OutboxEntry[] = [];
  readonly checkpoints: SignedCheckpoint[] = [];

  add(count: number, text: (id: number) => string = payload) {
    for (let i = 0; i < count; i++) {
      const id = this.entries.length + 1;
      this.entries.push({ id, kind: 'register', payload: text(id), state: 'waiting', code: null });
    }
  }
  waiting(limit: number) {
    return this.entries.filter((entry) => entry.state === 'waiting').slice(0, limit);
  }
  answered(answers: Parameters<OutboxStore['answered']>[0]) {
    for (const answer of answers) {
      const index = answer.id - 1;
      const entry = this.entries[index];
      expect(entry?.state).toBe('waiting');
      const code = answer.state === 'refused' ? answer.code : null;
      if (entry) this.entries[index] = { ...entry, state: answer.state, code };
    }
  }
  counts() {
    const count = (state: string) => this.entries.filter((entry) => entry.state === state).length;
    return {
      made: this.entries.length,
      registered: count('accepted'),
      waiting: count('waiting'),
      refused: count('refused'),
      voidsWaiting: 0,
    };
  }
  checkpointsFrom(epoch: number, seq: number, limit: number) {
    const from = this.checkpoints.filter(({ checkpoint: c }) => c.epoch > epoch || (c.epoch === epoch && c.seq >= seq));
    return from.slice(0, limit);
  }
}

/** How one batch ends: answered, lost on its way there, or done there and lost on its way back. */
type Fate = 'answered' | 'lost-before' | 'lost-after';

class ScriptedService implements CloudConnector {
  readonly created: string[] = [];
  readonly issuers: unknown[] = [];
  refuseIssuer = false;
  readonly pinned: SignedCheckpoint[] = [];
  fates: Fate[] = [];
  refuses: (text: string) => boolean = () => false;
  beforeBatch: (payloads: readonly string[]) => void = () => undefined;
  open = 0;

  async registerIssuer(issuer: unknown) {
    if (this.refuseIssuer) throw new KeylineError('SERVICE_REFUSED', 'ISSUER_TAKEN');
    this.issuers.push(issuer);
  }
  async sendBatch(payloads: readonly string[]): Promise<EntryResult[]> {
    this.beforeBatch(payloads);
    const fate = this.fates.shift() ?? 'answered';
    if (fate === 'lost-before') throw UNREACHABLE;
    const results = payloads.map((text): EntryResult => {
      if (this.refuses(text)) return { result: 'conflict', reason: 'DEVICE_TAKEN' };
      if (this.created.includes(text)) return { result: 'unchanged' };
      this.created.push(text);
      return { result: 'created' };
    });
    if (fate === 'lost-after') throw UNREACHABLE;
    return results;
  }
  async sendCheckpoint(signed: SignedCheckpoint) {
    this.pinned.push(signed);
  }
  async counts() {
    const checkpoint = this.pinned.at(-1)?.checkpoint ?? null;
    return { registered: 0, void: 0, unclaimed: 0, conflicts: 0, checkpoint };
  }
  async close() {
    this.open--;
  }
}

/** Every wait is over at once; its length is kept. */
function instantClock(): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    nowMs: () => 0,
    monotonicMs: () => 0,
    after(delayMs, act) {
      waits.push(delayMs);
      queueMicrotask(act);
      return () => undefined;
    },
  };
}

/** A wait is over when the test says so. */
function heldClock() {
  const held = new Map<number, () => void>();
  let look = () => {};
  return {
    nowMs: () => 0,
    monotonicMs: () => 0,
    after(delayMs: number, act: () => void) {
      held.set(delayMs, act);
      look();
      return () => void held.delete(delayMs);
    },
    /** The end of the next wait of this length. */
    waits(delayMs: number): Promise<() => void> {
      return new Promise((resolve) => {
        look = () => {
          const end = held.get(delayMs);
          held.delete(delayMs);
          if (end) resolve(end);
        };
        look();
      });
    },
  };
}

const ENROLLED: Enrolment = {
  serviceUrl: 'https://localhost',
  serviceCaPem: '',
  stationCertificatePem: '',
};

function world<Held extends Clock>(clock: Held) {
  const [store, service] = [new MemoryStore(), new ScriptedService()];
  const enrolments = {
    now: ENROLLED as Enrolment | null,
    enrolment: () => enrolments.now,
    saveEnrolment(enrolment: Enrolment) {
      enrolments.now = enrolment;
    },
  };
  const claim = (issuerId: string) => ({
    ...{ issuerId, root: new Uint8Array(1), intermediates: [new Uint8Array(1)], proof: new Uint8Array(1) },
  });
  const unclaimed = ['a'];
  const connect = () => {
    service.open++;
    return service;
  };
  const random = { bytes: (length: number) => new Uint8Array(length) };
  const told: (string | null)[] = [];
  const outbox = makeOutbox({
    ...{ store, enrolments, connect, clock, random },
    claims: async () => unclaimed.map(claim),
    registered: (issuerId) => void unclaimed.splice(unclaimed.indexOf(issuerId), 1),
    attempted: () => told.push(outbox.failure()?.code ?? null),
  });
  return { store, service, clock, enrolments, outbox, told, unclaimed };
}

function checkpoint(epoch: number, seq: number, head = 'a'): SignedCheckpoint {
  const fields = { stationId: 'S1', epoch, seq, head: head.repeat(64), prevSeq: 0, prevHead: CHAIN_START, timeMs: 1 };
  return { checkpoint: fields, signature: '' };
}

test('whatever is lost, refused or added meanwhile: every entry is answered once, and reaches the service once, oldest first', async () => {
  const fates = fc.array(fc.constantFrom<Fate>('answered', 'lost-before', 'lost-after'), { maxLength: 12 });
  const script = fc.record({
    fates,
    first: fc.integer({ min: 0, max: 450 }),
    added: fc.array(fc.integer({ min: 0, max: 210 }), { maxLength: 4 }),
    refused: fc.uniqueArray(fc.integer({ min: 1, max: 600 }), { maxLength: 40 }),
    unreadable: fc.uniqueArray(fc.integer({ min: 1, max: 600 }), { maxLength: 10 }),
  });
  await fc.assert(
    fc.asyncProperty(script, async ({ fates, first, added, refused, unreadable }) => {
      const { store, service, outbox } = world(instantClock());
      const text = (id: number) => (unreadable.includes(id) ? '{"kind":"register"}' : payload(id));
      const refusedTexts = new Set(refused.map(payload));
      store.add(first, text);
      service.fates = [...fates];
      service.refuses = (sent) => refusedTexts.has(sent);
      const more = [...added];
      service.beforeBatch = (payloads) => {
        expect(payloads.length).toBeLessThanOrEqual(200);
        store.add(more.shift() ?? 0, text);
      };
      for (let i = 0; i <= fates.length; i++) await outbox.syncOnce().catch(() => undefined);

      const { registered, waiting, refused: gone } = store.counts();
      expect({ waiting, all: registered + gone, open: service.open }).toEqual({
        waiting: 0,
        all: store.entries.length,
        open: 0,
      });
      const good = store.entries.filter(({ id }) => !unreadable.includes(id) && !refused.includes(id));
      expect(service.created).toEqual(good.map((entry) => entry.payload));
      expect(store.entries.filter((entry) => entry.state === 'accepted')).toEqual(
        good.map((entry) => ({ ...entry, state: 'accepted' })),
      );
      const codes = store.entries.map(({ id, code }) => [id, code]);
      expect(codes).toEqual(
        store.entries.map(({ id }) => [
          id,
          unreadable.includes(id) ? 'MESSAGE_INVALID' : refused.includes(id) ? 'DEVICE_TAKEN' : null,
        ]),
      );
    }),
    { numRuns: 60 },
  );
});

test('a batch that the service cannot read is halved until the one entry to blame is marked', async () => {
  const { store, service, outbox } = world(instantClock());
  store.add(150);
  const bad = payload(77);
  service.beforeBatch = (payloads) => {
    if (payloads.includes(bad)) throw new KeylineError('SERVICE_REFUSED', '', { problem: 'MESSAGE_INVALID' });
  };
  await outbox.syncOnce();
  expect(store.counts()).toMatchObject({ registered: 149, waiting: 0, refused: 1 });
  expect(store.entries[76]).toMatchObject({ state: 'refused', code: 'MESSAGE_INVALID' });
});

test('a station that is not enrolled sends nothing and says so', async () => {
  const { store, enrolments, outbox } = world(instantClock());
  enrolments.now = null;
  store.add(1);
  await expect(outbox.syncOnce()).rejects.toMatchObject({ code: 'NOT_ENROLLED' });
  expect(store.counts().waiting).toBe(1);
});

test('each CA is made known once, and before the first entry', async () => {
  const { store, service, outbox, unclaimed } = world(instantClock());
  await outbox.syncOnce();
  await outbox.syncOnce();
  unclaimed.push('b', 'c');
  store.add(1);
  await outbox.syncOnce();
  expect(service.issuers).toMatchObject([{ issuerId: 'a' }, { issuerId: 'b' }, { issuerId: 'c' }]);
  expect(unclaimed).toEqual([]);
});

test('entries wait while a CA of this station cannot be made known', async () => {
  const { store, service, outbox, unclaimed } = world(instantClock());
  service.refuseIssuer = true;
  store.add(1);
  await expect(outbox.syncOnce()).rejects.toMatchObject({ code: 'SERVICE_REFUSED' });
  expect([store.counts().waiting, unclaimed]).toEqual([1, ['a']]);
});

test('checkpoints that the service lacks leave in order, each once', async () => {
  const { store, service, outbox } = world(instantClock());
  store.checkpoints.push(checkpoint(1, 100), checkpoint(1, 200), checkpoint(2, 150));
  await outbox.syncOnce();
  store.checkpoints.push(checkpoint(2, 250));
  await outbox.syncOnce();
  expect(service.pinned).toEqual(store.checkpoints);
});

test('a service that holds a checkpoint which is not in these records stops everything before an entry leaves', async () => {
  for (const held of [checkpoint(1, 100, 'b'), checkpoint(1, 300), checkpoint(2, 100)]) {
    const { store, service, outbox } = world(instantClock());
    store.add(1);
    store.checkpoints.push(checkpoint(1, 100), checkpoint(1, 200));
    service.pinned.push(held);
    await expect(outbox.run(new AbortController().signal)).rejects.toMatchObject({ code: 'STATION_FORKED' });
    expect(service.created).toEqual([]);
    expect(outbox.failure()?.code).toBe('STATION_FORKED');
  }
});

test('a second call while one is under way shares its end', async () => {
  const { store, service, outbox } = world(instantClock());
  store.add(3);
  let batches = 0;
  service.beforeBatch = () => {
    batches++;
  };
  await Promise.all([outbox.syncOnce(), outbox.syncOnce()]);
  expect(batches).toBe(1);
});

test('a service that is away is asked less and less often, never sooner than it said, and at once again after it is back', async () => {
  const { store, service, clock, outbox } = world(instantClock());
  store.add(1);
  const stop = new AbortController();
  const asked = new KeylineError('SERVICE_UNREACHABLE', '', { retryAfterMs: 60_000 });
  let batches = 0;
  service.beforeBatch = () => {
    batches++;
    if (batches === 3) throw asked;
    if (batches <= 12) throw UNREACHABLE;
    expect(outbox.failure()?.code).toBe('SERVICE_UNREACHABLE');
    stop.abort();
  };
  await outbox.run(stop.signal);
  expect(clock.waits.slice(0, 12)).toEqual([
    500, 1000, 60_000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 150_000, 150_000, 150_000,
  ]);
  expect(store.counts()).toMatchObject({ registered: 1, waiting: 0 });
  expect(outbox.failure()).toBeNull();
});

test('each attempt is told, with how it ended', async () => {
  const { store, service, outbox, told } = world(instantClock());
  store.add(1);
  service.fates = ['lost-before', 'answered'];
  await expect(outbox.syncOnce()).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE' });
  await outbox.syncOnce();
  expect(told).toEqual(['SERVICE_UNREACHABLE', null]);
});

test('a call during an attempt that fails tries itself: the service may have come back since', async () => {
  const { store, service, outbox } = world(instantClock());
  store.add(1);
  service.fates = ['lost-before', 'answered'];
  const before = outbox.syncOnce();
  const [first, second] = await Promise.allSettled([before, outbox.syncOnce()]);
  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  expect(store.counts().waiting).toBe(0);
});

test('a call that succeeds ends the wait of a service that was away, whatever its length', async () => {
  const clock = heldClock();
  const { store, service, outbox } = world(clock);
  const stop = new AbortController();
  store.add(1);
  service.fates = ['lost-before', 'lost-before', 'answered', 'lost-before'];
  const running = outbox.run(stop.signal);
  (await clock.waits(500))();
  await clock.waits(1000);
  await outbox.syncOnce();
  const idle = await clock.waits(500);
  store.add(1);
  idle();
  // Not 2000: the next failure is the first of a new row.
  await clock.waits(500);
  stop.abort();
  await running;
  expect(store.counts()).toMatchObject({ registered: 1, waiting: 1 });
  expect(service.fates).toEqual([]);
});
