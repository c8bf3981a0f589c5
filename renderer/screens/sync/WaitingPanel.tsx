// How many waited over the last three days: a line in ink with its words beside it, or the same as a table.
import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxState } from '../../../contract/outbox-api.ts';
import { CHART, waitingChart, waitingTable } from '../../view-state/waiting-chart.ts';
import type { SyncText } from './use-sync-text.ts';

interface WaitingPanelProps {
  readonly state: OutboxState;
  readonly text: SyncText;
  readonly table?: boolean;
}

/** The name of the lost network stands left of its mark where there is room for it, also in a small window. */
const LOST_ROOM = 250;

export function WaitingPanel({ state, text, table: first = false }: WaitingPanelProps) {
  const { t } = useTranslation();
  const [table, setTable] = useState(first);
  return (
    <section className="panel sync-waiting" aria-labelledby="sync-waiting">
      <header>
        <h2 id="sync-waiting">{t('syncPlace.chart.title')}</h2>
        <span className="dim">{t('syncPlace.chart.room', { room: state.room })}</span>
        <UnstyledButton className="btn quiet" onClick={() => setTable(!table)}>
          {t(table ? 'syncPlace.chart.picture' : 'syncPlace.chart.table')}
        </UnstyledButton>
      </header>
      {table ? <WaitingTable state={state} text={text} /> : <Picture state={state} text={text} />}
    </section>
  );
}

function Picture({ state: { history, lostMs }, text }: Pick<WaitingPanelProps, 'state' | 'text'>) {
  const { t } = useTranslation();
  const { line, area, end, valueY, days, lostX, first, most, last } = waitingChart(history, lostMs);
  const { width, height, base, top, right } = CHART;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('syncPlace.chart.text', { first, most, last })}>
      <path className="axis" d={`M0 ${base + 0.5}H${right}`} />
      <path className="area" d={area} />
      <path className="line" d={line} />
      <circle cx={end.x} cy={end.y} r="5" />
      <text className="value" x={right - 10} y={valueY} textAnchor="end">
        {t('syncPlace.chart.value', { value: last })}
      </text>
      {lostX !== null && lostMs !== null && (
        <>
          <path className="lost" d={`M${lostX} ${top - 6}V${base}`} />
          <text x={lostX + (lostX > LOST_ROOM ? -8 : 8)} y={top + 6} textAnchor={lostX > LOST_ROOM ? 'end' : 'start'}>
            {t('syncPlace.chart.lost', { time: text.clock(lostMs) })}
          </text>
        </>
      )}
      {days.map(({ x, timeMs }) => (
        <text key={timeMs} x={x} y={base + 28}>
          {text.day(timeMs)}
        </text>
      ))}
      <text x={right} y={base + 28} textAnchor="end">
        {t('syncPlace.chart.now')}
      </text>
    </svg>
  );
}

function WaitingTable({ state, text }: Pick<WaitingPanelProps, 'state' | 'text'>) {
  const { t } = useTranslation();
  return (
    <div className="sync-scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('syncPlace.chart.time')}</th>
            <th scope="col" className="r">
              {t('syncPlace.chart.count')}
            </th>
          </tr>
        </thead>
        <tbody>
          {waitingTable(state.history).map(({ timeMs, count }) => (
            <tr key={timeMs}>
              <td>{text.time(timeMs)}</td>
              <td className="r">{t('syncPlace.chart.value', { value: count })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
