// How long a CA lasts, how many signatures it has left, and the fingerprint that people compare.
import { useTranslation } from 'react-i18next';
import type { CaView } from '../../../contract/signing-api.ts';
import { fingerprintGroups, lastingOf, signaturesLeft } from '../../view-state/ca-card.ts';
import type { CaText } from './use-ca-text.ts';

interface CaFiguresProps {
  readonly ca: CaView;
  readonly text: CaText;
  readonly nowMs: () => number;
}

/** Of four digits each: two lines of eight. */
const GROUPS_A_LINE = 8;

export function CaFigures({ ca, text, nowMs }: CaFiguresProps) {
  const { t } = useTranslation();
  return (
    <dl className="ca-figures">
      <div>
        <dt>{t('signing.daysLeft')}</dt>
        <Days {...{ ca, text, nowMs }} />
      </div>
      <div>
        <dt>{t('signing.left')}</dt>
        <Signatures ca={ca} />
      </div>
      {ca.issuerId !== null && (
        <div>
          <dt>{t('signing.fingerprint')}</dt>
          <dd className="mono fingerprint">
            {[0, GROUPS_A_LINE].map((from) => (
              <span key={from}>
                {fingerprintGroups(ca.issuerId ?? '')
                  .slice(from, from + GROUPS_A_LINE)
                  .join(' ')}
              </span>
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}

function Days({ ca, text, nowMs }: CaFiguresProps) {
  const { t } = useTranslation();
  const lasting = lastingOf(ca, nowMs());
  if (lasting.kind === 'no-end') return <Figure value={t('signing.noEnd')} under={null} />;
  const date = text.date(lasting.endsMs);
  if (lasting.kind === 'ended') return <Figure value={t('signing.ended')} under={t('signing.endedOn', { date })} />;
  return <Figure value={t('signing.days', { count: lasting.days })} under={t('signing.ends', { date })} />;
}

function Signatures({ ca }: { readonly ca: CaView }) {
  const { t } = useTranslation();
  const has = signaturesLeft(ca);
  if (has === null) return <Figure value={t('signing.noLimit')} under={null} />;
  const used = Math.round(has.spent * 100);
  return (
    <dd>
      <span className="val">
        {t('signing.days', { count: has.left })} <small>{t('signing.leftOf', { limit: has.limit })}</small>
      </span>
      <span className="spent" role="img" aria-label={t('signing.usedText', { used })}>
        <i style={{ width: `${has.spent * 100}%` }} />
      </span>
    </dd>
  );
}

function Figure({ value, under }: { readonly value: string; readonly under: string | null }) {
  return (
    <dd>
      <span className="val">{value}</span>
      {under !== null && <span className="under">{under}</span>}
    </dd>
  );
}
