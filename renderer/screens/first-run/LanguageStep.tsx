// Language: the catalogue holds English, so English is what there is. No flag; a language names itself.
import { useTranslation } from 'react-i18next';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { StepHead } from './StepHead.tsx';

export function LanguageStep() {
  const { t } = useTranslation();
  return (
    <>
      <StepHead title={t('firstRun.language.title')} more={t('firstRun.language.more')} />
      <section className="panel">
        <ul className="proofs">
          <li className="m-pass">
            <SlotSymbol look="pass" />
            <b>{t('firstRun.language.english')}</b>
          </li>
        </ul>
      </section>
    </>
  );
}
