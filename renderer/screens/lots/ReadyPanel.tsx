// "Ready to release?" (UX.md section 4.4): the live checks, how long the lot takes, and the release. Only an octagon
// keeps the lot from the line, and it says what to do.
import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KeyTerms } from '../../../domain/recipe.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { type DraftDesk, isCurrent, isStopped } from '../../view-state/draft-desk.ts';
import { COUNTS, countOf } from '../../view-state/lot-draft.ts';
import { type CheckRow, checkRows } from '../../view-state/ready-checks.ts';
import { useCheckText } from './use-check-text.ts';

interface ReadyPanelProps {
  readonly desk: DraftDesk;
  /** How the keys of the chosen recipe come into boards; null before one is known. */
  readonly terms: KeyTerms | null;
  /** Why the last save or release was refused. */
  readonly refusal: string | null;
  readonly onRelease: () => void;
  readonly onBack: () => void;
}

const LOOKS = { ok: 'pass', look: 'need', stop: 'fail' } as const;

export function ReadyPanel({ desk, terms, refusal, onRelease, onBack }: ReadyPanelProps) {
  const { t } = useTranslation();
  const rows = checkRows(desk, terms);
  const stops = rows.filter(({ verdict }) => verdict === 'stop');
  const busy = desk.release === 'asked' || desk.release === 'done';
  const stopped = isStopped(desk);
  const verdict = stopped
    ? t('setUp.verdict.stop', { count: stops.length })
    : t(isCurrent(desk) ? 'setUp.verdict.ok' : 'setUp.verdict.asking');
  return (
    <aside className="panel ready" aria-labelledby="ready-title">
      <h2 id="ready-title">{t('setUp.ready')}</h2>
      <ul className="checks">
        {rows.map((row) => (
          <Check key={row.check} row={row} desk={desk} />
        ))}
      </ul>
      <VisuallyHidden role="status">{verdict}</VisuallyHidden>
      <div className="ready-acts">
        <Estimate desk={desk} />
        <p role="alert" className="bad">
          {refusal}
        </p>
        <UnstyledButton
          className="btn lg pri blk"
          aria-disabled={stopped || busy}
          aria-describedby={stops[0] === undefined ? undefined : checkId(stops[0].check)}
          onClick={onRelease}
        >
          {t(busy ? 'setUp.releasing' : 'setUp.release')}
        </UnstyledButton>
        <UnstyledButton className="btn blk" onClick={onBack}>
          {t('setUp.back')}
        </UnstyledButton>
      </div>
    </aside>
  );
}

export function checkId(check: CheckRow['check']): string {
  return `check-${check}`;
}

function Check({ row, desk }: { readonly row: CheckRow; readonly desk: DraftDesk }) {
  const { t } = useTranslation();
  const { title, text } = useCheckText()(row, desk.typed);
  return (
    <li className={`chk m-${LOOKS[row.verdict]}`} id={checkId(row.check)}>
      <SlotSymbol look={LOOKS[row.verdict]} />
      <div>
        <b>
          <VisuallyHidden>{t(`setUp.checkWord.${row.verdict}`)}</VisuallyHidden> {title}
        </b>
        <small>{text}</small>
      </div>
    </li>
  );
}

const MINUTE_MS = 60_000;

function Estimate({ desk: { readiness, typed } }: { readonly desk: DraftDesk }) {
  const { t } = useTranslation();
  const quantity = countOf(typed.quantity, COUNTS.quantity);
  if (readiness === null || readiness.estimateMs === null || quantity === null) return null;
  const whole = Math.max(1, Math.round(readiness.estimateMs / MINUTE_MS));
  const [hours, minutes] = [Math.floor(whole / 60), whole % 60];
  const seconds = Math.round(readiness.estimateMs / quantity / 100) / 10;
  return (
    <p className="dim">
      <b>{hours === 0 ? t('setUp.estimateMinutes', { minutes }) : t('setUp.estimateHours', { hours, minutes })}</b>{' '}
      {t('setUp.pace', { seconds })}
    </p>
  );
}
