// The window's start: fonts, styles, the feeds over the ports of station and practice bench, and the app.
import '@fontsource-variable/inter/wght.css';
import '@fontsource/jetbrains-mono/latin-400.css';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { Language } from '../domain/person.ts';
import { App } from './App.tsx';
import { onBenchPort } from './bench-client.ts';
import { LiveBench } from './bench-feed.ts';
import { ReportSheet } from './screens/report/ReportSheet.tsx';
import { onStationPort } from './station-client.ts';
import { LiveFeed } from './station-feed.ts';
import { languages, learn } from './strings/languages.ts';

const feed = new LiveFeed((work) => requestAnimationFrame(work));
onStationPort(window, (client, gone) => void feed.follow(client, gone));
const bench = new LiveBench();
onBenchPort(window, (client, gone) => void bench.follow(client, gone));

/** Said by Electron's main when nothing can be started again. */
const GaveUp = z.strictObject({ type: z.literal('app:gave-up'), sentence: z.string() });
window.addEventListener('message', ({ data, source }) => {
  const told = source === window ? GaveUp.safeParse(data) : null;
  if (told?.success) feed.giveUp(told.data.sentence);
});

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
const language = languages('en');
const nowMs = () => Date.now();
/** The lot whose report this window is printed as; null for the app. */
const report = new URLSearchParams(location.search).get('report');
createRoot(root).render(
  report === null ? (
    <App {...{ feed, bench, language, nowMs }} />
  ) : (
    <ReportSheet {...{ feed, language, nowMs }} lotId={report} />
  ),
);

// After the first frame: the rules of Chinese type, each part of which comes when it is used, and the other languages, so
// that a badge changes the window at once.
requestAnimationFrame(() =>
  setTimeout(() => {
    void import('@fontsource-variable/noto-sans-sc/wght.css');
    for (const each of Language.options) void learn(language, each);
  }),
);
