// The lot strip: how many of the lot are done, when the rest will be, and how good and how fast the boards are (UX.md
// sections 4.2 and 10).
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { clockText } from '../../components/use-clock.ts';
import { formatLocale } from '../../strings/format-locale.ts';
import { type LotStripView, lotStripOf } from '../../view-state/lot-strip.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { Sparkline } from './Sparkline.tsx';
import { useFinish } from './use-finish.ts';

interface LotStripProps {
  readonly view: StationView;
  readonly thin: boolean;
  readonly nowMs: () => number;
}

export const LotStrip = memo(LotStripOf, sameStrip);

/** A slot that gets on changes no figure of the lot. */
function sameStrip(was: LotStripProps, is: LotStripProps): boolean {
  const [before, after] = [was.view, is.view];
  return (
    before.lot === after.lot &&
    before.stoppedBy === after.stoppedBy &&
    lotStripOf(before)?.inWork === lotStripOf(after)?.inWork &&
    was.thin === is.thin
  );
}

function LotStripOf({ view, thin, nowMs }: LotStripProps) {
  const { t, i18n } = useTranslation();
  const finishMs = useFinish(view.lot, nowMs);
  const strip = lotStripOf(view);
  const saysOf = useStripSays();
  if (strip === null) return null;
  const { passed, quantity, passedShare, inWorkShare, inWork, left, firstPassPercent, boardSeconds } = strip;
  const tenths = new Intl.NumberFormat(formatLocale(i18n.language), {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const whole = new Intl.NumberFormat(formatLocale(i18n.language));
  return (
    <section className={thin ? 'strip thin' : 'strip'} aria-label={t('strip.label')}>
      <div>
        <div className="row">
          <span className="val">
            {whole.format(passed)} <small>{t('strip.of', { quantity })}</small>
          </span>
          {strip.says.kind === 'left' && finishMs !== null ? (
            <>
              <span className="lab hide-s">{t('strip.leftAndDone', { left, time: timeText(finishMs) })}</span>
              <span className="lab only-s">{saysOf(strip)}</span>
            </>
          ) : (
            <span className={strip.says.kind === 'left' ? 'lab' : 'lab says'}>{saysOf(strip)}</span>
          )}
        </div>
        <div className="lotbar" role="img" aria-label={t('strip.bar', { passed, inWork, left })}>
          <i className="ok" style={{ width: `${passedShare * 100}%` }} />
          <i className="wip" style={{ width: `${inWorkShare * 100}%` }} />
        </div>
      </div>
      {firstPassPercent !== null && (
        <div>
          <span className="lab">{t('strip.yield')}</span>
          <span className="val">
            {tenths.format(Math.floor(firstPassPercent * 10) / 10)}
            <small> {t('strip.percent')}</small>
          </span>
        </div>
      )}
      {strip.lastHour !== null && (
        <div className="hide-s">
          <span className="lab">{t('strip.hour')}</span>
          <Sparkline shares={strip.lastHour} />
        </div>
      )}
      {boardSeconds !== null && (
        <div>
          <span className="lab">{t('strip.pace')}</span>
          <span className="val">
            {tenths.format(boardSeconds)}
            <small> {t('strip.seconds')}</small>
          </span>
        </div>
      )}
    </section>
  );

  /** With the day where it is not today. */
  function timeText(timeMs: number): string {
    const locale = formatLocale(i18n.language);
    const day = new Intl.DateTimeFormat(locale, { weekday: 'short' });
    const time = clockText(locale, timeMs);
    const today = new Date(timeMs).toDateString() === new Date(nowMs()).toDateString();
    return today ? time : t('strip.onDay', { day: day.format(timeMs), time });
  }
}

/** The strip's sentence: why nothing starts, else what is left. */
function useStripSays(): (strip: LotStripView) => string {
  const { t, i18n } = useTranslation();
  return ({ says, left, quantity }) => {
    switch (says.kind) {
      case 'left':
        return t('strip.left', { left });
      case 'full':
        return t('strip.full', { quantity });
      case 'held':
        return t('strip.held', { count: says.count, cause: t(`cause.${says.code}.tile`) });
      case 'paused': {
        const time = clockText(formatLocale(i18n.language), says.sinceMs);
        return says.by === null ? t('strip.paused', { time }) : t('strip.pausedBy', { name: says.by, time });
      }
      default:
        return t(`strip.${says.kind}`);
    }
  };
}
