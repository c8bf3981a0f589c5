import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeylineError } from '../../domain/errors.ts';
import { MAX_ATTEMPTS } from '../../domain/job.ts';
import type { SlotCommand, SlotView } from '../../domain/station-event.ts';
import { FakeClock } from '../../simulator/fake-clock.ts';
import type { DeviceDriver, IdentityBoard, Proof } from '../drivers/driver.ts';
import { challenge } from './challenge.ts';
import { SlotDesk } from './slot-desk.ts';
import { type Finished, type Look, runSlot } from './slot-loop.ts';
import { SlotOrders } from './slot-orders.ts';
import { SlotViews } from './slot-views.ts';

const SLOT = '3';
/** A board needs so long to say who it is, and to fail. */
const IDENTIFY_MS = 40;
const WORK_MS = 200;
/** So long its port takes to open. */
const OPEN_MS = 30;

/** A board with its maker's firmware, which cannot say who it is. */
const NAMELESS = 'nameless';

const BLANK: Omit<IdentityBoard, 'hwid'> = {
  ...{ kind: 'identity', model: 'AQ-200', revision: 'C', firmwareVersion: '1.0.0' },
  ...{ firmware: { activeHash: null, confirmed: true }, life: 'blank', locking: false, canGenerate: true },
  ...{
    canInject: false,
    takesPsk: false,
    canAttest: false,
    debugOpen: true,
    deviceSerial: null,
    spkiSha256: null,
    leafSha256: null,
  },
  simulated: true,
};

const PROOF: Proof = {
  ...{ hwid: 'a1a1a1a1a1a1', life: 'enrolled', debugOpen: true, firmwareHash: '', spkiSha256: '', leafSha256: null },
  ...{ chainSha256: null, anchorSha256: null, transcriptSha256: '' },
};

