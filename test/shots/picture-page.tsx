// The page that pictures are taken of: the app over one recorded line, named in the address; `language=qps` for the
// pseudo-locale. Not part of what ships.
import '@fontsource-variable/inter/wght.css';
import '@fontsource/jetbrains-mono/latin-400.css';
import { createRoot } from 'react-dom/client';
import { App } from '../../renderer/App.tsx';
import type { BenchFeed } from '../../renderer/bench-feed.ts';
import type { StationFeed } from '../../renderer/station-feed.ts';
import { languages } from '../../renderer/strings/languages.ts';
import { LINES, NOW_MS } from './recorded-lines.ts';

const asked = new URLSearchParams(location.search);
const view = LINES[asked.get('line') ?? ''];
const sight = view === undefined ? ({ kind: 'gone' } as const) : ({ kind: 'live', view } as const);
const feed: StationFeed = {
  sight: () => sight,
  watch: () => () => {},
  ask: async () => ({ ok: false, code: 'STATION_GONE', detail: '' }),
};
const bench: BenchFeed = { sight: () => null, watch: () => () => {}, ask: feed.ask };
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
const language = languages(asked.get('language') === 'qps' ? 'qps' : 'en');
createRoot(root).render(<App feed={feed} bench={bench} language={language} nowMs={() => NOW_MS} />);
