import { describe, expect, test } from 'vitest';
import type { StationStatus } from '../../contract/station-api.ts';
import type { SlotView } from '../../domain/station-event.ts';
import { labelsView, NOW_MS, slotView, stationStatus } from '../../test/samples/station-views.ts';
import { type Announced, announced } from './announcement.ts';
import { viewOf } from './station-view.ts';

const silent = { state: 'failed', code: 'NO_ANSWER' } as const;
const working = { state: 'working' } as const;
const labels = labelsView({ waiting: 1, trouble: { code: 'LABELS_EMPTY', sinceMs: NOW_MS } });
const mismatch = { slot: '1', expected: 'S-1', read: 'S-2', code: 'SERIAL_USED', sinceMs: NOW_MS } as const;

type Moment = readonly [slots: readonly Partial<SlotView>[], change?: Partial<StationStatus>];

/** What is said at each moment: its turn, and the sentences by what they are of. */
function saidAt(...moments: readonly Moment[]) {
  let before: Announced | null = null;
  return moments.map(([slots, change]) => {
    const named = slots.map((slot, index) => slotView({ slot: String(index + 1), ...slot }));
    before = announced(before, viewOf(stationStatus({ slots: named, ...change })));
    const of = before.sentences.map((sentence) =>
      'slots' in sentence ? sentence.slots : `${sentence.card.slot ?? 'line'} ${sentence.card.code}`,
    );
    return [before.turn, ...of];
  });
}

describe('the Line says', () => {
  test('nothing of what was there at first sight', () => {
    expect(saidAt([[silent]])).toEqual([[0]]);
  });

  test('the same failure of the same slot again, and nothing in between', () => {
    const again = ['1 NO_ANSWER'];
    expect(saidAt([[working]], [[silent]], [[working]], [[silent]], [[silent]])).toEqual([
      ...[[0], [1, ...again], [1, ...again], [2, ...again]],
      [2, ...again],
    ]);
  });

  test('several boards at once as one sentence', () => {
    expect(saidAt([[{}, {}]], [[silent, silent]])[1]).toEqual([1, ['1', '2']]);
  });

  test('that it stopped, by itself, and counts the boards alone', () => {
    const stop = { stoppedBy: 'SIGNER_UNREACHABLE' } as const;
    expect(saidAt([[{}, {}]], [[silent, {}], stop])[1]).toEqual([1, 'line SIGNER_UNREACHABLE', '1 NO_ANSWER']);
    expect(saidAt([[{}, {}]], [[silent, silent], stop])[1]).toEqual([1, 'line SIGNER_UNREACHABLE', ['1', '2']]);
  });

  test('labels that wait by themselves, never as a board', () => {
    expect(saidAt([[{}]], [[silent], { labels }])[1]).toEqual([1, '1 NO_ANSWER', 'line LABELS_EMPTY']);
  });

  test('both cards of one board, and counts it once', () => {
    const both = { labels: labelsView({ mismatch }) };
    expect(saidAt([[{}]], [[silent], both])[1]).toEqual([1, '1 NO_ANSWER', '1 SERIAL_USED']);
    expect(saidAt([[{}, {}]], [[silent, silent], both])[1]).toEqual([1, ['1', '2']]);
  });
});
