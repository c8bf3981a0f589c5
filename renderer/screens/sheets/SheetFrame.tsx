// A sheet of paper on screen as it will be printed, and nothing else of the screen on paper. The system's own dialogue
// prints it, or makes a PDF of it.
import { UnstyledButton } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { useKeys } from '../../components/use-keys.ts';
import './sheet.css';

interface SheetFrameProps {
  readonly name: 'commands' | 'slots' | 'traveller' | 'rework' | 'scrap' | 'scanner';
  /** Null before a station has its id. */
  readonly stationId: string | null;
  /** TEST stands on it. */
  readonly practice: boolean;
  readonly onBack: () => void;
  readonly children: ReactNode;
}

export function SheetFrame({ name, stationId, practice, onBack, children }: SheetFrameProps) {
  const { t } = useTranslation();
  const print = () => window.print();
  const back = useRef<HTMLButtonElement>(null);
  useFocusBack(back, `sheet-${name}`);
  useEffect(() => back.current?.focus(), []);
  useKeys([
    ['Escape', onBack],
    ['Ctrl+P', print],
  ]);
  return (
    <div className="sheet-room">
      <div className="row">
        <UnstyledButton className="btn lg" ref={back} onClick={onBack}>
          {t('labels.sheet.back')}
        </UnstyledButton>
        <UnstyledButton className="btn lg pri" onClick={print}>
          <IconPrinter className="i" aria-hidden="true" />
          {t('labels.sheet.print')}
        </UnstyledButton>
      </div>
      <article className={`sheet of-${name}`} aria-label={t(`labels.sheet.name.${name}`)}>
        <header>
          <h2>{t(`labels.sheet.name.${name}`)}</h2>
          {stationId !== null && <span>{t('labels.sheet.station', { station: stationId })}</span>}
          {practice && <b className="test">{t('labels.sheet.test')}</b>}
        </header>
        {children}
      </article>
    </div>
  );
}
