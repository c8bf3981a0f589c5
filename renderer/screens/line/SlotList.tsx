// The slots as a list (F4): the tiles' words, for whom a map of tiles says little (UX.md section 12).
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LotView, SlotView } from '../../../domain/station-event.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { tileOf } from '../../view-state/tile-view.ts';
import { useTileText } from './use-tile-text.ts';
import { useTimings } from './use-timings.ts';

interface SlotListProps {
  readonly slots: readonly SlotView[];
  readonly lot: LotView | null;
  readonly onOpen: (slot: string) => void;
  readonly nowMs: () => number;
}

export function SlotList({ slots, lot, onOpen, nowMs }: SlotListProps) {
  const { t } = useTranslation();
  const textOf = useTileText();
  const timings = useTimings(slots, lot, nowMs);
  return (
    <section className="slots list" aria-label={t('line.slots')}>
      <table>
        <thead>
          <tr>
            <th>{t('list.slot')}</th>
            <th>{t('list.state')}</th>
            <th>{t('list.detail')}</th>
            <th>{t('list.serial')}</th>
          </tr>
        </thead>
        <tbody>
          {slots.map((slot) => {
            const tile = tileOf(slot, timings.get(slot.slot) ?? null);
            const { word, detail } = textOf(tile, false);
            return (
              <tr key={slot.slot}>
                <th scope="row">
                  <UnstyledButton
                    className="btn"
                    data-slot={slot.slot}
                    aria-label={t('list.open', { slot: slot.slot })}
                    onClick={() => onOpen(slot.slot)}
                  >
                    {slot.slot}
                  </UnstyledButton>
                </th>
                <td>
                  <span className={`state m-${tile.look}`}>
                    <SlotSymbol {...tile} />
                    {word}
                  </span>
                </td>
                <td>{detail}</td>
                <td className="mono">{slot.deviceSerial}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
