// Light or dark, how loud, and in which language while nobody is signed in: what was chosen in this window, else as the
// station says.
import type { Preferences } from '../../domain/person.ts';
import type { StationFacts } from '../../domain/station-event.ts';

/** What was chosen in this window while nobody was signed in. */
export type WindowChoice = Partial<Preferences>;

/** Light is the default: lit halls, glare (UX.md section 9). */
const AT_FIRST: Preferences = { theme: 'light', sound: 0.5, language: 'en' };

type Who = Pick<StationFacts, 'person' | 'language'>;

/** What counts now; null: there is no station. */
export function preferencesOf(choice: WindowChoice, facts: Who | null): Preferences {
  return facts?.person?.preferences ?? { ...AT_FIRST, language: facts?.language ?? AT_FIRST.language, ...choice };
}

/** What is left of it once this person is there: their language is the window's from then on. */
export function choiceAfter(choice: WindowChoice, person: StationFacts['person']): WindowChoice {
  if (person === null || choice.language === undefined) return choice;
  const { language: _, ...others } = choice;
  return others;
}
