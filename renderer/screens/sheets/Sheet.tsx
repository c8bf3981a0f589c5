// A sheet of paper for a bench, on screen as it will be printed: command card, slot labels, a lot's traveller. The system's
// own dialogue prints it, or makes a PDF of it.
import { UnstyledButton } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ScanCommand, scanText } from '../../../domain/scan.ts';
import { useKeys } from '../../components/use-keys.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { Bars } from './Bars.tsx';
import './sheet.css';
import { Traveller } from './Traveller.tsx';

export type SheetName = 'commands' | 'slots' | 'traveller';

interface SheetProps {
  readonly name: SheetName;
  readonly view: StationView;
  readonly onBack: () => void;
}

export function Sheet({ name, view, onBack }: SheetProps) {
  const { t } = useTranslation();
  const print = () => window.print();
  useKeys([
    ['Escape', onBack],
    ['Ctrl+P', print],
  ]);
  return (
    <div className="sheet-room">
      <div className="row">
        <UnstyledButton className="btn lg" onClick={onBack}>
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
          <span>{t('labels.sheet.station', { station: view.stationId })}</span>
          {view.practice && <b className="test">{t('labels.sheet.test')}</b>}
        </header>
        {name === 'commands' && <Commands />}
        {name === 'slots' && <Slots view={view} />}
        {name === 'traveller' && view.lot !== null && <Traveller lot={view.lot} />}
      </article>
    </div>
  );
}

function Commands() {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('labels.sheet.commandsMore')}</p>
      <ul>
        {ScanCommand.options.map((command) => (
          <li key={command}>
            <b>{t(`scan.command.${command}`)}</b>
            <Bars text={scanText({ kind: 'command', command })} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Slots({ view: { slots } }: { readonly view: StationView }) {
  const { t } = useTranslation();
  return (
    <ul>
      {slots.map(({ slot }) => (
        <li key={slot}>
          <b>{t('labels.sheet.slot', { slot })}</b>
          {/* Our codes hold capitals only; a slot is found whatever its letters. */}
          <Bars text={scanText({ kind: 'slot', slot: slot.toUpperCase() })} />
        </li>
      ))}
    </ul>
  );
}
