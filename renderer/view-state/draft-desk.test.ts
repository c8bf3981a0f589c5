import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Readiness, ReadyCheck } from '../../contract/lots-api.ts';
import { type DeskEvent, type DraftDesk, deskAfter, deskOf, dueOf, isCurrent, isStopped } from './draft-desk.ts';
import { BLANK } from './lot-draft.ts';

const START = {
  ...{ ...BLANK, orderId: 'WO-48291', quantity: '1200', firstSerial: '48291-0001' },
  lastSerial: '48291-1200',
};

function ready(change: Partial<Readiness> = {}, verdict: ReadyCheck['verdict'] = 'ok'): Readiness {
  return {
    checks: [{ check: 'line', verdict, code: verdict === 'ok' ? null : 'OTHER_LOT_RELEASED', facts: {} }],
    ...{ used: [], range: null, free: 1200, suggestedFirst: null, neededLast: '48291-1200', estimateMs: null },
    ...change,
  };
}

function told(desk: DraftDesk, ...events: DeskEvent[]): DraftDesk {
  return events.reduce(deskAfter, desk);
}

const typed = (quantity: string, nowMs = 0): DeskEvent => ({ type: 'typed', change: { quantity }, nowMs });
const checked = (asked: number, readiness = ready()): DeskEvent => ({ type: 'checked', asked, readiness });
const saved = (revision: number): DeskEvent => ({
  type: 'saved',
  revision,
  saved: { draft: { ...START, quantity: 1200, spare: 0, stopAfter: 3 }, savedMs: 1_000 },
});

describe('checks', () => {
  test('are asked at once for a page that opens', () => {
    expect(dueOf(deskOf(START), 0)).toMatchObject({ check: true });
  });

  test('are asked a few times a second at most while someone types', () => {
    let desk = deskOf(START);
    let asked = 0;
    for (let nowMs = 0; nowMs < 3_000; nowMs += 10) {
      desk = deskAfter(desk, typed(String(1000 + nowMs), nowMs));
      if (!dueOf(desk, nowMs).check) continue;
      asked++;
      desk = told(desk, { type: 'check-asked', nowMs }, checked(desk.wanted));
    }
    expect(asked).toBe(10);
  });

  test('are not asked twice at a time, nor for a draft that cannot be read', () => {
    const desk = deskAfter(deskOf(START), { type: 'check-asked', nowMs: 0 });
    expect(dueOf(deskAfter(desk, typed('7')), 60_000).check).toBe(false);
    expect(dueOf(deskAfter(deskOf(START), typed('seven')), 60_000)).toMatchObject({ check: false, save: false });
  });

  test('that come late never replace a newer answer, in whatever order they come', () => {
    const answers = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1 });
    fc.assert(
      fc.property(answers, (order) => {
        let desk = told(deskOf(START), ...Array.from({ length: 30 }, () => ({ type: 'look-again' }) as const));
        for (const asked of order) desk = deskAfter(desk, checked(asked, ready({ free: asked })));
        expect(desk.readiness?.free).toBe(Math.max(...order));
      }),
    );
  });

  test('of an older draft are not taken for the answer to this one', () => {
    const desk = told(deskOf(START), typed('1300'), checked(1));
    expect(isCurrent(desk)).toBe(false);
    expect(isCurrent(deskAfter(desk, checked(desk.wanted)))).toBe(true);
  });

  test('that the station refused are not asked again until something changes', () => {
    const refusal = { code: 'STATION_GONE', detail: '' };
    const desk = deskAfter(deskOf(START), { type: 'check-refused', asked: 1, refusal });
    expect(dueOf(desk, 60_000).check).toBe(false);
    expect(isStopped(desk)).toBe(true);
    expect(dueOf(deskAfter(desk, { type: 'look-again' }), 60_000).check).toBe(true);
  });
});

