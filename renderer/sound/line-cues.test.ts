import { describe, expect, test } from 'vitest';
import type { StationStatus } from '../../contract/station-api.ts';
import type { SlotView } from '../../domain/station-event.ts';
import { labelsView, NOW_MS, slotView, stationFacts, stationStatus } from '../../test/samples/station-views.ts';
import { viewOf } from '../view-state/station-view.ts';
import { type Heard, listen } from './line-cues.ts';

type Moment = readonly Partial<SlotView>[];

function lineOf(slots: Moment, change: Partial<StationStatus> = {}) {
  return viewOf(
    stationStatus({ slots: slots.map((slot, index) => slotView({ slot: String(index + 1), ...slot })), ...change }),
  );
}

/** Cues of each moment after the first sight. */
function cuesOf(...moments: readonly ReturnType<typeof lineOf>[]) {
  let heard: Heard | null = null;
  return moments
    .map((view) => {
      const change = listen(heard, view);
      heard = change.heard;
      return change.cues;
    })
    .slice(1);
}

const EIGHT_EMPTY: Moment = Array.from({ length: 8 }, () => ({}));
const failed = { state: 'failed', code: 'NO_ANSWER' } as const;
const fixture = { rows: 2, columns: 4 };
const trouble = { code: 'LABELS_EMPTY', sinceMs: NOW_MS } as const;
const mismatch = { slot: null, expected: 'S-1', read: 'S-1', code: 'LABEL_UNREAD', sinceMs: NOW_MS } as const;
const needs = { state: 'needs-you', code: 'ALREADY_DONE' } as const;

describe('the Line', () => {
  test('is silent at first sight, whatever it shows, and at a sight that says the same', () => {
    const full = lineOf([failed, needs, { state: 'passed' }], { stoppedBy: 'SIGNER_LOCKED' });
    expect(listen(null, full).cues).toEqual([]);
    expect(cuesOf(full, full)).toEqual([[]]);
  });

  test('sounds once for a board that failed, also when it is tried again and fails again', () => {
    const board = { hwid: '00112233aabb' };
    const moments = [{}, { state: 'working' }, failed, { state: 'working' }, failed] as const;
    const cues = cuesOf(...moments.map((slot) => lineOf([{ ...board, ...slot }, ...EIGHT_EMPTY])));
    expect(cues).toEqual([[], ['failed'], [], []]);
  });

  test('sounds again for the next board that fails in the same slot', () => {
    const moments = [{}, failed, {}, failed].map((slot) => lineOf([slot, ...EIGHT_EMPTY]));
    expect(cuesOf(...moments)).toEqual([['failed'], [], ['failed']]);
  });

  test('sounds for a board that needs someone', () => {
    expect(cuesOf(lineOf(EIGHT_EMPTY), lineOf([needs, ...EIGHT_EMPTY.slice(1)]))).toEqual([['needs-you']]);
  });

  test('sounds when it stops', () => {
    expect(cuesOf(lineOf([]), lineOf([], { stoppedBy: 'SIGNER_UNREACHABLE' }))).toEqual([['line-stopped']]);
  });

  test('sounds for a board that passed with four slots, and not with eight', () => {
    const four = [{}, {}, {}, {}];
    expect(cuesOf(lineOf(four), lineOf([{ state: 'passed' }, {}, {}, {}]))).toEqual([['passed']]);
    expect(cuesOf(lineOf(EIGHT_EMPTY), lineOf([{ state: 'passed' }, ...EIGHT_EMPTY.slice(1)]))).toEqual([[]]);
  });

  test('sounds when the last slot of a fixture is done, and a slot that is off keeps it from nothing', () => {
    const others: Moment = [{ state: 'passed' }, needs, failed, { state: 'off' }, { state: 'passed' }];
    const at = (state: SlotView['state']) => lineOf([{ state }, ...others]);
    expect(cuesOf(at('working'), at('passed'), at('passed'))).toEqual([['fixture-finished'], []]);
  });

  test('has nothing to repeat once nobody is needed', () => {
    expect(listen(null, lineOf(EIGHT_EMPTY)).over).toEqual(['line-stopped', 'needs-you']);
    expect(listen(null, lineOf([needs], { stoppedBy: 'SIGNER_LOCKED' })).over).toEqual([]);
  });

  test.each([
    ['labels wait for a printer', { labels: labelsView({ waiting: 1, trouble }) }],
    ['a label was read on the wrong board', { labels: labelsView({ mismatch }) }],
    ['a port is not known', { facts: stationFacts({ unknownPorts: ['1-4.2'] }) }],
  ] as const)('repeats that it needs someone while %s, though every slot is well', (_, change) => {
    const [before, after] = [lineOf(EIGHT_EMPTY), lineOf(EIGHT_EMPTY, change)];
    expect(cuesOf(before, after)).toEqual([['needs-you']]);
    expect(listen(null, after).over).toEqual(['line-stopped']);
  });

  test('sounds when a taught fixture is done, while the next one works on', () => {
    const facts = stationFacts({ fixtures: [fixture, fixture] });
    const at = (state: SlotView['state']): Moment => [
      ...Array.from({ length: 7 }, () => ({ state: 'passed' as const })),
      { state },
      ...Array.from({ length: 8 }, () => ({ state: 'working' as const })),
    ];
    const [working, passed] = [at('working'), at('passed')];
    expect(cuesOf(lineOf(working, { facts }), lineOf(passed, { facts }))).toEqual([['fixture-finished']]);
    expect(cuesOf(lineOf(working), lineOf(passed))).toEqual([[]]);
  });
});
