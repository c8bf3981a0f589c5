// Scanner: two scans of anything prove its speed, its end key and the reading by key code. Who has nothing to scan prints
// two codes.
import { UnstyledButton } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shownText } from '../../../domain/scan.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { useScans } from '../../scanner/use-scans.ts';
import { Bars } from '../sheets/Bars.tsx';
import { SheetFrame } from '../sheets/SheetFrame.tsx';
import { StepHead } from './StepHead.tsx';
import { type FirstRunAct, type FirstRunState, SCANS_WANTED } from './steps.ts';

interface ScannerStepProps {
  readonly state: FirstRunState;
  readonly act: (act: FirstRunAct) => void;
}

const ROWS = ['first', 'second'] as const;
/** Digits, `-`, `:` and the letters that keyboard layouts swap. Elsewhere they say nothing: they are no code of ours. */
const TEST_CODES = ['TEST:1234567890-QWERTZY', 'TEST:0987654321-AZMW'] as const;

export function ScannerStep({ state: { scans }, act }: ScannerStepProps) {
  const { t } = useTranslation();
  const [onPaper, setOnPaper] = useState(false);
  useScans((scan) => {
    act({ type: 'scan', text: shownText(scan) });
    const at = scans.length + 1;
    const words =
      at < SCANS_WANTED ? t('firstRun.scanner.took', { at, of: SCANS_WANTED }) : t('firstRun.scanner.enough');
    return { taken: true, words };
  });
  if (onPaper)
    return (
      <SheetFrame name="scanner" stationId={null} practice={false} onBack={() => setOnPaper(false)}>
        <p>{t('labels.sheet.scannerMore')}</p>
        <ul>
          {TEST_CODES.map((text, index) => (
            <li key={text}>
              <b>{t(`firstRun.scanner.${ROWS[index] ?? 'second'}`)}</b>
              <Bars text={text} />
            </li>
          ))}
        </ul>
      </SheetFrame>
    );
  return (
    <>
      <StepHead title={t('firstRun.scanner.title')} more={t('firstRun.scanner.more')} />
      <section className="panel">
        <ol className="proofs" aria-live="polite">
          {ROWS.map((row, index) => {
            const text = scans[index];
            return (
              <li key={row} className={text === undefined ? 'm-empty' : 'm-pass'}>
                <SlotSymbol look={text === undefined ? 'empty' : 'pass'} />
                <span>
                  <b>{t(`firstRun.scanner.${row}`)}</b>
                  {text === undefined ? (
                    <small>{t('firstRun.scanner.waiting')}</small>
                  ) : (
                    <small className="mono">{text}</small>
                  )}
                </span>
              </li>
            );
          })}
        </ol>
        {scans.length >= SCANS_WANTED ? (
          <p>
            <b>{t('firstRun.scanner.proof')}</b> {t('firstRun.scanner.proofMore')}
          </p>
        ) : (
          <>
            <p>{t('firstRun.scanner.hint')}</p>
            <UnstyledButton className="btn lg" data-opens="sheet-scanner" onClick={() => setOnPaper(true)}>
              <IconPrinter className="i" aria-hidden="true" />
              {t('firstRun.scanner.print')}
            </UnstyledButton>
          </>
        )}
      </section>
    </>
  );
}
