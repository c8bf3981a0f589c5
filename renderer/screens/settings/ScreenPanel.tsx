// Screen and sound: those of the person who is signed in, as behind their name in the top bar.
import { useTranslation } from 'react-i18next';
import { PersonPanel } from '../../components/PersonPanel.tsx';
import type { Preferring } from '../../components/use-preferences.ts';

interface ScreenPanelProps extends Preferring {
  readonly signedIn: boolean;
  readonly onTestSound: () => void;
}

export function ScreenPanel({ signedIn, ...rest }: ScreenPanelProps) {
  const { t } = useTranslation();
  return (
    <section className="panel preferring">
      <h2>{t('settings.place.screen')}</h2>
      <p>{t(signedIn ? 'settings.screen.more' : 'settings.screen.moreNobody')}</p>
      <PersonPanel {...rest} onSignOut={null} />
    </section>
  );
}
