import { describe, expect, test } from 'vitest';
import { NOW_MS, outboxState, syncView } from '../../test/samples/station-views.ts';
import { syncSentence } from './sync-sentence.ts';

const counts = { made: 10, registered: 6, waiting: 3, refused: 1 };
const history = (...points: number[]) => ({ fromMs: NOW_MS - 600_000 * (points.length - 1), stepMs: 600_000, points });

describe('the first line', () => {
  test('says stop where the equation does not hold, whatever else is true', () => {
    const sync = syncView({ ...counts, made: 11, online: true });
    expect(syncSentence(sync, outboxState({ stoppedBy: 'STATION_FORKED' }))).toEqual({
      ...{ kind: 'trouble', made: 11, found: 10 },
    });
  });

  test.each([
    ['a fork', { stoppedBy: 'STATION_FORKED' } as const, true, 'stopped'],
    ['no cloud', { link: 'none' } as const, null, 'none'],
    ['a locked key', { link: 'locked' } as const, null, 'locked'],
    ['a cloud that is away', { lostMs: NOW_MS } as const, false, 'offline'],
    ['a queue', {}, true, 'sending'],
  ])('is of %s', (_, state, online, kind) => {
    expect(syncSentence(syncView({ ...counts, online }), outboxState(state)).kind).toBe(kind);
  });

  test('says since when the cloud is away, and before the station has answered only that it is', () => {
    const sync = syncView({ ...counts, online: false });
    expect(syncSentence(sync, outboxState({ lostMs: 5 }))).toEqual({ kind: 'offline', sinceMs: 5 });
    expect(syncSentence(sync, null)).toEqual({ kind: 'offline', sinceMs: null });
  });

  test('counts a queue from when the cloud came back, and no more once it was empty', () => {
    const sync = syncView({ ...counts, online: true, drainMs: 60_000 });
    const back = { reachedMs: NOW_MS - 1_500_000, sentSinceReached: 40 };
    expect(syncSentence(sync, outboxState({ ...back, history: history(90, 60, 30, 3) }))).toEqual({
      ...{ kind: 'sending', run: { sent: 40, of: 43 }, leftMs: 60_000 },
    });
    expect(syncSentence(sync, outboxState({ ...back, history: history(90, 60, 0, 3) }))).toMatchObject({ run: null });
    expect(syncSentence(sync, outboxState({ history: history(90, 60, 30, 3) }))).toMatchObject({ run: null });
  });

  test('says when the last one was sent when nothing waits', () => {
    const sync = syncView({ made: 7, registered: 6, waiting: 0, refused: 1, online: true });
    expect(syncSentence(sync, outboxState({ lastSentMs: 9 }))).toEqual({ kind: 'done', lastSentMs: 9 });
  });
});
