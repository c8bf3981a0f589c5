// Light or dark, how loud, and in which language: those of the person who is signed in, who takes them to every bench.
// While nobody is, what is chosen lasts as long as this window, and the language is the one that was spoken last.
import { useState } from 'react';
import type { Preferences } from '../../domain/person.ts';
import type { StationFacts } from '../../domain/station-event.ts';
import type { StationFeed } from '../station-feed.ts';

/** Light is the default: lit halls, glare (UX.md section 9). */
const AT_FIRST: Preferences = { theme: 'light', sound: 0.5, language: 'en' };

export interface Preferring {
  readonly preferences: Preferences;
  prefer(change: Partial<Preferences>): void;
}

export function usePreferences(feed: StationFeed, facts: StationFacts | null): Preferring {
  const [ofWindow, setOfWindow] = useState<Partial<Preferences>>({});
  const person = facts?.person ?? null;
  const language = facts?.language ?? AT_FIRST.language;
  const preferences = person?.preferences ?? { ...AT_FIRST, language, ...ofWindow };
  return {
    preferences,
    prefer(change) {
      if (person === null) setOfWindow({ ...ofWindow, ...change });
      // What the station then tells of the person is what is shown.
      else void feed.ask((api) => api.people.prefer({ ...preferences, ...change }));
    },
  };
}
