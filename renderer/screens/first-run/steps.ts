// The seven steps of the first run (UX.md section 4.10): where a person is, what each step found, and what is still
// needed before the real line opens. Going back and forth forgets nothing.
import type { SetUp } from '../../../contract/bench-api.ts';
import type { NewPerson } from '../../../contract/people-api.ts';
import { FIRST_WIDTH_PX, pixelMmOf, resized } from './badge-outline.ts';

export const STEPS = ['language', 'screen', 'scanner', 'ports', 'signing', 'people', 'try'] as const;
export type Step = (typeof STEPS)[number];

/** Two scans prove speed and end key. */
export const SCANS_WANTED = 2;

/** As many as one set-up takes. */
const MOST_PEOPLE = 64;

export interface FirstRunState {
  readonly at: Step;
  /** Steps that were left forwards. */
  readonly left: readonly Step[];
  readonly outlinePx: number;
  /** The outline was said to fit. */
  readonly measured: boolean;
  /** Texts that came from the scanner, the first ones, as they may be shown. */
  readonly scans: readonly string[];
  readonly bench: SetUp['bench'];
  readonly people: readonly NewPerson[];
  /** Someone wanted to go on without an officer. */
  readonly officerAsked: boolean;
}

export type FirstRunAct =
  | { readonly type: 'go'; readonly to: Step }
  | { readonly type: 'next' }
  | { readonly type: 'back' }
  | { readonly type: 'resize'; readonly byPx: number }
  /** The outline fits, or (false) this step is to count for nothing. */
  | { readonly type: 'measure'; readonly fits: boolean }
  | { readonly type: 'scan'; readonly text: string }
  | { readonly type: 'bench'; readonly bench: SetUp['bench'] }
  | { readonly type: 'person'; readonly person: NewPerson }
  | { readonly type: 'forget'; readonly index: number }
  | { readonly type: 'ask-officer' }
  /** The station has the people now: their PINs and badges are not kept here any longer. */
  | { readonly type: 'made' };

export const FIRST: FirstRunState = {
  ...{ at: 'language', left: [], outlinePx: FIRST_WIDTH_PX, measured: false, scans: [], bench: null, people: [] },
  officerAsked: false,
};

export function firstRunAfter(state: FirstRunState, act: FirstRunAct): FirstRunState {
  switch (act.type) {
    case 'go':
      return { ...state, at: act.to };
    case 'next':
      return { ...state, at: beside(state.at, 1), left: [...new Set([...state.left, state.at])] };
    case 'back':
      return { ...state, at: beside(state.at, -1) };
    case 'resize':
      return { ...state, outlinePx: resized(state.outlinePx, act.byPx), measured: false };
    case 'measure':
      return { ...state, measured: act.fits };
    case 'scan':
      return state.scans.length < SCANS_WANTED ? { ...state, scans: [...state.scans, act.text] } : state;
    case 'bench':
      return { ...state, bench: act.bench };
    case 'person':
      return { ...state, people: peopleWith(state.people, act.person), officerAsked: false };
    case 'forget':
      return { ...state, people: state.people.filter((_, index) => index !== act.index) };
    case 'ask-officer':
      return { ...state, at: 'people', officerAsked: true };
    case 'made':
      return { ...state, people: [] };
  }
}

/** What a step is worth in the list of steps. */
export function worthOf(step: Step, state: FirstRunState): 'done' | 'skipped' | 'ahead' {
  if (isDone(step, state)) return 'done';
  return state.left.includes(step) ? 'skipped' : 'ahead';
}

/** What the real station is made with; null while the officer is missing. */
export function setUpOf({ measured, outlinePx, bench, people }: FirstRunState): SetUp | null {
  if (!hasOfficer(people)) return null;
  return { pixelMm: measured ? pixelMmOf(outlinePx) : null, bench, people: [...people] };
}

function isDone(step: Step, { left, measured, scans, bench, people }: FirstRunState): boolean {
  switch (step) {
    case 'language':
    case 'signing':
      return left.includes(step);
    case 'screen':
      return measured;
    case 'scanner':
      return scans.length >= SCANS_WANTED;
    case 'ports':
      return bench !== null;
    case 'people':
      return hasOfficer(people);
    case 'try':
      return false;
  }
}

function hasOfficer(people: readonly NewPerson[]): boolean {
  return people[0]?.role === 'security-officer';
}

/** Officers stand first, since the first one on record must be one. A name stands once: the later words count. */
function peopleWith(people: readonly NewPerson[], person: NewPerson): readonly NewPerson[] {
  const others = people.filter(({ name }) => name !== person.name);
  if (others.length === MOST_PEOPLE) return people;
  const all = [...others, person];
  const officers = all.filter(({ role }) => role === 'security-officer');
  return [...officers, ...all.filter(({ role }) => role !== 'security-officer')];
}

function beside(step: Step, by: 1 | -1): Step {
  return STEPS[STEPS.indexOf(step) + by] ?? step;
}
