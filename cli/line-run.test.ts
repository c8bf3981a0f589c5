import { describe, expect, it } from 'vitest';
import type { LotView, SlotView, StationEvent } from '../domain/station-event.ts';
import { lotView, slotView } from '../test/samples/station-views.ts';
import { newsOf } from './line-progress.ts';
import { LineFold } from './line-run.ts';
import { lotText, slotText, syncText } from './line-text.ts';

const NONE = { passed: 0, failed: 0, errored: 0, aborted: 0, running: 0, signatures: 0 };
const LOT = lotView({ lotId: 'L-1', quantity: 2, spare: 1, ...NONE });
const FULL: LotView = { ...LOT, passed: 2, signatures: 2 };

const slot = (name: string, change: Partial<SlotView>): SlotView => slotView({ slot: name, ...change });

const changed = (view: SlotView): StationEvent => ({ type: 'slot-changed', slot: view });
const lotIs = (lot: LotView): StationEvent => ({ type: 'lot-changed', lot, current: true });

async function isOver(fold: LineFold): Promise<boolean> {
  return Promise.race([fold.full.then(() => true), new Promise<boolean>((resolve) => setImmediate(resolve, false))]);
}

describe('a line', () => {
  it.each<[string, LotView, SlotView[], boolean]>([
    ['is over when the lot is full and its boards are done', FULL, [slot('1', { state: 'passed' })], true],
    ['is over when every board was done before', FULL, [slot('1', { state: 'needs-you', code: 'DONE_TODAY' })], true],
    ['is over when no signature is left', { ...LOT, passed: 1, failed: 2, signatures: 3 }, [], true],
    ['is over when the lot is closed', { ...LOT, state: 'closed' }, [], true],
    ['goes on while boards may come', LOT, [slot('1', { state: 'passed' })], false],
    ['goes on while the lot is held', { ...LOT, state: 'held' }, [], false],
    ['goes on while the last signature is in work', { ...LOT, passed: 1, signatures: 3, running: 1 }, [], false],
    ['goes on while a slot looks', FULL, [slot('1', { state: 'looking' })], false],
    ['goes on while a board is in work', FULL, [slot('1', { state: 'working' })], false],
    ['goes on while a board locks', FULL, [slot('1', { state: 'locking' })], false],
    ['goes on while a slot is about to look', FULL, [slot('1', { state: 'held' })], false],
  ])('%s', async (_, lot, slots, over) => {
    const fold = new LineFold();
    fold.begin({ slots, lot });
    expect(await isOver(fold)).toBe(over);
  });

  it('ends with the event that gives the last answer', async () => {
    const fold = new LineFold();
    fold.begin({ slots: [slot('1', { state: 'held' }), slot('2', { state: 'held' })], lot: LOT });
    for (const event of [changed(slot('1', { state: 'passed' })), lotIs(FULL)]) fold.add(event);
    expect(await isOver(fold)).toBe(false);
    fold.add(changed(slot('2', { state: 'needs-you', code: 'DONE_TODAY' })));
    expect(await isOver(fold)).toBe(true);
  });

  it('whose lot was full before is not over until its slots were looked at', async () => {
    const fold = new LineFold();
    fold.add(lotIs(FULL));
    expect(await isOver(fold)).toBe(false);
    fold.begin({ slots: [slot('1', { state: 'needs-you', code: 'DONE_TODAY' })], lot: FULL });
    expect(await isOver(fold)).toBe(true);
  });

  it('that lets go of its slots leaves each board its answer', () => {
    const fold = new LineFold();
    fold.begin({ slots: [slot('1', { state: 'passed' }), slot('2', { state: 'working' })], lot: LOT });
    fold.lettingGo = true;
    for (const view of [slot('1', {}), slot('2', { state: 'passed' }), slot('2', {})]) fold.add(changed(view));
    expect(fold.slots().map(({ state }) => state)).toEqual(['passed', 'passed']);
  });

  it('whose lot is closed leaves each board its answer', () => {
    const fold = new LineFold();
    fold.begin({ slots: [slot('1', { state: 'passed' })], lot: LOT });
    fold.add({ type: 'lot-changed', lot: { ...LOT, lotId: 'OTHER', state: 'closed' }, current: false });
    expect(fold.lettingGo).toBe(false);
    fold.add({ type: 'lot-changed', lot: { ...LOT, state: 'closed' }, current: true });
    fold.add(changed(slot('1', {})));
    expect(fold.slots().map(({ state }) => state)).toEqual(['passed']);
  });

  it('keeps what came before the first whole state', () => {
    const fold = new LineFold();
    fold.add(changed(slot('10', { state: 'working' })));
    fold.begin({ slots: [slot('10', {}), slot('2', {})], lot: LOT });
    expect(fold.slots().map((view) => [view.slot, view.state])).toEqual([
      ['2', 'empty'],
      ['10', 'working'],
    ]);
  });
});

describe('what people read', () => {
  it.each<[Partial<SlotView>, string]>([
    [{}, 'Slot  1  Insert board'],
    [{ state: 'looking' }, 'Slot  1  Looking'],
    [{ state: 'working', stage: 'firmware', share: 0.647, deviceSerial: 'AQ-0001' }, 'Slot  1  Firmware 64 %  AQ-0001'],
    [{ state: 'working', stage: 'key', attempt: 2 }, 'Slot  1  Key, try 2'],
    [{ state: 'locking', stage: 'lock' }, 'Slot  1  Locking. Do not remove'],
    [{ state: 'passed', deviceSerial: 'AQ-0001', hwid: '4b28b441b958b583' }, 'Slot  1  Passed. Take out  AQ-0001'],
    [
      { state: 'failed', code: 'WEAK_ENTROPY', hwid: '4b28b441b958b583' },
      "Slot  1  Weak key source  4b28b441b958b583  The board's random source failed its test. Never ship this board. Red bin.",
    ],
    [{ state: 'off' }, 'Slot  1  Switched off'],
  ])('%j', (view, text) => {
    expect(slotText(slot('1', view))).toBe(text);
  });

  it('a lot says what became of its boards and why it is held', () => {
    expect(lotText({ ...LOT, state: 'held', heldBecause: 'NO_ANSWER 3 times in a row', failed: 3, running: 1 })).toBe(
      'Lot L-1 held (No answer 3 times in a row): 0 of 2 passed, 3 failed, 1 in work.',
    );
  });

  it('offline is normal and counted', () => {
    const sync = {
      made: 5,
      registered: 2,
      waiting: 3,
      refused: 0,
      voidsWaiting: 0,
      notCopied: 0,
      drainMs: null,
      online: false,
    };
    const said = '5 made = 2 registered + 3 waiting + 0 refused. Offline. All saved on this station.';
    expect(syncText(sync)).toBe(said);
    expect(syncText({ ...sync, online: true, drainMs: 61_000 })).toMatch(/Online\. 2 minutes left\.$/);
    expect(syncText({ ...sync, notCopied: 3 })).toBe(`${said} 3 only on this disk.`);
  });

  it('progress is silent, answers are not', () => {
    expect(newsOf(changed(slot('1', { state: 'working', stage: 'firmware', share: 0.5 })))).toBeNull();
    expect(newsOf(changed(slot('1', { state: 'passed' })))).toBe('Slot  1  Passed. Take out');
    expect(newsOf(lotIs(LOT))).toBeNull();
    expect(newsOf(lotIs({ ...LOT, state: 'held' }))).toContain('held');
    expect(newsOf({ type: 'line-changed', running: true, stoppedBy: 'DISK_LOW' })).toContain('no room for more boards');
  });
});
