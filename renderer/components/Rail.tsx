// The rail: the places that there are, Help last (UX.md section 3).
import { UnstyledButton } from '@mantine/core';
import { IconHelpCircle, IconLayoutGrid } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export type Screen = 'line' | 'help';

interface RailProps {
  readonly screen: Screen;
  readonly onOpen: (screen: Screen) => void;
}

export function Rail({ screen, onOpen }: RailProps) {
  const { t } = useTranslation();
  const place = (to: Screen, Icon: typeof IconLayoutGrid) => (
    <UnstyledButton
      className={screen === to ? 'on' : ''}
      aria-current={screen === to ? 'page' : undefined}
      onClick={() => onOpen(to)}
    >
      <Icon className="i" aria-hidden="true" />
      <span>{t(`rail.${to}`)}</span>
    </UnstyledButton>
  );
  return (
    <nav className="rail" aria-label={t('app.main')}>
      {place('line', IconLayoutGrid)}
      <span className="sp" />
      {place('help', IconHelpCircle)}
    </nav>
  );
}
