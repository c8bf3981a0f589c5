// The switch between two banks of slots, where the window is too small for all; each side carries its worst symbol, so
// that the hidden one can still call (UX.md section 8).
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SlotView } from '../../../domain/station-event.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { BANK } from '../../view-state/grid-layout.ts';
import { worstLook } from '../../view-state/tile-view.ts';

interface BanksProps {
  readonly slots: readonly SlotView[];
  readonly bank: number;
  readonly onBank: (bank: number) => void;
}

export function Banks({ slots, bank, onBank }: BanksProps) {
  const { t } = useTranslation();
  return (
    <div className="banks">
      {[0, 1].map((index) => {
        const its = slots.slice(index * BANK, (index + 1) * BANK);
        const worst = worstLook(its);
        return (
          <UnstyledButton key={index} className="btn" aria-pressed={index === bank} onClick={() => onBank(index)}>
            <span className={`mark m-${worst}`}>
              <SlotSymbol look={worst} />
            </span>
            {t('line.bank', { first: its[0]?.slot ?? '', last: its.at(-1)?.slot ?? '' })}
          </UnstyledButton>
        );
      })}
    </div>
  );
}
