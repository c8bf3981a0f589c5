import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { APART_MS, CUES, CUES_IN_ORDER, type Cue, GAP_MS } from './cues.ts';
import { ask, calm, SILENCE, type SoundPlan, turn } from './sound-plan.ts';

interface Sounded {
  readonly cue: Cue;
  readonly atMs: number;
}

type Happens = readonly [atMs: number, change: (plan: SoundPlan, nowMs: number) => SoundPlan];

const asks = (cue: Cue) => (plan: SoundPlan, nowMs: number) => ask(plan, cue, nowMs);

/** Lets time run as the timer does: at each change and each waking. */
function run(happens: readonly Happens[]): Sounded[] {
  const sounded: Sounded[] = [];
  let plan = SILENCE;
  const goUntil = (nowMs: number, endMs: number) => {
    for (let atMs: number | null = nowMs; atMs !== null && atMs <= endMs; ) {
      const next = turn(plan, atMs);
      plan = next.plan;
      if (next.play !== null) sounded.push({ cue: next.play, atMs });
      atMs = next.wakeMs;
    }
  };
  for (const [index, [atMs, change]] of happens.entries()) {
    plan = change(plan, atMs);
    goUntil(atMs, (happens[index + 1]?.[0] ?? Number.POSITIVE_INFINITY) - 1);
  }
  return sounded;
}

const script = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 120_000 }), fc.constantFrom(...CUES_IN_ORDER), fc.boolean()), {
    maxLength: 40,
  })
  .map((all) =>
    all
      .toSorted(([a], [b]) => a - b)
      .map(([atMs, cue, isAsk]): Happens => [atMs, isAsk ? asks(cue) : (plan) => calm(plan, cue)]),
  );

describe('sounds', () => {
  test('come one at a time, 1.5 s apart, whatever happens', () => {
    fc.assert(
      fc.property(script, (happens) => {
        const times = run(happens).map(({ atMs }) => atMs);
        for (const [index, atMs] of times.entries())
          if (index > 0) expect(atMs - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(APART_MS);
      }),
    );
  });

  test('end by themselves, at most a minute after the last cause', () => {
    fc.assert(
      fc.property(script, (happens) => {
        const lastMs = happens.at(-1)?.[0] ?? 0;
        const most = lastMs + 60_000 + CUES_IN_ORDER.length * APART_MS;
        expect(run(happens).every(({ atMs }) => atMs <= most)).toBe(true);
      }),
    );
  });

  test('of one moment come the most pressing first, and no weaker one that has gone stale', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...CUES_IN_ORDER], { minLength: 1 }), (cues) => {
        const sounded = run(cues.map((cue) => [0, asks(cue)])).filter(({ atMs }) => atMs < 9_000);
        const order = sounded.map(({ cue }) => CUES_IN_ORDER.indexOf(cue));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        for (const { cue, atMs } of sounded) expect(atMs).toBeLessThanOrEqual(CUES[cue].staleAfterMs);
      }),
    );
  });

  test('for a board that needs someone come again after 20 s and 40 s, then never', () => {
    expect(run([[0, asks('needs-you')]]).map(({ atMs }) => atMs)).toEqual([0, 20_000, 40_000]);
  });

  test('for a stopped line come every 10 s for less than a minute', () => {
    const times = run([[0, asks('line-stopped')]]).map(({ atMs }) => atMs);
    expect(times).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000]);
  });

  test('for a stopped line end when it is touched', () => {
    const times = run([
      [0, asks('line-stopped')],
      [15_000, (plan) => calm(plan, 'line-stopped')],
    ]);
    expect(times.map(({ atMs }) => atMs)).toEqual([0, 10_000]);
  });

  test('for a board that failed come once', () => {
    expect(run([[0, asks('failed')]])).toEqual([{ cue: 'failed', atMs: 0 }]);
  });

  test('are each over before the next may start', () => {
    for (const cue of CUES_IN_ORDER) {
      const lengthMs = CUES[cue].tones.reduce((sum, tone) => sum + tone.lengthMs + GAP_MS, 0);
      expect(lengthMs).toBeLessThan(APART_MS);
    }
  });

  test('have their energy where ear protection spares it', () => {
    const tones = CUES_IN_ORDER.flatMap((cue) => CUES[cue].tones.flatMap(({ fromHz, toHz }) => [fromHz, toHz]));
    expect(Math.min(...tones)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...tones)).toBeLessThanOrEqual(1_500);
  });
});
