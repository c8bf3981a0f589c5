// The page that pictures are taken of: the app over one recorded screen, named in the address; `language=de` for another
// language, `qps` for the pseudo-locale; `screen=cards` for a sheet of all cards. Not part of what ships.
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/noto-sans-sc/wght.css';
import '@fontsource/jetbrains-mono/latin-400.css';
import { createRoot } from 'react-dom/client';
import { Language, Theme } from '../../domain/person.ts';
import { App } from '../../renderer/App.tsx';
import { answerOf, GONE } from '../../renderer/answer.ts';
import type { BenchFeed } from '../../renderer/bench-feed.ts';
import type { StationFeed, StationSight } from '../../renderer/station-feed.ts';
import { languages, learn, speak } from '../../renderer/strings/languages.ts';
import { NOW_MS, personView, stationFacts } from '../samples/station-views.ts';
import { CardSheet } from './CardSheet.tsx';
import { SCREENS } from './recorded-screens.ts';
import { recordedBench, recordedStation } from './recorded-station.ts';

const asked = new URLSearchParams(location.search);
const name = asked.get('screen') ?? '';
const theme = Theme.parse(asked.get('theme') ?? 'light');
const pseudo = asked.get('language') === 'qps';
const spoken = Language.parse(pseudo ? 'en' : (asked.get('language') ?? 'en'));
const language = languages(pseudo ? 'qps' : 'en');
await learn(language, spoken);
speak(language, spoken);
const screen = SCREENS[name] ?? { view: null, bench: null, steps: [] };

const preferences = { theme, sound: 0, language: spoken } as const;

/** As the person who is signed in likes it. */
function sightOf(): StationSight {
  const { view } = screen;
  if (view === null) return { kind: 'gone' };
  const { person } = view.facts;
  const facts = person === null ? view.facts : { ...view.facts, person: { ...person, preferences } };
  return { kind: 'live', view: { ...view, facts: { ...facts, language: spoken } } };
}

const sight = sightOf();
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

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
const nowMs = () => NOW_MS;
const facts = stationFacts({ person: personView({ preferences }) });
createRoot(root).render(
  name === 'cards' ? (
    <CardSheet language={language} theme={theme} facts={facts} />
  ) : (
    <App {...{ feed, bench, language, nowMs }} />
  ),
);
