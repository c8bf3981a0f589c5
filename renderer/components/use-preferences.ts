// Light or dark, and how loud: those of the person who is signed in, who takes them to every bench. While nobody is, they
// last as long as this window.
import { useState } from 'react';
import type { PersonView, Preferences } from '../../domain/person.ts';
import type { StationFeed } from '../station-feed.ts';

/** Light is the default: lit halls, glare (UX.md section 9). */
const AT_FIRST: Preferences = { theme: 'light', sound: 0.5 };

export interface Preferring {
  readonly preferences: Preferences;
  prefer(change: Partial<Preferences>): void;
}

export function usePreferences(feed: StationFeed, person: PersonView | null): Preferring {
  const [ofWindow, setOfWindow] = useState(AT_FIRST);
  const preferences = person?.preferences ?? ofWindow;
  return {
    preferences,
    prefer(change) {
      const wanted = { ...preferences, ...change };
      if (person === null) setOfWindow(wanted);
      // What the station then tells of the person is what is shown.
      else void feed.ask((api) => api.people.prefer(wanted));
    },
  };
}
