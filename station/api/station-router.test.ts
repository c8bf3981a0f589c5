// The API at a screen: each call goes through the rights, then through its format, then to the station, as its actor.
import { createRouterClient } from '@orpc/server';
import { beforeEach, describe, expect, test } from 'vitest';
import { KeylineError } from '../../domain/errors.ts';
import type { PersonView } from '../../domain/person.ts';
import { liveStation, lotDraft } from '../../test/samples/live-station.ts';
import { lotView, personView, slotView, stationFacts } from '../../test/samples/station-views.ts';
import { MOST_STREAMS } from './event-queue.ts';
import { fromWire } from './keyline-wire.ts';
import type { LiveStation } from './live-station.ts';
import { stationRouter } from './station-router.ts';

let person: PersonView | null;
let bugs: unknown[];
let misread: unknown[];
/** Who did what. */
let done: string[];

beforeEach(() => {
  person = personView({ role: 'supervisor' });
  bugs = [];
  misread = [];
  done = [];
});

const note = (what: string) => (actorId: string) => void done.push(`${actorId} ${what}`);

function screen(change: Partial<LiveStation> = {}) {
  const sample = liveStation();
  const station = liveStation({
    facts: () => stationFacts({ person }),
    commandLot(actorId, { command }) {
      note(command)(actorId);
      return lotView();
    },
    commandSlot(actorId, { command }) {
      note(command)(actorId);
      return slotView();
    },
    lots: {
      ...sample.lots,
      release(actorId) {
        note('releases')(actorId);
        return lotView();
      },
    },
    ...change,
  });
  const router = stationRouter(station, { bug: (bug) => bugs.push(bug), misread: (call) => misread.push(call) });
  return createRouterClient(router, { context: { caller: 'screen' } });
}

async function refusal(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => 'nothing was refused',
    (cause: unknown) => fromWire(cause),
  );
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

const pause = { lotId: 'WO-1', command: 'hold', because: null, writeOff: false } as const;

describe('a call from a screen', () => {
  test('is recorded for the person who is signed in', async () => {
    const api = screen();
    await api.lot.command(pause);
    await api.lots.release(lotDraft());
    await api.slot.command({ slot: '1', command: 'switch-off', reason: 'worn-pin', sinceMs: 0 });
    const { personId } = personView();
    expect(done).toEqual([`${personId} hold`, `${personId} releases`, `${personId} switch-off`]);
  });

  test('is refused before the station hears of it when nobody is signed in, or the role is too low', async () => {
    const api = screen();
    person = null;
    expect(await refusal(api.lot.command(pause))).toBe('NOT_SIGNED_IN');
    person = personView({ role: 'technician' });
    expect(await refusal(api.lots.release(lotDraft()))).toBe('NOT_ALLOWED');
    expect(await refusal(api.signing.unlock({ passphrase: 'p' }))).toBe('NOT_ALLOWED');
    expect(done).toEqual([]);
    expect(bugs).toEqual([]);
  });

  test('that is allowed is read by its format all the same', async () => {
    const api = screen();
    person = personView({ role: 'security-officer' });
    const wrong = [
      api.lots.saveDraft({ ...lotDraft(), quantity: 0 }),
      api.lots.saveDraft({ ...lotDraft(), orderId: 'x'.repeat(65) }),
      api.bench.set({ ports: '/dev', slots: 65 }),
      api.bench.setPixel({ pixelMm: 5 }),
      api.people.add({ name: ' Linh', role: 'technician', badge: null, pin: '1234' }),
      api.people.add({ name: 'Linh', role: 'technician', badge: null, pin: '12' }),
      api.people.signIn({ personId: 'me', pin: '1234' }),
      api.signing.unlock({ passphrase: '' }),
    ];
    for (const call of wrong) expect(await refusal(call)).toBe('MESSAGE_INVALID');
    expect(bugs).toEqual([]);
    // Which call it was is told to the log, and nothing of what it held.
    expect(misread.join(' ')).toMatch(
      /^(?:(?:lots.saveDraft|bench.set|bench.setPixel|people.add|people.signIn|signing.unlock) ?){8}$/,
    );
  });

  test('that watches is one of few: a page that opens streams without end is refused, and one that closed makes room', async () => {
    const listeners = new Set<unknown>();
    const api = screen({
      watch(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    });
    const leaving = new AbortController();
    await api.events(undefined, { signal: leaving.signal });
    for (let each = 1; each < MOST_STREAMS; each++) await api.events();
    expect(await refusal(api.events())).toBe('WATCHER_SLOW');
    expect(listeners.size).toBe(MOST_STREAMS);
    leaving.abort();
    await api.events();
    expect(await refusal(api.events())).toBe('WATCHER_SLOW');
    expect(listeners.size).toBe(MOST_STREAMS);
  });

  test('answers with how the station stands after it', async () => {
    person = null;
    const api = screen({
      people: {
        ...liveStation().people,
        async signIn() {
          person = personView({ name: 'María Ríos' });
        },
      },
    });
    const facts = await api.people.signIn({ badge: 'KL-0001' });
    expect(facts.person?.name).toBe('María Ríos');
  });
});

describe('the close of a lot at a screen', () => {
  const close = { lotId: 'WO-1', command: 'close', because: null, writeOff: false } as const;

  test('takes the PIN of whoever is signed in, and without it closes nothing', async () => {
    const people = {
      ...liveStation().people,
      async confirm(actorId: string, pin: string | null) {
        note(`confirms ${pin}`)(actorId);
        if (pin !== '4711') throw new KeylineError('PIN_WRONG');
      },
    };
    const { lot, lotPage } = screen({ people });
    expect(await refusal(lot.command(close))).toBe('PIN_NEEDED');
    expect(await refusal(lotPage.close({ lotId: 'WO-1', pin: '1234', writeOff: false }))).toBe('PIN_WRONG');
    const { personId } = personView();
    expect(done).toEqual([`${personId} confirms 1234`]);
    await lotPage.close({ lotId: 'WO-1', pin: '4711', writeOff: false });
    expect(done.slice(1)).toEqual([`${personId} confirms 4711`, `${personId} close`]);
  });

  test('is not for a technician', async () => {
    person = personView();
    expect(await refusal(screen().lotPage.close({ lotId: 'WO-1', pin: '4711', writeOff: false }))).toBe('NOT_ALLOWED');
  });
});