describe('the last serial', () => {
  test('follows first, quantity and scrap, and only the answer to the filled draft is shown', () => {
    const blank = deskAfter(deskOf({ ...START, lastSerial: '' }), checked(1, ready({}, 'stop')));
    expect(blank.typed.lastSerial).toBe('48291-1200');
    expect(blank.readiness).toBeNull();
    expect(dueOf(blank, 60_000).check).toBe(true);
    expect(isCurrent(deskAfter(blank, checked(blank.wanted)))).toBe(true);
  });

  test('that a person wrote stays', () => {
    const byHand = deskAfter(deskOf(START), { type: 'typed', change: { lastSerial: '48291-2000' }, nowMs: 0 });
    expect(deskAfter(byHand, checked(byHand.wanted)).typed.lastSerial).toBe('48291-2000');
  });

  test('that a person cleared is filled again', () => {
    const cleared = deskAfter(deskOf(START), { type: 'typed', change: { lastSerial: '' }, nowMs: 0 });
    expect(deskAfter(cleared, checked(cleared.wanted)).typed.lastSerial).toBe('48291-1200');
  });

  test('of a restored draft follows again when it is the one that was needed', () => {
    const restored = deskAfter(deskOf(START), checked(1));
    const grown = deskAfter(restored, typed('1300'));
    const answered = deskAfter(grown, checked(grown.wanted, ready({ neededLast: '48291-1300' })));
    expect(answered.typed.lastSerial).toBe('48291-1300');
    const longer = deskAfter(deskOf({ ...START, lastSerial: '48291-2000' }), checked(1));
    expect(longer.typed.lastSerial).toBe('48291-2000');
    expect(longer.lastByHand).toBe(true);
  });
});

describe('a draft', () => {
  test('is saved after a pause, and not before', () => {
    const desk = deskAfter(deskOf(START), typed('7', 1_000));
    expect(dueOf(desk, 1_799).save).toBe(false);
    expect(dueOf(desk, 1_800).save).toBe(true);
  });

  test('that changes while it is being saved is saved again', () => {
    const desk = told(deskOf(), typed('7'), { type: 'save-asked' }, typed('8'), saved(1));
    expect(desk.savedMs).toBe(1_000);
    expect(dueOf(desk, 60_000).save).toBe(true);
    expect(dueOf(deskAfter(desk, saved(2)), 60_000).save).toBe(false);
  });

  test('that was restored is saved already', () => {
    const draft = { ...START, quantity: 1200, spare: 0, stopAfter: 3 };
    expect(dueOf(deskOf(BLANK, { draft, savedMs: 5 }), 60_000).save).toBe(false);
  });
});

describe('a release', () => {
  const calm = deskAfter(deskOf(BLANK), checked(1, ready({ neededLast: null })));
  const want: DeskEvent = { type: 'release-wanted' };

  test('goes out once, however often it is touched', () => {
    const wanted = deskAfter(calm, want);
    expect(dueOf(wanted, 0).release).toBe(true);
    const asked = told(wanted, { type: 'release-asked' }, want, want);
    expect(dueOf(asked, 60_000)).toEqual({ check: false, save: false, release: false, waitMs: null });
    expect(told(asked, { type: 'released' }, want).release).toBe('done');
  });

  test('is not taken while an octagon stands', () => {
    const stopped = deskAfter(deskOf(BLANK), checked(1, ready({ neededLast: null }, 'stop')));
    expect(deskAfter(stopped, want).release).toBe('open');
    expect(deskAfter(deskAfter(calm, typed('none')), want).release).toBe('open');
  });

  test('waits for the answer about the draft as it stands, and gives way when that stops it', () => {
    const waiting = told(calm, typed('7'), want);
    expect(dueOf(waiting, 60_000)).toMatchObject({ release: false, check: true });
    expect(dueOf(deskAfter(waiting, checked(2, ready({ neededLast: null }))), 60_000).release).toBe(true);
    const stopped = deskAfter(waiting, checked(2, ready({ neededLast: null }, 'stop')));
    expect(stopped.release).toBe('open');
  });

  test('never leaves a draft behind: it waits for a save that is on its way, and starts none', () => {
    const saving = told(calm, typed('7'), { type: 'save-asked' }, want, checked(2, ready({ neededLast: null })));
    expect(dueOf(saving, 60_000)).toMatchObject({ release: false, save: false });
    expect(dueOf(deskAfter(saving, saved(1)), 60_000)).toMatchObject({ release: true, save: false });
  });

  test('that is refused may be touched again, and is checked anew', () => {
    const refusal = { code: 'OTHER_LOT_RELEASED', detail: 'WO-48213' };
    const back = told(calm, want, { type: 'release-asked' }, { type: 'release-refused', refusal });
    expect(back).toMatchObject({ release: 'open', refused: refusal });
    expect(dueOf(back, 60_000).check).toBe(true);
  });

  test('holds the page still while it is on its way', () => {
    const asked = told(calm, want, { type: 'release-asked' });
    expect(deskAfter(asked, typed('9')).typed.quantity).toBe('1');
  });
});
