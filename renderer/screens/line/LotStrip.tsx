// The lot strip: how many of the lot are done, what is left, and how good the boards are.
import { useTranslation } from 'react-i18next';
import { ERRORS, type ErrorCode } from '../../../domain/error-table.ts';
import { type LotStripView, lotStripOf } from '../../view-state/lot-strip.ts';
import type { StationView } from '../../view-state/station-view.ts';

export function LotStrip({ view, thin }: { readonly view: StationView; readonly thin: boolean }) {
  const { t, i18n } = useTranslation();
  const strip = lotStripOf(view);
  const says = useLotSays(view, strip);
  if (strip === null) return null;
  const { passed, quantity, passedShare, inWorkShare, yieldPercent, inWork, left } = strip;
  const number = new Intl.NumberFormat(i18n.language === 'qps' ? 'en' : i18n.language, { maximumFractionDigits: 1 });
  return (
    <section className={thin ? 'strip thin' : 'strip'} aria-label={t('strip.label')}>
      <div>
        <div className="row">
          <span className="val">
            {number.format(passed)} <small>{t('strip.of', { quantity })}</small>
          </span>
          <span className="lab">{says}</span>
        </div>
        <div className="lotbar" role="img" aria-label={t('strip.bar', { passed, inWork, left })}>
          <i className="ok" style={{ width: `${passedShare * 100}%` }} />
          <i className="wip" style={{ width: `${inWorkShare * 100}%` }} />
        </div>
      </div>
      {yieldPercent !== null && (
        <div>
          <span className="lab">{t('strip.yield')}</span>
          <span className="val">
            {number.format(Math.floor(yieldPercent * 10) / 10)}
            <small> {t('strip.percent')}</small>
          </span>
        </div>
      )}
    </section>
  );
}

/** The strip's sentence: why nothing starts, else what is left. */
function useLotSays({ lot, stoppedBy }: StationView, strip: LotStripView | null): string {
  const { t } = useTranslation();
  if (lot === null || strip === null) return '';
  const left = t('strip.left', { left: strip.left });
  if (stoppedBy !== null) return t('strip.stopped');
  if (strip.full) return t('strip.full');
  if (lot.state === 'closed' || lot.state === 'draft') return t(`strip.${lot.state}`);
  if (lot.state !== 'held') return left;
  const cause = lot.heldBecause;
  if (cause !== null && isCode(cause)) return t('strip.heldFor', { cause: t(`cause.${cause}.tile`) });
  return t('strip.paused');
}

function isCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text);
}
