// The page that pictures are taken of: draws the app over one recorded screen after the other, each from its beginning;
// in another language or in the pseudo-locale `qps`; `cards` is a sheet of all cards. Not part of what ships.
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/noto-sans-sc/wght.css';
import '@fontsource/jetbrains-mono/latin-400.css';
import { createRoot, type Root } from 'react-dom/client';
import type { PersonView, Theme } from '../../domain/person.ts';
import { App } from '../../renderer/App.tsx';
import { answerOf, GONE } from '../../renderer/answer.ts';
import type { BenchFeed } from '../../renderer/bench-feed.ts';
import type { StationFeed, StationSight } from '../../renderer/station-feed.ts';
import { languages, learn, speak } from '../../renderer/strings/languages.ts';
import { NOW_MS, personView, stationFacts } from '../samples/station-views.ts';
import { CardSheet } from './CardSheet.tsx';
import { type RecordedScreen, SCREENS } from './recorded-screens.ts';
import { recordedBench, recordedStation } from './recorded-station.ts';
import type { Spoken } from './spoken-text.ts';

export interface Drawn {
  readonly screen: string;
  readonly theme: Theme;
  readonly language: Spoken;
}

const NOTHING: RecordedScreen = { view: null, bench: null, steps: [] };

const nowMs = () => NOW_MS;

let root: Root | null = null;

async function drawScreen({ screen: name, theme, language: asked }: Drawn): Promise<void> {
  root?.unmount();
  // What the app says of itself there, it says anew.
  document.documentElement.lang = 'en';
  const spoken = asked === 'qps' ? 'en' : asked;
  const language = languages(asked === 'qps' ? 'qps' : 'en');
  await learn(language, spoken);
  speak(language, spoken);
  const preferences = { theme, sound: 0, language: spoken } as const;
  const screen = SCREENS[name] ?? NOTHING;
  const sight = sightOf(screen, preferences);
  const station = sight.kind === 'live' ? recordedStation(sight.view, screen) : null;
  const feed: StationFeed = {
    sight: () => sight,
    watch: () => () => {},
    ask: async (call) => (station === null ? GONE : answerOf(call(station))),
  };
  const benchClient = screen.bench === null ? null : recordedBench(screen.bench);
  const bench: BenchFeed = {
    sight: () => screen.bench,
    watch: () => () => {},
    ask: async (call) => (benchClient === null ? GONE : answerOf(call(benchClient))),
  };
  const place = document.createElement('div');
  place.id = 'root';
  document.body.replaceChildren(place);
  root = createRoot(place);
  root.render(
    name === 'cards' ? (
      <CardSheet language={language} theme={theme} facts={stationFacts({ person: personView({ preferences }) })} />
    ) : (
      <App {...{ feed, bench, language, nowMs }} />
    ),
  );
}

/** As the person who is signed in likes it. */
function sightOf({ view }: RecordedScreen, preferences: PersonView['preferences']): StationSight {
  if (view === null) return { kind: 'gone' };
  const { person } = view.facts;
  const facts = person === null ? view.facts : { ...view.facts, person: { ...person, preferences } };
  return { kind: 'live', view: { ...view, facts: { ...facts, language: preferences.language } } };
}

Object.assign(globalThis, { drawScreen });
