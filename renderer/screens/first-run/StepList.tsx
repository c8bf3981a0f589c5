// The seven steps, what each came to, and Help in its place at the bottom.
import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { languageName } from '../../strings/language-names.ts';
import { pixelMmOf, screenInches } from './badge-outline.ts';
import { type FirstRunState, STEPS, type Step, worthOf } from './steps.ts';

interface StepListProps {
  readonly state: FirstRunState;
  readonly onGo: (step: Step) => void;
  readonly onHelp: () => void;
}

export function StepList({ state, onGo, onHelp }: StepListProps) {
  const { t } = useTranslation();
  return (
    <nav className="steps" aria-label={t('firstRun.steps')}>
      <ol>
        {STEPS.map((step, index) => (
          <li key={step}>
            <UnstyledButton
              className={step === state.at ? 'at' : ''}
              aria-current={step === state.at ? 'step' : undefined}
              onClick={() => onGo(step)}
            >
              <Mark step={step} state={state} number={index + 1} />
              <span className="name">{t(`firstRun.${step}.name`)}</span>
              <Worth step={step} state={state} />
            </UnstyledButton>
          </li>
        ))}
      </ol>
      <UnstyledButton className="btn quiet" onClick={onHelp}>
        <IconHelpCircle className="i" aria-hidden="true" />
        {t('rail.help')} <kbd>F1</kbd>
      </UnstyledButton>
      {state.at === 'try' && <p>{t('firstRun.try.again')}</p>}
    </nav>
  );
}

interface OfStep {
  readonly step: Step;
  readonly state: FirstRunState;
}

function Mark({ step, state, number }: OfStep & { readonly number: number }) {
  const { t } = useTranslation();
  if (worthOf(step, state) !== 'done') return <span className="number">{number}</span>;
  return (
    <span className="step-mark m-pass">
      <SlotSymbol look="pass" />
      <VisuallyHidden>{t('firstRun.done')}</VisuallyHidden>
    </span>
  );
}

function Worth({ step, state }: OfStep) {
  const { t, i18n } = useTranslation();
  const worth = worthOf(step, state);
  if (worth === 'ahead') return null;
  return <span className="worth">{worth === 'skipped' ? t('firstRun.skipped') : done()}</span>;

  function done(): string {
    switch (step) {
      case 'language':
        return languageName(i18n.language);
      case 'screen': {
        const inches = screenInches(pixelMmOf(state.outlinePx), globalThis.screen);
        return t('firstRun.screen.inches', { inches });
      }
      case 'scanner':
        return t('firstRun.scanner.ok');
      case 'ports':
        return t('firstRun.ports.worth', { count: state.bench?.slots ?? 0 });
      case 'signing':
        return t('firstRun.signing.worth');
      case 'people':
        return t('firstRun.people.worth', { count: state.people.length });
      case 'try':
        return '';
    }
  }
}