/** A fixture whose adapter stays, boards that can only fail, and a station that keeps the house's rule of tries. */
class Bench {
  readonly clock = new FakeClock();
  readonly views = new SlotViews(this.clock, () => {});
  readonly orders = new SlotOrders();
  readonly #gone = new AbortController();
  readonly desk = new SlotDesk({
    views: this.views,
    records: { off: () => new Map(), answered() {}, switchOff() {}, switchOn() {} },
    guestOf: () => ({ orders: this.orders, leave: () => this.#gone.abort() }),
    isOver: () => false,
    switchedOn() {},
  });
  /** Who sits in the fixture. */
  board: string | null = null;
  readonly jobs: { readonly hwid: string; readonly leave: boolean }[] = [];
  /** The lot is on hold: every board waits for it. */
  released = true;
  /** The job that waits is of a lot that this line does not run. */
  otherLot = false;
  /** Another program holds the port. */
  busy = false;
  /** Times that a port was opened. */
  opened = 0;

  constructor() {
    this.desk.draw([SLOT]);
    const { clock, views, orders, desk } = this;
    void runSlot(
      SLOT,
      { position: 'p', path: 'p' },
      {
        ...{ clock, views, orders },
        admitted: async () => {},
        released: () => this.released,
        offFor: () => false,
        connect: async () => {
          await this.#wait(OPEN_MS);
          if (this.busy) throw new KeylineError('PORT_BUSY');
          return this.#driver();
        },
        work: (slot, look) => this.#work(slot, look),
        silent: () => ({ ...this.#failed(null), end: { outcome: 'failed', code: 'NO_ANSWER_THRICE' } }),
        finished() {},
        stopLine() {},
      },
      this.#gone.signal,
    ).finally(() => desk.left(SLOT));
  }

  get view(): SlotView {
    const view = this.views.of(SLOT);
    if (!view) throw new Error('the slot was drawn');
    return view;
  }

  async pass(ms: number): Promise<void> {
    for (let past = 0; past < ms; past += 10) {
      await new Promise((resolve) => setImmediate(resolve));
      this.clock.advance(10);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }

  press({ sinceMs }: SlotView, command: SlotCommand): SlotView {
    const reason = command === 'switch-off' ? 'worn-pin' : null;
    return this.desk.take('linh', { slot: SLOT, command, reason, sinceMs });
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.clock.after(ms, resolve));
  }

  #driver(): DeviceDriver {
    this.opened += 1;
    const never = () => Promise.reject(new Error('nobody asks this here'));
    return {
      identify: async () => {
        await this.#wait(IDENTIFY_MS);
        if (this.board === null) throw new KeylineError('NO_ANSWER');
        return this.board === NAMELESS ? { kind: 'bare', firmware: BLANK.firmware } : { ...BLANK, hwid: this.board };
      },
      ...{ loadFirmware: never, confirmFirmware: never, restart: never, makeKey: never, readRequest: never },
      ...{ openInjection: never, injectKey: never },
      prove: async () => PROOF,
      ...{ install: never, readItem: never, readLockPlan: never, lock: never, openGroups: never },
      close: () => this.#wait(20),
    };
  }

  async #work(slot: string, { board, leave }: Look): Promise<Finished> {
    const hwid = board.kind === 'identity' ? board.hwid : null;
    if (hwid === null) {
      this.jobs.push({ hwid: NAMELESS, leave });
      return { ...this.#failed(null), jobId: this.jobs.length };
    }
    if (!this.released || this.otherLot) return { ...this.#failed(hwid), jobId: 7, end: { waitsFor: 'LOT_HELD' } };
    const before = this.jobs.filter((job) => job.hwid === hwid).length;
    if (before > 0 && !leave) return this.#failed(hwid);
    this.jobs.push({ hwid, leave });
    this.views.change(slot, { state: 'working', stage: 'key', jobId: this.jobs.length, hwid });
    await this.#wait(WORK_MS);
    return { ...this.#failed(hwid), jobId: this.jobs.length };
  }

  #failed(hwid: string | null): Finished {
    const tried = this.jobs.filter((job) => job.hwid === hwid).length;
    return {
      ...{ jobId: null, hwid, deviceSerial: null, details: null, stages: [], lastTry: tried >= MAX_ATTEMPTS },
      end: { outcome: 'failed', code: 'KEY_NOT_MADE' },
    };
  }
}

const A = 'a1a1a1a1a1a1';
const B = 'b2b2b2b2b2b2';

async function failed(hwid: string): Promise<Bench> {
  const bench = new Bench();
  bench.board = hwid;
  await bench.pass(600);
  expect(bench.view).toMatchObject({ state: 'failed', hwid, stage: 'key', actions: ['try-again', 'switch-off'] });
  return bench;
}

describe('a failed board', () => {
  test('gets one more job for each leave, and the bin when its tries are used up', async () => {
    const bench = await failed(A);
    for (let job = 2; job <= MAX_ATTEMPTS; job++) {
      expect(bench.press(bench.view, 'try-again')).toMatchObject({ state: 'looking', actions: [] });
      await bench.pass(600);
      expect(bench.jobs).toHaveLength(job);
    }
    await bench.pass(5_000);
    expect(bench.jobs).toHaveLength(MAX_ATTEMPTS);
    expect(bench.view).toMatchObject({ state: 'failed', actions: ['in-bin', 'switch-off'] });
    expect(() => bench.press(bench.view, 'try-again')).toThrow(expect.objectContaining({ code: 'SLOT_COMMAND_UNFIT' }));
  });

  test('that cannot say who it is gets as many tries as one that can; the next one in its place has its own', async () => {
    const bench = new Bench();
    bench.board = NAMELESS;
    await bench.pass(600);
    for (let job = 2; job <= MAX_ATTEMPTS; job++) {
      bench.press(bench.view, 'try-again');
      await bench.pass(600);
    }
    expect(bench.jobs).toHaveLength(MAX_ATTEMPTS);
    expect(bench.view.actions).toEqual(['in-bin', 'switch-off']);
    bench.press(bench.view, 'in-bin');
    await bench.pass(1_200);
    expect(bench.view).toMatchObject({ state: 'failed', actions: ['in-bin', 'switch-off'] });
    bench.board = null;
    await bench.pass(3_000);
    bench.board = NAMELESS;
    await bench.pass(3_000);
    expect(bench.jobs).toHaveLength(MAX_ATTEMPTS + 1);
    expect(bench.view).toMatchObject({ state: 'failed', actions: ['try-again', 'switch-off'] });
  });

  test('whose card was answered comes back with it while it still sits there, and not once it has gone', async () => {
    const bench = await failed(A);
    for (let job = 1; job < MAX_ATTEMPTS; job++) {
      bench.press(bench.view, 'try-again');
      await bench.pass(600);
    }
    expect(bench.press(bench.view, 'in-bin')).toMatchObject({ state: 'empty', hwid: null });
    await bench.pass(1_200);
    expect(bench.view).toMatchObject({ state: 'failed', hwid: A });
    bench.press(bench.view, 'in-bin');
    bench.board = null;
    await bench.pass(3_000);
    expect(bench.view).toMatchObject({ state: 'empty' });
  });

  test('that makes way for another one at once leaves it its turn', async () => {
    const bench = await failed(A);
    bench.board = B;
    await bench.pass(2_000);
    expect(bench.jobs).toEqual([
      { hwid: A, leave: false },
      { hwid: B, leave: false },
    ]);
  });
});

describe('a board that waits for its lot', () => {
  async function waiting(how: { readonly otherLot: boolean }): Promise<Bench> {
    const bench = new Bench();
    bench.board = A;
    if (how.otherLot) bench.otherLot = true;
    else bench.released = false;
    await bench.pass(3_000);
    expect(bench.view).toMatchObject({ state: 'held', code: 'LOT_HELD', hwid: A });
    return bench;
  }

  test('is looked at anew when a person decided about it, and shows what is so', async () => {
    const bench = await waiting({ otherLot: false });
    const { opened } = bench;
    bench.orders.lookAfresh(null);
    bench.views.look(SLOT);
    await bench.pass(1_000);
    expect(bench.opened).toBe(opened + 1);
    expect(bench.view).toMatchObject({ state: 'held', code: 'LOT_HELD', hwid: A });
  });

  test.each([false, true])(
    'answers a question, and its port is not opened again for that (of another lot: %s)',
    async (otherLot) => {
      const bench = await waiting({ otherLot });
      const { opened } = bench;
      const answered = challenge({ ...bench, slot: SLOT, ask: (driver) => driver.prove(new Uint8Array()) });
      await bench.pass(50);
      await expect(answered).resolves.toMatchObject({ slot: SLOT, answer: PROOF });
      expect(bench.opened - opened).toBeLessThanOrEqual(1);
    },
  );

  test('goes on within a second of its release', async () => {
    const bench = await waiting({ otherLot: false });
    bench.released = true;
    await bench.pass(1_600);
    expect(bench.jobs).toEqual([{ hwid: A, leave: false }]);
  });
});

test('a slot that is switched off lets go of its board and opens no port', async () => {
  const bench = await failed(A);
  const seen = bench.view;
  expect(bench.press(seen, 'switch-off')).toMatchObject({ state: 'off', offReason: 'worn-pin', hwid: null });
  const { opened } = bench;
  await bench.pass(5_000);
  expect(bench.opened).toBe(opened);
  expect(bench.view).toMatchObject({ state: 'off', actions: ['switch-on'] });
  expect(bench.press(bench.view, 'switch-on')).toMatchObject({ state: 'empty', offReason: null });
  expect(() => bench.press(seen, 'switch-off')).toThrow(expect.objectContaining({ code: 'SLOT_CHANGED' }));
});

test('a reason belongs to switching off, and only there', async () => {
  const bench = await failed(A);
  const { sinceMs } = bench.view;
  for (const order of [
    { command: 'switch-off', reason: null },
    { command: 'try-again', reason: 'worn-pin' },
  ] as const) {
    const told = () => bench.desk.take('linh', { slot: SLOT, sinceMs, ...order });
    expect(told).toThrow(expect.objectContaining({ code: 'MESSAGE_INVALID' }));
  }
});

type Move =
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'put'; readonly board: string | null }
  | { readonly do: 'see' }
  | { readonly do: 'press'; readonly which: number };

test('a port that is busy keeps its card while the slot tries again, and an order given meanwhile is over with it', async () => {
  const bench = new Bench();
  bench.busy = true;
  bench.board = A;
  await bench.pass(200);
  const { view } = bench;
  expect(view).toMatchObject({ state: 'needs-you', code: 'PORT_BUSY', actions: ['try-again', 'switch-off'] });
  await bench.pass(850);
  expect(bench.view).toEqual(view);
  bench.press(view, 'try-again');
  bench.busy = false;
  await bench.pass(600);
  expect(bench.view).toMatchObject({ state: 'failed', hwid: A });
  // The board's own card is not looked at anew by an order that was meant for the port's.
  expect(bench.opened).toBe(1);
});

const anyMove: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(10, 30, 60, 400, 1_100) }),
  fc.record({ do: fc.constant('put' as const), board: fc.constantFrom(null, A, B, B) }),
  fc.record({ do: fc.constant('see' as const) }),
  fc.record({ do: fc.constant('press' as const), which: fc.constantFrom(0, 0, 0, 1) }),
);

