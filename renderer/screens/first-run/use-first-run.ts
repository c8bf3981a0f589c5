// What the first run remembers while the window stands: steps, lessons, and whether the person keeps practising. A window
// that is loaded again begins anew, and loses nothing recorded.
import { useEffect, useReducer, useState } from 'react';
import type { StationView } from '../../view-state/station-view.ts';
import { type LessonEvent, type Lessons, lessonsAfter, NO_LESSONS } from './lessons.ts';
import { FIRST, type FirstRunAct, type FirstRunState, firstRunAfter } from './steps.ts';

export interface FirstRunMemory {
  readonly state: FirstRunState;
  readonly act: (act: FirstRunAct) => void;
  readonly lessons: Lessons;
  readonly learn: (event: LessonEvent) => void;
  /** The Line is open on the practice bench, the steps wait. */
  readonly practising: boolean;
  readonly practise: (on: boolean) => void;
  /** The station is made, and the window goes over to it. */
  readonly leaving: boolean;
  readonly leave: () => void;
}

export function useFirstRun(view: StationView | null): FirstRunMemory {
  const [state, act] = useReducer(firstRunAfter, FIRST);
  const [lessons, learn] = useReducer(lessonsAfter, NO_LESSONS);
  const [practising, practise] = useState(false);
  const [leaving, setLeaving] = useState(false);
  // It has arrived: practice that is opened later is no leave any more.
  if (leaving && view?.practice === false) setLeaving(false);
  const slots = view?.practice ? view.slots : null;
  useEffect(() => {
    if (slots !== null) learn({ type: 'slots', slots });
  }, [slots]);
  return { state, act, lessons, learn, practising, practise, leaving, leave: () => setLeaving(true) };
}
