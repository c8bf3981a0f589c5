// Language: the whole window changes with the touch, so that it can be read before the next step.

import { useTranslation } from 'react-i18next';
import { LanguageChoice } from '../../components/LanguageChoice.tsx';
import type { Preferring } from '../../components/use-preferences.ts';
import { StepHead } from './StepHead.tsx';

export function LanguageStep({ preferences, prefer }: Preferring) {
  const { t } = useTranslation();
  return (
    <>
      <StepHead title={t('firstRun.language.title')} more={t('firstRun.language.more')} />
      <section className="panel">
        <LanguageChoice chosen={preferences.language} onChoose={(language) => prefer({ language })} />
      </section>
    </>
  );
}
