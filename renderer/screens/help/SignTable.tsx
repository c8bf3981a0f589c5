// The signs of a slot, each as its tile shows it.
import { useTranslation } from 'react-i18next';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import type { Look } from '../../view-state/tile-view.ts';

const SIGNS = ['pass', 'fail', 'need', 'work', 'lock', 'empty', 'looking', 'held', 'off'] as const;

/** A ring as it stands half-way: in Certificate, and in Lock. */
const RINGS = {
  work: { progress: 0.5, stageNumber: 4 },
  lock: { progress: 0.9, stageNumber: 6, locking: true },
} as const;

export function SignTable() {
  const { t } = useTranslation();
  return (
    <section className="panel wide">
      <h3>{t('help.topic.signs')}</h3>
      <ul className="signs">
        {SIGNS.map((sign) => {
          const look: Look = sign === 'lock' ? 'work' : sign;
          return (
            <li key={sign}>
              <span className={`sign tile t-${look}`}>
                <SlotSymbol look={look} {...(sign === 'work' || sign === 'lock' ? RINGS[sign] : {})} />
              </span>
              <span>{t(`help.signs.${sign}`)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
