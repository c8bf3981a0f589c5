// The slots' tiles where the fixture has them (UX.md section 8): one tab stop with roving focus; above 32 slots in two
// banks where the window is too small for all at once.
import { UnstyledButton } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SlotView } from '../../../domain/station-event.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { BLOCK, fitsWhole, layoutOf, moved, placeOf } from '../../view-state/grid-layout.ts';
import { type Look, tileOf } from '../../view-state/tile-view.ts';
import { Tile } from './Tile.tsx';

interface SlotGridProps {
  readonly slots: readonly SlotView[];
  readonly openSlot: string | null;
  readonly onOpen: (slot: string) => void;
}

/** Slots of one bank. */
const BANK = 32;
/** From here on tiles have room for a word only. */
const DENSE_FROM = 32;

export function SlotGrid({ slots, openSlot, onOpen }: SlotGridProps) {
  const { t } = useTranslation();
  const { ref: measured, width, height } = useElementSize();
  const [focus, setFocus] = useState(0);
  const [bank, setBank] = useState(0);
  const area = useRef<HTMLElement>(null);
  const banked = slots.length > BANK && width > 0 && !fitsWhole(width, height);
  const openAt = slots.findIndex(({ slot }) => slot === openSlot);
  useEffect(() => {
    if (openAt >= 0) setBank(Math.floor(openAt / BANK));
  }, [openAt]);
  const first = banked ? bank * BANK : 0;
  const shown = banked ? slots.slice(first, first + BANK) : slots;
  const layout = layoutOf(banked ? BANK : slots.length);
  const at = Math.min(focus, shown.length - 1);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const from = Number((event.target as HTMLElement).dataset.tile ?? at);
    const to = moved(from, event.key, banked ? Math.min(BANK, shown.length) : slots.length);
    if (to === null) return;
    event.preventDefault();
    setFocus(to);
    area.current?.querySelector<HTMLElement>(`[data-tile="${to}"]`)?.focus();
  };
  const tiles = shown.map((slot, index) => (
    <Tile
      key={slot.slot}
      slot={slot}
      index={index}
      dense={layout.density >= DENSE_FROM}
      place={layout.density === 64 ? insideBlock(index) : placeOf(index, layout)}
      tabStop={index === at}
      open={slot.slot === openSlot}
      onOpen={onOpen}
    />
  ));
  return (
    <div className="slots" ref={measured}>
      {banked && <Banks slots={slots} bank={bank} onBank={setBank} />}
      <section
        className={`grid d${layout.density}`}
        aria-label={t('line.slots')}
        ref={area}
        onKeyDown={onKeyDown}
        onFocus={(event) => setFocus(Number(event.target.dataset.tile ?? at))}
      >
        {layout.density === 64 ? blocksOf(tiles) : tiles}
      </section>
    </div>
  );
}

function insideBlock(index: number) {
  const inside = index % BLOCK;
  return { row: Math.floor(inside / 4), column: inside % 4 };
}

function blocksOf(tiles: readonly React.ReactNode[]) {
  return [0, 1, 2, 3].map((block) => (
    <div className="fix" key={block}>
      {tiles.slice(block * BLOCK, (block + 1) * BLOCK)}
    </div>
  ));
}

const WORST_FIRST: readonly Look[] = ['fail', 'need', 'work', 'held', 'looking', 'pass', 'off', 'empty'];

interface BanksProps {
  readonly slots: readonly SlotView[];
  readonly bank: number;
  readonly onBank: (bank: number) => void;
}

/** The switch between the banks; each side carries its worst symbol. */
function Banks({ slots, bank, onBank }: BanksProps) {
  const { t } = useTranslation();
  return (
    <div className="banks">
      {[0, 1].map((index) => {
        const its = slots.slice(index * BANK, (index + 1) * BANK);
        const looks = new Set(its.map((slot) => tileOf(slot).look));
        const worst = WORST_FIRST.find((look) => looks.has(look)) ?? 'empty';
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