/** Somebody looks, then presses what was offered; the world moves on in between. */
async function play(moves: readonly Move[]): Promise<void> {
  const bench = await failed(A);
  const leaves = new Map<string, number>();
  let seen = bench.view;
  /** Ports opened when the slot was switched off. */
  let offAt: number | null = null;
  for (const move of moves) {
    if (move.do === 'pass') await bench.pass(move.ms);
    if (move.do === 'put') bench.board = move.board;
    if (move.do === 'see') seen = bench.view;
    if (offAt !== null) expect([bench.view.state, bench.opened]).toEqual(['off', offAt]);
    const command = move.do === 'press' ? seen.actions[move.which] : undefined;
    if (!command || command === 'switch-on' || seen.state === 'working') continue;
    const now = bench.view;
    if (!taken(() => bench.press(seen, command))) continue;
    // What is taken was meant for the very card that the slot shows.
    expect(now).toEqual(seen);
    if (command === 'try-again' && seen.hwid) leaves.set(seen.hwid, (leaves.get(seen.hwid) ?? 0) + 1);
    if (command === 'switch-off') offAt = bench.opened;
  }
  await bench.pass(1_500);
  for (const hwid of [A, B]) {
    const jobs = bench.jobs.filter((job) => job.hwid === hwid);
    expect(jobs.length).toBeLessThanOrEqual(MAX_ATTEMPTS);
    expect(jobs.filter(({ leave }) => leave).length).toBeLessThanOrEqual(leaves.get(hwid) ?? 0);
  }
}

function taken(press: () => void): boolean {
  try {
    press();
    return true;
  } catch (error) {
    if (error instanceof KeylineError) return false;
    throw error;
  }
}

test('a command that arrives while the slot moves on never meets the next board', async () => {
  const moves = fc.array(anyMove, { minLength: 4, maxLength: 40 });
  await fc.assert(fc.asyncProperty(moves, play), { numRuns: 200 });
});
