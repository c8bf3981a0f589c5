// Light or dark, how loud, and in which language: those of the person who is signed in, who takes them to every bench.
// While nobody is, what is chosen lasts as long as this window, and a language until somebody has signed in.
import { useState } from 'react';
import type { Preferences } from '../../domain/person.ts';
import type { StationFacts } from '../../domain/station-event.ts';
import type { StationFeed } from '../station-feed.ts';
import { choiceAfter, preferencesOf, type WindowChoice } from '../view-state/window-choice.ts';

export interface Preferring {
  readonly preferences: Preferences;
  prefer(change: Partial<Preferences>): void;
}

export function usePreferences(feed: StationFeed, facts: StationFacts | null): Preferring {
  const [chosen, setChosen] = useState<WindowChoice>({});
  const person = facts?.person ?? null;
  const choice = choiceAfter(chosen, person);
  if (choice !== chosen) setChosen(choice);
  const preferences = preferencesOf(choice, facts);
  return {
    preferences,
    prefer(change) {
      if (person === null) setChosen({ ...choice, ...change });
      // What the station then tells of the person is what is shown.
      else void feed.ask((api) => api.people.prefer({ ...preferences, ...change }));
    },
  };
}
