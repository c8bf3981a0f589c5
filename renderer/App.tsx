// The frame of every screen (UX.md section 3): top bar, rail, practice band, and the one screen that is open. Says
// plainly when there is no station to look at.
import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/VisuallyHidden.css';
import './app.css';
import { MantineProvider } from '@mantine/core';
import type { i18n } from 'i18next';
import { useState, useSyncExternalStore } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { Rail, type Screen } from './components/Rail.tsx';
import { TopBar } from './components/TopBar.tsx';
import { useKeys } from './components/use-keys.ts';
import { Help } from './screens/help/Help.tsx';
import { Line } from './screens/line/Line.tsx';
import type { StationFeed, StationSight } from './station-feed.ts';
import { cssVariables, theme } from './theme/theme.ts';

interface AppProps {
  readonly feed: StationFeed;
  readonly language: i18n;
  /** The wall clock, UTC milliseconds. */
  readonly nowMs: () => number;
}

export function App({ feed, language, nowMs }: AppProps) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="light">
      <I18nextProvider i18n={language}>
        <Frame feed={feed} nowMs={nowMs} />
      </I18nextProvider>
    </MantineProvider>
  );
}

function Frame({ feed, nowMs }: Pick<AppProps, 'feed' | 'nowMs'>) {
  const { t } = useTranslation();
  const sight = useSyncExternalStore(
    (listener) => feed.watch(listener),
    () => feed.sight(),
    () => feed.sight(),
  );
  const [screen, setScreen] = useState<Screen>('line');
  useKeys([
    ['F1', () => setScreen('help')],
    ['F2', () => setScreen('line')],
  ]);
  const view = sight.kind === 'live' ? sight.view : null;
  return (
    <div className={view?.practice ? 'app practised' : 'app'}>
      <TopBar view={view} nowMs={nowMs} />
      {view?.practice && (
        <aside className="practice" aria-label={t('practiceName')}>
          <span>{t('practice')}</span>
        </aside>
      )}
      <Rail screen={screen} onOpen={setScreen} />
      {screen === 'help' ? <Help onBack={() => setScreen('line')} /> : <Seen sight={sight} feed={feed} />}
    </div>
  );
}

function Seen({ sight, feed }: { readonly sight: StationSight; readonly feed: StationFeed }) {
  const { t } = useTranslation();
  if (sight.kind === 'live') return <Line view={sight.view} feed={feed} />;
  return (
    <main className="main plain" aria-live="polite">
      <div>
        <h1>{t(`sight.${sight.kind}`)}</h1>
        <p>{t(`sight.${sight.kind}More`)}</p>
      </div>
    </main>
  );
}
