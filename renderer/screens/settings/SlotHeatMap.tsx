// Fails per 100 boards, one cell a slot as the fixture stands, in ink and grey; a slot that stands out is named in a sentence,
// and the table says the figures.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SlotHeat } from '../../../contract/diagnostics-api.ts';
import type { Fixtures } from '../../../domain/fixture.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import type { StationFeed } from '../../station-feed.ts';
import { layoutOf } from '../../view-state/grid-layout.ts';
import { type HeatCell, heatOf, worstOf } from '../../view-state/slot-heat.ts';

interface SlotHeatMapProps {
  readonly feed: StationFeed;
  readonly names: readonly string[];
  readonly fixtures: Fixtures | null;
}

export function SlotHeatMap({ feed, names, fixtures }: SlotHeatMapProps) {
  const { t } = useTranslation();
  const [told, setTold] = useState<readonly SlotHeat[] | null>(null);
  useEffect(() => {
    void feed
      .ask((api) => api.diagnostics.heat())
      .then((answer) => {
        if (answer.ok) setTold(answer.value);
      });
  }, [feed]);
  if (told === null || names.length === 0) return null;
  const cells = heatOf(names, told);
  const judged = cells.reduce((sum, { boards }) => sum + boards, 0);
  const worst = worstOf(cells);
  return (
    <section className="panel diag" aria-label={t('diagnostics.heat.title')}>
      <h2>{t('diagnostics.heat.title')}</h2>
      <p>{t('diagnostics.heat.of', { count: judged })}</p>
      {worst !== null && (
        <div className="said-row m-need">
          <SlotSymbol look="need" />
          <p>{t('diagnostics.heat.worst', { slot: worst.slot, failed: worst.failed, boards: worst.boards })}</p>
        </div>
      )}
      <HeatPicture {...{ cells, fixtures }} />
      <HeatTable cells={cells} />
    </section>
  );
}

interface HeatPictureProps {
  readonly cells: readonly HeatCell[];
  readonly fixtures: Fixtures | null;
}

function HeatPicture({ cells, fixtures }: HeatPictureProps) {
  const { t } = useTranslation();
  const layout = layoutOf(cells.length, fixtures);
  return (
    <div
      className="fixtures heat"
      role="img"
      aria-label={t('diagnostics.heat.picture', { count: cells.length })}
      style={{ gridTemplateColumns: `repeat(${layout.across}, minmax(0, 1fr))`, maxWidth: layout.columns * 112 }}
    >
      {layout.blocks.map(({ first, rows, columns }) => (
        <div key={first} className="fixture-box" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
          {cells.slice(first, first + rows * columns).map(({ slot, per100, level }) => (
            <span key={slot} className={`cell heat-${level}`}>
              {slot}
              <small>{per100 === null ? '–' : t('diagnostics.heat.per100', { value: per100 })}</small>
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

function HeatTable({ cells }: { readonly cells: readonly HeatCell[] }) {
  const { t } = useTranslation();
  return (
    <details className="slot-table">
      <summary>{t('diagnostics.heat.table')}</summary>
      <table>
        <thead>
          <tr>
            <th>{t('slotMap.slot')}</th>
            <th>{t('diagnostics.heat.boards')}</th>
            <th>{t('diagnostics.heat.failed')}</th>
            <th>{t('diagnostics.heat.rate')}</th>
          </tr>
        </thead>
        <tbody>
          {cells.map(({ slot, boards, failed, per100 }) => (
            <tr key={slot}>
              <th scope="row">{slot}</th>
              <td>{t('signing.days', { count: boards })}</td>
              <td>{t('signing.days', { count: failed })}</td>
              <td>{per100 === null ? t('diagnostics.heat.few') : t('diagnostics.heat.per100', { value: per100 })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
