// The self-test: ports, scanner, label printer, disk, records, clock, signing and cloud; each row a shape, a figure and one fix. The scanner
// is this window's own, and is judged by its last scan.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SelfCheck } from '../../../contract/diagnostics-api.ts';
import type { ErrorCode } from '../../../domain/error-table.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { useLastScan } from '../../scanner/use-scans.ts';
import type { StationFeed } from '../../station-feed.ts';
import { refusalCode } from '../../view-state/refusal-code.ts';
import { useRefusalText } from '../line/use-card-text.ts';
import { useLotText } from '../lots/use-lot-text.ts';

interface SelfTestProps {
  readonly feed: StationFeed;
  readonly nowMs: () => number;
}

const LOOKS = { ok: 'pass', look: 'need', bad: 'fail' } as const;

export function SelfTest({ feed, nowMs }: SelfTestProps) {
  const { t } = useTranslation();
  const refusal = useRefusalText();
  const { time } = useLotText(nowMs);
  const scan = useLastScan();
  const [checks, setChecks] = useState<readonly SelfCheck[] | null>(null);
  const [refused, setRefused] = useState<ErrorCode | null>(null);
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round asks anew
  useEffect(() => {
    let over = false;
    setBusy(true);
    void feed
      .ask((api) => api.diagnostics.selfTest())
      .then((answer) => {
        if (over) return;
        if (answer.ok) setChecks(answer.value);
        setRefused(answer.ok ? null : refusalCode(answer.code));
        setBusy(false);
      });
    return () => {
      over = true;
    };
  }, [feed, round]);
  const figure = ({ check, figure: value }: SelfCheck) =>
    value === null ? t(`diagnostics.none.${check}`) : t(`diagnostics.figure.${check}`, { count: value });
  const [ports, ...rest] = checks ?? [];
  const row = (check: SelfCheck) => (
    <Row
      key={check.check}
      look={LOOKS[check.verdict]}
      name={t(`diagnostics.check.${check.check}`)}
      figure={figure(check)}
      fix={check.code === null ? '' : refusal(refusalCode(check.code))}
    />
  );
  return (
    <section className="panel diag" aria-label={t('diagnostics.selfTest')} aria-busy={busy}>
      <header className="panel-head">
        <h2>{t('diagnostics.selfTest')}</h2>
        <UnstyledButton className="btn" aria-disabled={busy} onClick={() => !busy && setRound(round + 1)}>
          {t(busy ? 'diagnostics.looking' : 'diagnostics.lookAgain')}
        </UnstyledButton>
      </header>
      {refused !== null && <p role="alert">{refusal(refused)}</p>}
      <ul className="checks" aria-live="polite">
        {ports !== undefined && row(ports)}
        <Row
          look={scan === null ? 'empty' : scan.taken ? 'pass' : 'need'}
          name={t('diagnostics.check.scanner')}
          figure={scan === null ? t('diagnostics.noScan') : t('diagnostics.lastScan', { time: time(scan.timeMs) })}
          fix={scan === null ? t('diagnostics.scanNow') : scan.taken ? '' : scan.words}
        />
        {rest.map(row)}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly look: 'pass' | 'need' | 'fail' | 'empty';
  readonly name: string;
  readonly figure: string;
  readonly fix: string;
}

function Row({ look, name, figure, fix }: RowProps) {
  return (
    <li className={`check m-${look}`}>
      <SlotSymbol look={look} />
      <b>{name}</b>
      <span>{figure}</span>
      <span>{fix}</span>
    </li>
  );
}
