// Settings (UX.md section 4.8): the list on the left, one panel on the right. Only what works is in the list.
import { UnstyledButton } from '@mantine/core';
import {
  IconActivityHeartbeat,
  IconCloud,
  IconDeviceDesktop,
  IconFileText,
  IconFlask,
  IconKey,
  IconTag,
  IconUsb,
  IconUsers,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Within } from '../../components/page.ts';
import type { Preferring } from '../../components/use-preferences.ts';
import type { StationFeed } from '../../station-feed.ts';
import { type SettingsPlace, settingsPlaces } from '../../view-state/settings-places.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { CloudPanel } from './CloudPanel.tsx';
import { DiagnosticsPanel } from './DiagnosticsPanel.tsx';
import { LabelsPanel } from './LabelsPanel.tsx';
import { PeoplePanel } from './PeoplePanel.tsx';
import { PortsPanel } from './PortsPanel.tsx';
import { PracticePanel, type PracticePanelProps } from './PracticePanel.tsx';
import { RecipesPanel } from './RecipesPanel.tsx';
import { ScreenPanel } from './ScreenPanel.tsx';
import { SigningPanel } from './SigningPanel.tsx';
import './settings.css';
import './ca.css';
import './labels.css';
import './ports.css';
import './people.css';
import './diagnostics.css';

const ICONS = {
  ports: IconUsb,
  signing: IconKey,
  cloud: IconCloud,
  recipes: IconFileText,
  people: IconUsers,
  labels: IconTag,
  screen: IconDeviceDesktop,
  diagnostics: IconActivityHeartbeat,
  practice: IconFlask,
} as const;

interface SettingsProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  readonly preferring: Preferring;
  readonly onTestSound: () => void;
  /** What a button elsewhere leads to; null for the first panel. */
  readonly within: Within | null;
  readonly nowMs: () => number;
  /** The window is about to go to the practice bench. */
  readonly onPractise: PracticePanelProps['onOpening'];
}

export function Settings({ view, feed, preferring, onTestSound, within, nowMs, onPractise }: SettingsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<SettingsPlace>(within?.panel ?? 'signing');
  const panel = () => {
    switch (open) {
      case 'ports':
        return <PortsPanel facts={view.facts} feed={feed} />;
      case 'signing':
        return <SigningPanel view={view} feed={feed} nowMs={nowMs} />;
      case 'labels':
        return <LabelsPanel view={view} feed={feed} />;
      case 'cloud':
        return <CloudPanel view={view} feed={feed} nowMs={nowMs} />;
      case 'recipes':
        return <RecipesPanel facts={view.facts} feed={feed} />;
      case 'people':
        return <PeoplePanel facts={view.facts} feed={feed} nowMs={nowMs} />;
      case 'diagnostics':
        return <DiagnosticsPanel {...{ view, feed, nowMs }} slot={within?.slot ?? null} />;
      case 'practice':
        return <PracticePanel {...{ view, feed }} onOpening={onPractise} />;
      case 'screen':
        return <ScreenPanel {...preferring} signedIn={view.facts.person !== null} onTestSound={onTestSound} />;
    }
  };
  return (
    <main className="main settings">
      <nav className="settings-list" aria-label={t('settings.list')}>
        {settingsPlaces(view).map((place) => {
          const Icon = ICONS[place];
          return (
            <UnstyledButton
              key={place}
              className={place === open ? 'on' : ''}
              aria-current={place === open ? 'page' : undefined}
              onClick={() => setOpen(place)}
            >
              <Icon className="i" aria-hidden="true" />
              <span>{t(`settings.place.${place}`)}</span>
            </UnstyledButton>
          );
        })}
      </nav>
      <section
        className="settings-panel"
        aria-label={t(`settings.place.${open}`)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too where nothing in it takes the focus
        tabIndex={0}
      >
        {panel()}
      </section>
    </main>
  );
}
