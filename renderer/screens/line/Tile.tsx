// One slot's tile: name, symbol, word, one detail line, one segment a stage (UX.md section 4.2).

import { shallowEqual } from '@mantine/hooks';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Stage } from '../../../domain/job.ts';
import type { SlotView } from '../../../domain/station-event.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import type { Place } from '../../view-state/grid-layout.ts';
import { drawnAlike, isNewCall, type TileView, tileOf, timedAlike } from '../../view-state/tile-view.ts';
import type { Timing } from '../../view-state/time-left.ts';
import { useTileText } from './use-tile-text.ts';

interface TileProps {
  readonly slot: SlotView;
  readonly timing: Timing | null;
  readonly index: number;
  readonly dense: boolean;
  readonly place: Place;
  /** The one tile that Tab leads to. */
  readonly tabStop: boolean;
  readonly open: boolean;
  readonly onOpen: (slot: string) => void;
  readonly onEnter: (slot: string) => void;
  readonly nowMs: () => number;
}

export const Tile = memo(TileOf, sameTile);

function TileOf({ slot, timing, index, dense, place, ...shown }: TileProps) {
  const { t } = useTranslation();
  const textOf = useTileText();
  const tile = tileOf(slot, timing);
  const { word, detail } = textOf(tile, dense);
  const spoken = dense ? textOf(tile, false) : { word, detail };
  const label = spoken.detail === '' ? 'line.slotLabel' : 'line.slotLabelDetail';
  const { tabStop, open, onOpen, onEnter, nowMs } = shown;
  return (
    // The page's own button: 64 of these are drawn 4 times a second, and none needs what the theme's props cost.
    <button
      type="button"
      className={`tile t-${tile.look}${isNewCall(slot, nowMs()) ? ' new' : ''}`}
      style={{ gridRow: place.row + 1, gridColumn: place.column + 1 }}
      aria-label={t(label, { slot: slot.slot, ...spoken })}
      aria-expanded={open}
      tabIndex={tabStop ? 0 : -1}
      data-tile={index}
      data-slot={slot.slot}
      onClick={() => onOpen(slot.slot)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        if (!event.repeat) onEnter(slot.slot);
      }}
    >
      <span className="hd">
        <span className="no">{slot.slot}</span>
        <SlotSymbol {...tile} />
      </span>
      <span className="wd">{word}</span>
      {!dense && <span className="dt">{detail}</span>}
      <StageBar tile={tile} />
    </button>
  );
}

/** A share that the station tells moves the ring only with the timing, at most 4 times a second. */
function sameTile(was: TileProps, is: TileProps): boolean {
  const { slot: before, timing: then, place: from, ...rest } = was;
  const { slot: after, timing: now, place: to, ...other } = is;
  const moved = from.row !== to.row || from.column !== to.column;
  return !moved && drawnAlike(before, after) && timedAlike(then, now) && shallowEqual(rest, other);
}

function StageBar({ tile: { segments, share } }: { readonly tile: TileView }) {
  return (
    <span className={segments.length === 0 ? 'seg none' : 'seg'} aria-hidden="true">
      {segments.map((segment, index) => (
        <i
          key={Stage.options[index]}
          className={segment === 'now' && share === null ? 'now unknown' : segment}
          style={{ '--p': `${Math.round((share ?? 0) * 100)}%` } as React.CSSProperties}
        />
      ))}
    </span>
  );
}
