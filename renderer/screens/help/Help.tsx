// Help for the Line (F1): written text, with the app, offline.
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HelpTopic } from '../../components/page.ts';
import { useKeys } from '../../components/use-keys.ts';

const SECTIONS = ['work', 'locking', 'queue', 'pause', 'offline', 'keys'] as const;

interface HelpProps {
  /** Of the screen that it was asked from. */
  readonly topic: HelpTopic;
  readonly onBack: () => void;
}

export function Help({ onBack }: HelpProps) {
  const { t } = useTranslation();
  useKeys([['Escape', onBack]]);
  return (
    <main className="main help">
      <header>
        <h2>{t('help.title')}</h2>
        <UnstyledButton className="btn" onClick={onBack}>
          {t('help.back')} <kbd>F2</kbd>
        </UnstyledButton>
      </header>
      <div className="panels">
        {SECTIONS.map((section) => (
          <section className="panel" key={section}>
            <h3>{t(`help.sections.${section}.title`)}</h3>
            <p>{t(`help.sections.${section}.text`)}</p>
          </section>
        ))}
      </div>
    </main>
  );
}
