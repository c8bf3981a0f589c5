// Whether the journal's chain is whole, as a badge, and the button that has it walked again.
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JournalVerdict } from '../../../contract/journal-api.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import type { Journal } from './use-journal.ts';

/** What is wrong with the chain; null where nothing is, or it was not walked yet. */
export function verdictTrouble(
  verdict: JournalVerdict | null,
): { readonly kind: 'changed' | 'cut'; readonly seq: number } | null {
  if (verdict === null || verdict.ok) return null;
  if (verdict.firstBad !== null) return { kind: 'changed', seq: verdict.firstBad };
  return { kind: 'cut', seq: verdict.missingAfter ?? verdict.events };
}

export function JournalVerdictBadge({ journal: { verdict, checking, check } }: { readonly journal: Journal }) {
  const { t } = useTranslation();
  const trouble = verdictTrouble(verdict);
  return (
    <div className="sync-verdict">
      <span role="status">
        {verdict !== null && (
          <span className={`badge m-${trouble === null ? 'pass' : 'fail'}`}>
            <SlotSymbol look={trouble === null ? 'pass' : 'fail'} />
            {trouble === null
              ? t('journal.unbroken', { count: verdict.events })
              : trouble.kind === 'changed'
                ? t('journal.changed', { seq: trouble.seq })
                : t('journal.cut', { seq: trouble.seq })}
          </span>
        )}
      </span>
      <UnstyledButton className="btn quiet" aria-disabled={checking} onClick={() => !checking && check()}>
        {t(checking ? 'journal.checking' : verdict === null ? 'journal.check' : 'journal.checkAgain')}
      </UnstyledButton>
    </div>
  );
}
