// What a lot was made of: order, serials, firmware, how keys come into its boards.
import { useTranslation } from 'react-i18next';
import type { LotView } from '../../../domain/station-event.ts';
import { keyWordOf } from '../../view-state/key-word.ts';

export function LotFacts({ lot }: { readonly lot: LotView }) {
  const { t } = useTranslation();
  const facts = [
    ['order', lot.orderId],
    ['serials', lot.serialRange.replace('..', ' – ')],
    ['firmware', lot.firmwareVersion],
    ['key', t(`keyTerms.${keyWordOf(lot)}`)],
  ] as const;
  return (
    <dl className="lot-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`lots.row.${name}`)}</dt>
          <dd className={name === 'order' || name === 'serials' ? 'mono' : ''}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
