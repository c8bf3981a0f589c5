// The slots' tiles where the fixture has them (UX.md section 8): one tab stop with roving focus; above 32 slots in two
// banks where the window is too small for all at once.
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotView, SlotView } from '../../../domain/station-event.ts';
import { BANK, BLOCK, fitsWhole, layoutOf, moved, placeOf } from '../../view-state/grid-layout.ts';
import { Banks } from './Banks.tsx';
import { SlotFacts } from './SlotFacts.tsx';
import { StageList } from './StageList.tsx';
import { Tile } from './Tile.tsx';
import { useTimings } from './use-timings.ts';

interface SlotGridProps {
  readonly slots: readonly SlotView[];
  readonly lot: LotView | null;
  readonly openSlot: string | null;
  /** Its bank is turned to when it changes: the open slot, or that of the card that was asked for. */
  readonly lookAt: string | null;
  readonly onOpen: (slot: string) => void;
  /** The main action of the slot under the keyboard. */
  readonly onEnter: (slot: string) => void;
  /** The label of the only slot's board, where there is one slot. */
  readonly label: React.ReactNode;
  readonly nowMs: () => number;
}

/** From here on tiles have room for a word only. */
const DENSE_FROM = 32;

export function SlotGrid({ slots, lot, openSlot, lookAt, onOpen, onEnter, label, nowMs }: SlotGridProps) {
  const { t } = useTranslation();
  const { ref: measured, width, height } = useElementSize();
  const [focus, setFocus] = useState(0);
  const [bank, setBank] = useState(0);
  const area = useRef<HTMLElement>(null);
  const timings = useTimings(slots, lot, nowMs);
  const banked = slots.length > BANK && width > 0 && !fitsWhole(width, height);
  const wanted = slots.findIndex(({ slot }) => slot === lookAt);
  useEffect(() => {
    if (wanted >= 0) setBank(Math.floor(wanted / BANK));
  }, [wanted]);
  const first = banked ? bank * BANK : 0;
  const shown = banked ? slots.slice(first, first + BANK) : slots;
  const layout = layoutOf(banked ? BANK : slots.length);
  const at = Math.min(focus, shown.length - 1);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const from = Number((event.target as HTMLElement).dataset.tile ?? at);
    const to = moved(from, event.key, shown.length);
    if (to === null) return;
    event.preventDefault();
    setFocus(to);
    area.current?.querySelector<HTMLElement>(`[data-tile="${to}"]`)?.focus();
  };
  const tiles = shown.map((slot, index) => (
    <Tile
      key={slot.slot}
      slot={slot}
      timing={timings.get(slot.slot) ?? null}
      index={index}
      dense={layout.density >= DENSE_FROM}
      place={layout.density === 64 ? insideBlock(index) : placeOf(index, layout)}
      tabStop={index === at}
      open={slot.slot === openSlot}
      onOpen={onOpen}
      onEnter={onEnter}
      nowMs={nowMs}
    />
  ));
  const [only] = slots;
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
        {layout.density === 1 && only !== undefined && (
          <div className="board">
            <SlotFacts slot={only} lot={lot} />
            {label}
            <StageList slot={only} nowMs={nowMs} />
          </div>
        )}
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
