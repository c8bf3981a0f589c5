// Why boards failed first time: ranked bars, the count at the right, the slots that cause it named.
import { useTranslation } from 'react-i18next';
import type { LotPage } from '../../../contract/lot-page-api.ts';
import { type FailureRank, failureRanks } from '../../view-state/failure-ranks.ts';
import { ChartPanel } from './ChartPanel.tsx';

interface LotFailuresProps {
  readonly page: LotPage;
  readonly still?: boolean;
}

export function LotFailures({ page, still = false }: LotFailuresProps) {
  const { t } = useTranslation();
  const ranks = failureRanks(page.failures);
  const cause = ({ code }: FailureRank) => (code === null ? t('lotPage.failures.rest') : t(`cause.${code}.tile`));
  const slots = (rank: FailureRank) =>
    rank.slots.length === 0 ? '' : t('lotPage.failures.slots', { count: rank.slots.length, slots: [...rank.slots] });
  const boards = (rank: FailureRank) => t('lotPage.yield.count', { boards: rank.boards });
  return (
    <ChartPanel
      title={t('lotPage.failures.title')}
      under=""
      chart={
        <ol className="failures">
          {ranks.map((rank, at) => (
            <li key={rank.code}>
              <span>{cause(rank)}</span>
              <span className="failure-bar">
                <i className={at === 0 ? 'most' : ''} style={{ width: `${62 * rank.share}%` }} />
                <span className="dim">{slots(rank)}</span>
              </span>
              <b>{boards(rank)}</b>
            </li>
          ))}
        </ol>
      }
      head={[t('lotPage.failures.cause'), t('lotPage.failures.boards'), t('lotPage.failures.slotsHead')]}
      rows={ranks.map((rank) => [cause(rank), boards(rank), slots(rank)])}
      none={ranks.length === 0 ? t('lotPage.failures.none') : null}
      still={still}
    />
  );
}
