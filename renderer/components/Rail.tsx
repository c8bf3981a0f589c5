// The rail: the places that there are, Help last (UX.md section 3). Where nobody is signed in only Help is there, in the
// same place.
import { UnstyledButton } from '@mantine/core';
import {
  IconAdjustmentsHorizontal,
  IconCpu,
  IconHelpCircle,
  IconLayoutGrid,
  IconRefresh,
  IconStack2,
} from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';

export type Place = 'line' | 'lots' | 'devices' | 'sync' | 'settings';

const ICONS = {
  line: IconLayoutGrid,
  lots: IconStack2,
  devices: IconCpu,
  sync: IconRefresh,
  settings: IconAdjustmentsHorizontal,
  help: IconHelpCircle,
} as const;

interface RailProps {
  readonly places: readonly Place[];
  readonly at: Place | 'help' | null;
  readonly onOpen: (to: Place | 'help') => void;
}

export const Rail = memo(RailOf);

function RailOf({ places, at, onOpen }: RailProps) {
  const { t } = useTranslation();
  const entry = (to: Place | 'help') => {
    const Icon = ICONS[to];
    return (
      <UnstyledButton
        key={to}
        className={at === to ? 'on' : ''}
        aria-current={at === to ? 'page' : undefined}
        onClick={() => onOpen(to)}
      >
        <Icon className="i" aria-hidden="true" />
        <span>{t(`rail.${to}`)}</span>
      </UnstyledButton>
    );
  };
  return (
    <nav className="rail" aria-label={t('app.main')}>
      {places.map(entry)}
      <span className="sp" />
      {entry('help')}
    </nav>
  );
}
