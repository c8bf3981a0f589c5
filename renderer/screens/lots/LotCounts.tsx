// Where the boards of a lot stand: counts that add up to its quantity, over their bar, and
// what it was made of.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardCounts, LotPage } from '../../../contract/lot-page-api.ts';
import { LotFacts } from './LotFacts.tsx';

type Place = keyof BoardCounts;

/** Always there; the others only while there is any. */
const ALWAYS: ReadonlySet<Place> = new Set(['passed', 'notStarted']);
const PLACES: readonly Place[] = [
  ...(['passed', 'revoked', 'inWork', 'inRework', 'failed', 'noVerdict', 'scrapped', 'notStarted', 'beyond'] as const),
];
/** Parts of the bar, in its order; what is not started is the bar itself. */
const PARTS = ['passed', 'revoked', 'inWork', 'inRework', 'noVerdict', 'failed', 'scrapped'] as const;

interface LotCountsProps {
  readonly page: LotPage;
  readonly children?: ReactNode;
}

export function LotCounts({ page: { lot, counts }, children }: LotCountsProps) {
  const { t } = useTranslation();
  const { passed, judged } = lot.firstPass;
  const whole = lot.quantity + counts.beyond;
  const shown = PLACES.filter((place) => ALWAYS.has(place) || counts[place] > 0);
  return (
    <section className="panel lot-counts">
      <div className="lot-counts-row">
        <dl>
          {shown.map((place) => (
            <div key={place}>
              <dd>{t('lotPage.yield.count', { boards: counts[place] })}</dd>
              <dt>{t(`lotPage.counts.${place}`)}</dt>
            </div>
          ))}
          {judged > 0 && (
            <div>
              <dd>{t('lotPage.percent', { percent: (100 * passed) / judged })}</dd>
              <dt>{t('lotPage.counts.yield')}</dt>
            </div>
          )}
        </dl>
        {children}
      </div>
      <div className="lot-page-bar" role="img" aria-label={t('lotPage.bar', { ...counts, quantity: lot.quantity })}>
        {PARTS.map((place) =>
          counts[place] === 0 ? null : (
            <i key={place} className={place} style={{ width: `${(100 * counts[place]) / whole}%` }} />
          ),
        )}
      </div>
      <LotFacts lot={lot} />
    </section>
  );
}
