// Where the time of the last attempt went, each stage a bar, with a tick where the lot's boards usually are when a stage took
// long. No figure that was not measured.
import { useTranslation } from 'react-i18next';
import type { DeviceRecord } from '../../../contract/devices-api.ts';
import { type Timeline, type TimelineBar, timelineOf } from '../../view-state/device-timeline.ts';
import type { DeviceText } from './use-device-text.ts';

interface MadePanelProps {
  readonly record: DeviceRecord;
  readonly text: DeviceText;
}

const WIDTH = 592;
const LEFT = 104;
/** Room for the seconds at the right end. */
const RIGHT = 512;
const ROW = 36;

export function MadePanel({ record, text }: MadePanelProps) {
  const { t } = useTranslation();
  const { attempts, usual } = record;
  const attempt = attempts.at(-1);
  if (!attempt) return null;
  const timeline = timelineOf(attempt, usual);
  const { totalMs, usualMs, finding, bars } = timeline;
  return (
    <section className="panel made" aria-labelledby="made-title">
      <div className="head">
        <h3 id="made-title">{t('devices.made.title')}</h3>
        {attempts.length > 1 && (
          <span className="dim">{t('devices.made.attempt', { number: attempts.length, of: attempts.length })}</span>
        )}
        <span className="sp" />
        {bars.length > 0 && <b>{text.seconds(totalMs)}</b>}
        {bars.length > 0 && usualMs !== null && (
          <span className="dim">{t('devices.made.usual', { usual: text.seconds(usualMs) })}</span>
        )}
      </div>
      {bars.length === 0 ? <p className="dim">{t('devices.made.none')}</p> : <Picture {...{ timeline, text }} />}
      {finding !== null && (
        <p>
          {t('devices.made.finding', { stage: t(`stageName.${finding.stage}`), over: text.seconds(finding.overMs) })}
        </p>
      )}
    </section>
  );
}

function Picture({ timeline, text }: { readonly timeline: Timeline; readonly text: DeviceText }) {
  const { t } = useTranslation();
  const { bars, axisMs } = timeline;
  const at = (ms: number) => LEFT + (ms / axisMs) * (RIGHT - LEFT);
  const said = bars.map(({ stage, ms, usualMs }) => {
    const words = { stage: t(`stageName.${stage}`), seconds: text.seconds(ms) };
    return usualMs === null
      ? t('devices.made.stage', words)
      : t('devices.made.stageUsual', { ...words, usual: text.seconds(usualMs) });
  });
  return (
    <svg
      className="timeline"
      viewBox={`0 0 ${WIDTH} ${bars.length * ROW}`}
      role="img"
      aria-label={t('devices.made.picture', { stages: said })}
    >
      {bars.map((bar, index) => (
        <Bar key={bar.stage} {...{ bar, at, text }} y={index * ROW} />
      ))}
    </svg>
  );
}

interface BarProps {
  readonly bar: TimelineBar;
  readonly at: (ms: number) => number;
  readonly y: number;
  readonly text: DeviceText;
}

function Bar({ bar, at, y, text }: BarProps) {
  const { t } = useTranslation();
  const { stage, startMs, ms, usualMs, isLong } = bar;
  const usualAt = isLong && usualMs !== null ? at(startMs + usualMs) : null;
  return (
    <g className={isLong ? 'long' : undefined}>
      <text x="0" y={y + 23}>
        {t(`stageName.${stage}`)}
      </text>
      <rect x={at(startMs)} y={y + 8} width={Math.max(2, at(startMs + ms) - at(startMs))} height="20" rx="2" />
      {usualAt !== null && usualMs !== null && (
        <>
          <path className="gap" d={`M${usualAt} ${y + 3}v30`} />
          <path className="usual" d={`M${usualAt} ${y + 3}v30`} />
          <text className="usual-text" x={usualAt - 8} y={y + 2} textAnchor="end">
            {t('devices.made.usual', { usual: text.seconds(usualMs) })}
          </text>
        </>
      )}
      <text className="seconds" x={WIDTH} y={y + 23} textAnchor="end">
        {text.seconds(ms)}
      </text>
    </g>
  );
}
