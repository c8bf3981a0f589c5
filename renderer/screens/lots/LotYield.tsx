// First-pass yield of a lot by the half hour: a line, the boards under each point, an axis that says where it starts.
import { useTranslation } from 'react-i18next';
import type { LotPage } from '../../../contract/lot-page-api.ts';
import { YIELD, type YieldChart, yieldChart } from '../../view-state/yield-chart.ts';
import { ChartPanel } from './ChartPanel.tsx';

interface LotYieldProps {
  readonly page: LotPage;
  readonly time: (timeMs: number) => string;
  readonly still?: boolean;
}

export function LotYield({ page, time, still = false }: LotYieldProps) {
  const { t } = useTranslation();
  const chart = yieldChart(page);
  const rows = chart?.points ?? [];
  return (
    <ChartPanel
      title={t('lotPage.yield.title')}
      under={t('lotPage.yield.below')}
      chart={chart && <Line chart={chart} time={time} hasEarlier={page.hasEarlier} />}
      head={[t('lotPage.yield.since'), t('lotPage.yield.boards'), t('lotPage.yield.percent')]}
      rows={rows.map(({ sinceMs, judged, percent }) => [
        time(sinceMs),
        t('lotPage.yield.count', { boards: judged }),
        t('lotPage.percent', { percent }),
      ])}
      none={chart === null ? t('lotPage.yield.none') : null}
      still={still}
    />
  );
}

interface LineProps {
  readonly chart: YieldChart;
  readonly time: (timeMs: number) => string;
  readonly hasEarlier: boolean;
}

function Line({ chart: { points, paths, axis, least, most }, time, hasEarlier }: LineProps) {
  const { t } = useTranslation();
  const { width, height, left, right, bottom } = YIELD;
  const last = points.at(-1);
  const text = { count: points.length, least, most, last: last?.percent ?? 0, from: axis.from };
  return (
    <>
      <svg className="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('lotPage.yield.text', text)}>
        <path className="axis" d={`M${left} ${bottom}H${right}`} />
        {axis.ticks.map(({ percent, y }) => (
          <text key={percent} className="mark" x={left - 10} y={y + 5} textAnchor="end">
            {t('lotPage.yield.tick', { percent })}
          </text>
        ))}
        {paths.map((path) => (
          <path key={path} className="line" d={path} />
        ))}
        {points.map((point) => (
          <g key={point.sinceMs}>
            <circle className={point === last ? 'end' : 'point'} cx={point.x} cy={point.y} r="5" />
            {point.labelled && (
              <>
                <text className="mark" x={point.x} y={bottom + 24} textAnchor="middle">
                  {time(point.sinceMs)}
                </text>
                <text className="under" x={point.x} y={bottom + 46} textAnchor="middle">
                  {t('lotPage.yield.count', { boards: point.judged })}
                </text>
              </>
            )}
          </g>
        ))}
      </svg>
      <p className="dim chart-note">
        {t('lotPage.yield.axis', { percent: axis.from })} {hasEarlier && t('lotPage.yield.earlier')}
      </p>
    </>
  );
}
