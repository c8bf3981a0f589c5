// The slots as a list (F4): the tiles' words, for whom a map of tiles says little (UX.md section 12).
import { useTranslation } from 'react-i18next';
import type { SlotView } from '../../../domain/station-event.ts';
import { tileOf } from '../../view-state/tile-view.ts';
import { useTileText } from './use-tile-text.ts';

export function SlotList({ slots }: { readonly slots: readonly SlotView[] }) {
  const { t } = useTranslation();
  const textOf = useTileText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="slots list" aria-label={t('line.slots')} tabIndex={0}>
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
            const { word, detail } = textOf(tileOf(slot), false);
            return (
              <tr key={slot.slot}>
                <th scope="row">{slot.slot}</th>
                <td>{word}</td>
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
