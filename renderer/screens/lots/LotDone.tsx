// How far a lot is: "862 of 1,200" over its bar.
import { useTranslation } from 'react-i18next';
import type { LotView } from '../../../domain/station-event.ts';
import { doneShare } from '../../view-state/lot-row.ts';

export function LotDone({ lot }: { readonly lot: Pick<LotView, 'passed' | 'quantity'> }) {
  const { t } = useTranslation();
  return (
    <span className="lot-done">
      <span>{t('lots.done', { passed: lot.passed, quantity: lot.quantity })}</span>
      <span className="lot-bar" aria-hidden="true">
        <i style={{ width: `${doneShare(lot) * 100}%` }} />
      </span>
    </span>
  );
}
