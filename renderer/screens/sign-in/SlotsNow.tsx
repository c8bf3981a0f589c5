// How the slots stand, while nobody is signed in: a strip of small symbols, and their counts in words.
import { useTranslation } from 'react-i18next';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import type { StationView } from '../../view-state/station-view.ts';
import { type Look, tileOf } from '../../view-state/tile-view.ts';
import { useTimings } from '../line/use-timings.ts';

/** What calls a person comes first. */
const ORDER: readonly Look[] = ['fail', 'need', 'work', 'pass', 'held', 'looking', 'off', 'empty'];

interface SlotsNowProps {
  readonly view: StationView;
  readonly nowMs: () => number;
}

export function SlotsNow({ view: { slots, lot }, nowMs }: SlotsNowProps) {
  const { t } = useTranslation();
  const timings = useTimings(slots, lot, nowMs);
  const tiles = slots.map((slot) => tileOf(slot, timings.get(slot.slot) ?? null));
  const counts = ORDER.map((look) => ({ look, count: tiles.filter((tile) => tile.look === look).length }));
  return (
    <section className="slots-now" aria-label={t('signIn.slots')}>
      <ul className="counts">
        {tiles.length === 0 && <li>{t('signIn.looking')}</li>}
        {counts
          .filter(({ count }) => count > 0)
          .map(({ look, count }) => (
            <li key={look}>{t(`signIn.counts.${look}`, { count })}</li>
          ))}
      </ul>
      <ol className="cells" aria-hidden="true">
        {tiles.map((tile) => (
          <li key={tile.slot} className={`slot-now m-${tile.look}`}>
            <SlotSymbol {...tile} />
            <span>{tile.slot}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
