// First run (UX.md section 4.10): seven steps, each skippable but the people. The list on the left, one step on the right.
import { UnstyledButton } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import './first-run.css';
import type { FirstRunProps } from './first-run-props.ts';
import { LanguageStep } from './LanguageStep.tsx';
import { PeopleStep } from './PeopleStep.tsx';
import { PortsStep } from './PortsStep.tsx';
import { ScannerStep } from './ScannerStep.tsx';
import { ScreenStep } from './ScreenStep.tsx';
import { SigningStep } from './SigningStep.tsx';
import { StepList } from './StepList.tsx';
import { worthOf } from './steps.ts';
import { TryStep } from './TryStep.tsx';
import { useLeaving } from './use-leaving.ts';

export function FirstRun(props: FirstRunProps) {
  const { state, act, onHelp } = props;
  const step = useRef<HTMLElement>(null);
  const before = useRef(state.at);
  useEffect(() => {
    if (before.current === state.at) return;
    before.current = state.at;
    // A new step is read from its beginning.
    step.current?.focus();
    step.current?.scrollTo(0, 0);
  }, [state.at]);
  return (
    <>
      <StepList state={state} onGo={(to) => act({ type: 'go', to })} onHelp={onHelp} />
      <main className="main step" ref={step} tabIndex={-1} aria-labelledby="step-title">
        <OpenStep {...props} />
        <Footer {...props} />
      </main>
    </>
  );
}

function OpenStep(props: FirstRunProps) {
  const { state, act, bench } = props;
  switch (state.at) {
    case 'language':
      return <LanguageStep {...props.preferring} />;
    case 'screen':
      return <ScreenStep state={state} act={act} />;
    case 'scanner':
      return <ScannerStep state={state} act={act} />;
    case 'ports':
      return <PortsStep state={state} act={act} bench={bench} />;
    case 'signing':
      return <SigningStep />;
    case 'people':
      return <PeopleStep state={state} act={act} language={props.preferring.preferences.language} />;
    case 'try':
      return <TryStep {...props} />;
  }
}

function Footer({ state, act, bench, onPractise, leave }: FirstRunProps) {
  const { t } = useTranslation();
  const { refusal, go, busy } = useLeaving(state, act, bench, leave);
  const { at } = state;
  const ready = at === 'language' || at === 'signing' || worthOf(at, state) === 'done';
  return (
    <footer className="step-foot">
      {at !== 'language' && (
        <UnstyledButton className="btn lg" onClick={() => act({ type: 'back' })}>
          <IconChevronLeft className="i sm" aria-hidden="true" />
          {t('firstRun.back')}
        </UnstyledButton>
      )}
      <p role="alert">{refusal}</p>
      {at !== 'try' ? (
        <UnstyledButton className={ready ? 'btn lg pri' : 'btn lg'} onClick={() => act({ type: 'next' })}>
          {t(ready ? 'firstRun.next' : 'firstRun.skip')}
        </UnstyledButton>
      ) : (
        <>
          <UnstyledButton className="btn lg quiet" onClick={onPractise}>
            {t('firstRun.try.keep')}
          </UnstyledButton>
          <UnstyledButton className="btn lg pri" aria-disabled={busy} onClick={go}>
            {t('firstRun.try.leave')}
          </UnstyledButton>
        </>
      )}
    </footer>
  );
}
