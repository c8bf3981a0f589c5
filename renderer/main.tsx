// The window's start: fonts, styles, the feed over the station's port, and the app.
import '@fontsource-variable/inter/wght.css';
import '@fontsource/jetbrains-mono/latin-400.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { onStationPort } from './station-client.ts';
import { LiveFeed } from './station-feed.ts';
import { languages } from './strings/languages.ts';

const feed = new LiveFeed((work) => requestAnimationFrame(work));
onStationPort(window, (client, gone) => void feed.follow(client, gone));

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<App feed={feed} language={languages('en')} nowMs={() => Date.now()} />);
