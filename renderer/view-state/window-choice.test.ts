import { expect, test } from 'vitest';
import { personView } from '../../test/samples/station-views.ts';
import { choiceAfter, preferencesOf } from './window-choice.ts';

const ANNA = personView({ preferences: { theme: 'dark', sound: 0, language: 'en' } });
const GERMAN = { theme: 'dark', sound: 1, language: 'de' } as const;

test('a window speaks as was chosen in it, else as who signed in last', () => {
  expect(preferencesOf({ language: 'de' }, null)).toEqual({ theme: 'light', sound: 0.5, language: 'de' });
  expect(preferencesOf(GERMAN, { person: null, language: 'vi' })).toEqual(GERMAN);
  expect(preferencesOf({}, { person: null, language: 'vi' }).language).toBe('vi');
  expect(preferencesOf(GERMAN, { person: ANNA, language: 'vi' })).toEqual(ANNA.preferences);
});

test('a language that was chosen in the window is over once somebody has signed in; light and sound are not', () => {
  const before = choiceAfter(GERMAN, null);
  expect(before).toBe(GERMAN);
  const after = choiceAfter(before, ANNA);
  expect(preferencesOf(after, { person: null, language: 'en' })).toEqual({ theme: 'dark', sound: 1, language: 'en' });
  expect(choiceAfter(after, ANNA)).toBe(after);
});
