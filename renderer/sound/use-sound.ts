// The ear's side of the app: turns what changed on the Line, and each scan, into sounds at their times.
import { useCallback, useEffect, useRef } from 'react';
import { useLastScan } from '../scanner/use-scans.ts';
import type { StationView } from '../view-state/station-view.ts';
import type { Cue } from './cues.ts';
import { type Heard, listen } from './line-cues.ts';
import { ask, calm, SILENCE, turn } from './sound-plan.ts';
import { sounder } from './sounder.ts';

/** `loudness` 0 to 1, the person's. The answer sounds a cue at once, for the ear to judge a level by. */
export function useSound(view: StationView | null, loudness: number): (cue: Cue, loudness: number) => void {
  const output = useRef(sounder());
  const plan = useRef(SILENCE);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const level = useRef(loudness);
  level.current = loudness;
  const go = useCallback(() => {
    clearTimeout(timer.current);
    const nowMs = performance.now();
    const next = turn(plan.current, nowMs);
    plan.current = next.plan;
    if (next.play !== null) output.current.play(next.play, level.current);
    if (next.wakeMs !== null) timer.current = setTimeout(go, next.wakeMs - nowMs);
  }, []);
  const heard = useRef<Heard | null>(null);
  useEffect(() => {
    if (view === null) {
      heard.current = null;
      plan.current = SILENCE;
      return go();
    }
    const change = listen(heard.current, view);
    heard.current = change.heard;
    for (const cue of change.over) plan.current = calm(plan.current, cue);
    for (const cue of change.cues) plan.current = ask(plan.current, cue, performance.now());
    go();
  }, [view, go]);
  const scan = useLastScan();
  useEffect(() => {
    if (scan === null) return;
    plan.current = ask(plan.current, scan.taken ? 'scan-taken' : 'scan-refused', performance.now());
    go();
  }, [scan, go]);
  useEffect(() => {
    const touched = () => {
      plan.current = calm(plan.current, 'line-stopped');
    };
    window.addEventListener('pointerdown', touched, true);
    window.addEventListener('keydown', touched, true);
    return () => {
      window.removeEventListener('pointerdown', touched, true);
      window.removeEventListener('keydown', touched, true);
      clearTimeout(timer.current);
    };
  }, []);
  return useCallback((cue, at) => output.current.play(cue, at), []);
}
