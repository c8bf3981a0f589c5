// The app around its screens: tokens and scheme, language, and the door that a person stands at. The renderer holds no
// truth: what is shown is folded from what the station tells.
import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/VisuallyHidden.css';
import './app.css';
import './theme/languages.css';
import { MantineProvider } from '@mantine/core';
import type { i18n } from 'i18next';
import { useEffect } from 'react';
import { I18nextProvider } from 'react-i18next';
import type { StationFacts } from '../domain/station-event.ts';
import type { BenchFeed } from './bench-feed.ts';
import { useFeed } from './components/use-feed.ts';
import { useLanguage } from './components/use-language.ts';
import { usePreferences } from './components/use-preferences.ts';
import { Frame } from './Frame.tsx';
import { ScanProvider } from './scanner/ScanProvider.tsx';
import type { StationFeed, StationSight } from './station-feed.ts';
import { cssVariables, theme } from './theme/theme.ts';
import { screenScale } from './view-state/screen-scale.ts';

export interface AppProps {
  readonly feed: StationFeed;
  readonly bench: BenchFeed;
  readonly language: i18n;
  /** The wall clock, UTC milliseconds. */
  readonly nowMs: () => number;
}

export function App({ feed, bench, language, nowMs }: AppProps) {
  // Only the facts: what stands around the screens is not drawn anew with each change of a slot.
  const facts = useFeed(feed, factsOf);
  const preferring = usePreferences(feed, facts);
  // Whose badge was shown reads in their own language that a PIN is wanted.
  useLanguage(language, facts?.pinFor?.preferences.language ?? preferring.preferences.language);
  useScreenScale(facts?.pixelMm ?? null);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme={preferring.preferences.theme}>
      <I18nextProvider i18n={language}>
        <ScanProvider nowMs={nowMs}>
          <Frame {...{ feed, bench, preferring, nowMs }} />
        </ScanProvider>
      </I18nextProvider>
    </MantineProvider>
  );
}

function factsOf(sight: StationSight): StationFacts | null {
  return sight.kind === 'live' ? sight.view.facts : null;
}

/** Draws everything larger on a screen whose pixels are too small for fingers. */
function useScreenScale(pixelMm: number | null): void {
  useEffect(() => {
    const set = () => {
      const scale = screenScale(pixelMm, { width: window.innerWidth, height: window.innerHeight });
      document.body.style.zoom = scale === 1 ? '' : String(scale);
    };
    set();
    window.addEventListener('resize', set);
    return () => window.removeEventListener('resize', set);
  }, [pixelMm]);
}
