// Where the time of one board goes: one bar of stages, the longest in ink, the lot before as a thin bar, the finding as a
// sentence.
import { useTranslation } from 'react-i18next';
import type { LotPage, StageMedians } from '../../../contract/lot-page-api.ts';
import { Stage } from '../../../domain/job.ts';
import { BARS, type StageBar, type StageBars, stageBars } from '../../view-state/stage-bars.ts';
import { ChartPanel } from './ChartPanel.tsx';

interface LotTimeProps {
  readonly page: LotPage;
  readonly still?: boolean;
}

/** Of the picture's own units. */
const BAR = { y: 28, height: 34 } as const;
const THIN = { y: 114, height: 16 } as const;

export function LotTime({ page: { time, timeBefore, counts }, still = false }: LotTimeProps) {
  const { t } = useTranslation();
  const seconds = (of: StageMedians | null, stage: Stage) => {
    const ms = of?.stageMs[stage];
    return ms === undefined ? '' : t('lotPage.yield.value', { percent: ms / 1_000 });
  };
  const part = time !== null && time.boards < counts.passed;
  return (
    <ChartPanel
      title={t('lotPage.time.title')}
      under={time === null ? '' : t('lotPage.time.median', { seconds: time.jobMs / 1_000 })}
      chart={
        time && (
          <>
            <Bars bars={stageBars(time, timeBefore)} time={time} before={timeBefore} />
            {part && <p className="dim chart-note">{t('lotPage.time.last', { count: time.boards })}</p>}
          </>
        )
      }
      head={[t('lotPage.time.stageName'), t('lotPage.time.here'), t('lotPage.time.there')]}
      rows={Stage.options.map((stage) => [t(`stageName.${stage}`), seconds(time, stage), seconds(timeBefore, stage)])}
      none={time === null ? t('lotPage.time.none') : null}
      still={still}
    />
  );
}

interface BarsProps {
  readonly bars: StageBars;
  readonly time: StageMedians;
  readonly before: StageMedians | null;
}

function Bars({ bars, before }: BarsProps) {
  const { t } = useTranslation();
  const words = ({ stage, ms }: StageBar) =>
    t('lotPage.time.stage', { stage: t(`stageName.${stage}`), seconds: ms / 1_000 });
  const { change } = bars;
  const changed = change && bars.bars.find(({ stage }) => stage === change.stage);
  const stages = bars.bars.map(words);
  const label =
    before === null
      ? t('lotPage.time.text', { stages })
      : t('lotPage.time.textBefore', { stages, before: bars.before.map(words) });
  const finding = change && {
    ...{ stage: t(`stageName.${change.stage}`), seconds: Math.abs(change.ms) / 1_000 },
  };
  return (
    <>
      <svg className="chart" viewBox={`0 0 ${BARS.width} ${before === null ? 70 : 136}`} role="img" aria-label={label}>
        {bars.bars.map((bar) => (
          <g key={bar.stage}>
            <rect className={bar.tone} x={bar.x} y={BAR.y} width={bar.width} height={BAR.height} />
            {bar.labelled && (
              <text x={bar.x} y={18}>
                {words(bar)}
              </text>
            )}
          </g>
        ))}
        {before !== null && (
          <text className="mark" x={0} y={104}>
            {t('lotPage.time.before', { lot: before.lotId, seconds: before.jobMs / 1_000 })}
          </text>
        )}
        {bars.before.map((bar) => (
          <rect key={bar.stage} className={bar.tone} x={bar.x} y={THIN.y} width={bar.width} height={THIN.height} />
        ))}
        {changed && <path className="bracket" d={`M${changed.x} 70v10h${changed.width}v-10`} />}
      </svg>
      <p className="chart-note">
        {before !== null && (
          <b>
            {finding === null
              ? t('lotPage.time.same')
              : t(change !== null && change.ms > 0 ? 'lotPage.time.slower' : 'lotPage.time.faster', finding)}
          </b>
        )}
        <span className="dim">
          {bars.bars
            .filter(({ labelled }) => !labelled)
            .map((bar) => (
              <span key={bar.stage}>{words(bar)}</span>
            ))}
        </span>
      </p>
    </>
  );
}
