// The slots' tiles where the fixture has them (UX.md section 8): one tab stop with roving focus; above 32 slots in two
// banks where the window is too small for all at once.
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fixtures } from '../../../domain/fixture.ts';
import type { LotView, SlotView } from '../../../domain/station-event.ts';
import {
  BANK,
  bankFixtures,
  fitsWhole,
  type GridBlock,
  type GridLayout,
  layoutOf,
  moved,
  placeInBlock,
} from '../../view-state/grid-layout.ts';
import { Banks } from './Banks.tsx';
import { SlotFacts } from './SlotFacts.tsx';
import { StageList } from './StageList.tsx';
import { Tile } from './Tile.tsx';
import { useTimings } from './use-timings.ts';

interface SlotGridProps {
  readonly slots: readonly SlotView[];
  /** As they were taught; null where nobody did. */
  readonly fixtures: Fixtures | null;
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

export function SlotGrid({ slots, fixtures, lot, openSlot, lookAt, onOpen, onEnter, label, nowMs }: SlotGridProps) {
  const { t } = useTranslation();
  const { ref: measured, width, height } = useElementSize();
  const [focus, setFocus] = useState(0);
  const [bank, setBank] = useState(0);
  const area = useRef<HTMLElement>(null);
  const timings = useTimings(slots, lot, nowMs);
  const all = layoutOf(slots.length, fixtures);
  const banked = slots.length > BANK && width > 0 && !fitsWhole(width, height, all);
  const wanted = slots.findIndex(({ slot }) => slot === lookAt);
  useEffect(() => {
    if (wanted >= 0) setBank(Math.floor(wanted / BANK));
  }, [wanted]);
  const first = banked ? bank * BANK : 0;
  const shown = banked ? slots.slice(first, first + BANK) : slots;
  const layout = banked ? layoutOf(BANK, bankFixtures(fixtures, first, shown.length)) : all;
  const taught = fixtures !== null && layout.blocks.length > 0 && layout !== layoutOf(shown.length);
  const at = Math.min(focus, shown.length - 1);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const from = Number((event.target as HTMLElement).dataset.tile ?? at);
    const to = moved(from, event.key, shown.length, layout);
    if (to === null) return;
    event.preventDefault();
    setFocus(to);
    area.current?.querySelector<HTMLElement>(`[data-tile="${to}"]`)?.focus();
  };
  const tileAt = (slot: SlotView, index: number, block: GridBlock) => (
    <Tile
      key={slot.slot}
      slot={slot}
      timing={timings.get(slot.slot) ?? null}
      index={index}
      dense={layout.density >= DENSE_FROM}
      place={placeInBlock(index, block)}
      tabStop={index === at}
      open={slot.slot === openSlot}
      onOpen={onOpen}
      onEnter={onEnter}
      nowMs={nowMs}
    />
  );
  const tiles = layout.blocks.map((block) =>
    shown
      .slice(block.first, block.first + block.rows * block.columns)
      .map((slot, index) => tileAt(slot, block.first + index, block)),
  );
  const [only] = slots;
  return (
    <div className="slots" ref={measured}>
      {banked && <Banks slots={slots} bank={bank} onBank={setBank} />}
      <section
        className={`grid d${layout.density}`}
        style={taught ? gridStyle(layout) : undefined}
        aria-label={t('line.slots')}
        ref={area}
        onKeyDown={onKeyDown}
        onFocus={(event) => setFocus(Number(event.target.dataset.tile ?? at))}
      >
        {taught || layout.density === 64 ? blocksOf(tiles, layout) : tiles}
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

/** Blocks beside and below each other, each as wide and as high as its tiles make it. */
function gridStyle({ blocks, across }: GridLayout): React.CSSProperties {
  const sides = Array.from({ length: Math.ceil(blocks.length / across) }, (_, index) =>
    blocks.slice(index * across, (index + 1) * across),
  );
  const columns = sides.reduce((most, side) => (side.length > most.length ? side : most), []);
  return {
    gridTemplateRows: sides.map((side) => `minmax(0, ${Math.max(...side.map(({ rows }) => rows))}fr)`).join(' '),
    gridTemplateColumns: columns.map((block) => `minmax(0, ${block.columns}fr)`).join(' '),
  };
}

function blocksOf(tiles: readonly (readonly React.ReactNode[])[], { blocks, density }: GridLayout) {
  return blocks.map(({ first, rows, columns }, index) => (
    <div
      className={density === 64 ? 'fix' : 'fixture'}
      key={first}
      style={{ gridTemplate: `repeat(${rows}, minmax(0, 1fr)) / repeat(${columns}, minmax(0, 1fr))` }}
    >
      {tiles[index]}
    </div>
  ));
}
