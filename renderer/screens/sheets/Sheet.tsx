// The sheets that hang at a bench: command card, slot labels, and the traveller of the lot on the line.
import { useTranslation } from 'react-i18next';
import { ScanCommand, scanText } from '../../../domain/scan.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { Bars } from './Bars.tsx';
import { SheetFrame } from './SheetFrame.tsx';
import { Traveller } from './Traveller.tsx';

export type SheetName = 'commands' | 'slots' | 'traveller';

interface SheetProps {
  readonly name: SheetName;
  readonly view: StationView;
  readonly onBack: () => void;
}

export function Sheet({ name, view, onBack }: SheetProps) {
  const { stationId, practice, lot } = view;
  return (
    <SheetFrame {...{ name, stationId, practice, onBack }}>
      {name === 'commands' && <Commands />}
      {name === 'slots' && <Slots view={view} />}
      {name === 'traveller' && lot !== null && <Traveller lot={lot} />}
    </SheetFrame>
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
