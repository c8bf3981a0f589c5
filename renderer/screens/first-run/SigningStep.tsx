// Signing: who signs here, and who will on the real line. Nothing is chosen: the real CA is made by its officer.
import { useTranslation } from 'react-i18next';
import { StepHead } from './StepHead.tsx';

export function SigningStep() {
  const { t } = useTranslation();
  return (
    <>
      <StepHead title={t('firstRun.signing.title')} more={t('firstRun.signing.more')} />
      <div className="panels">
        <section className="panel">
          <h3>{t('firstRun.signing.practice')}</h3>
          <p>{t('firstRun.signing.practiceMore')}</p>
        </section>
        <section className="panel">
          <h3>{t('firstRun.signing.real')}</h3>
          <p>{t('firstRun.signing.realMore')}</p>
        </section>
      </div>
    </>
  );
}
