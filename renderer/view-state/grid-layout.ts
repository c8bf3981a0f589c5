// Where each slot's tile stands (UX.md section 8): the grid by the number of slots, above 32 in blocks of 4 x 4, and the
// moves of the keyboard over it; a bench that was taught is drawn as its fixtures stand. Tiles are 0-based in the order of their slots.

import { type Fixtures, slotsOf } from '../../domain/fixture.ts';

/** Most slots of one station. */
export const MAX_SLOTS = 64;
/** Slots of one bank, where the window is too small for all. */
export const BANK = 32;
/** A tile is never smaller, px (UX.md section 8). */
const LEAST_TILE = { width: 104, height: 64 } as const;
/** Space between tiles and between blocks of the densest grid, px (keyline.css). */
const GAP = { tile: 6, block: 20 } as const;

/** Width to height that tiles are best near: those of the drawn grids lie between 0.7 (8, 32) and 1.4 (4, 16, 64). */
const TILE_ASPECT = 1;
/** Of the place of the slots at 1440 x 900. */
const PLACE_ASPECT = 1.4;

export type Density = 1 | 4 | 8 | 16 | 32 | 64;

/** One fixture, or a part of a dense grid: where it begins in the whole grid, and its own size. */
export interface GridBlock {
  /** The first tile of it. */
  readonly first: number;
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

export interface GridLayout {
  readonly density: Density;
  readonly columns: number;
  readonly rows: number;
  readonly blocks: readonly GridBlock[];
  /** Blocks side by side. */
  readonly across: number;
}

const LAYOUTS: readonly GridLayout[] = (
  [
    [1, 1, 1],
    [4, 2, 2],
    [8, 2, 4],
    [16, 4, 4],
    [32, 4, 8],
  ] as const
).map(([density, rows, columns]) => ({
  density,
  rows,
  columns,
  across: 1,
  blocks: [{ first: 0, row: 0, column: 0, rows, columns }],
}));
const DENSEST: GridLayout = { density: 64, ...arranged(Array.from({ length: 4 }, () => ({ rows: 4, columns: 4 }))) };

/** The grid for so many slots, 0 to MAX_SLOTS; that of the fixtures where they were taught, and hold as many. */
export function layoutOf(slots: number, fixtures: Fixtures | null = null): GridLayout {
  if (fixtures !== null && slotsOf(fixtures) === slots) return taughtLayout(slots, fixtures);
  return LAYOUTS.find(({ density }) => slots <= density) ?? DENSEST;
}

/** Tiles that are as small as the longer side of the grid needs, whatever their number. */
function taughtLayout(slots: number, fixtures: Fixtures): GridLayout {
  const whole = arranged(fixtures);
  const { density: byCount } = layoutOf(slots);
  const bySide = whole.columns > 8 || whole.rows > 4 ? 64 : whole.columns > 4 ? 32 : 1;
  const density = bySide === 64 || byCount === 64 ? 64 : bySide === 32 ? 32 : byCount;
  return { ...whole, density };
}

/** Fixtures side by side and below each other, so that tiles are near what was drawn and few places stay empty. */
function arranged(fixtures: Fixtures): Omit<GridLayout, 'density'> {
  const ways = fixtures.map((_, index) => placed(fixtures, index + 1));
  const strain = ({ columns, rows, across, blocks }: Omit<GridLayout, 'density'>) => {
    const holes = 1 - blocks.length / (across * Math.ceil(blocks.length / across));
    return Math.abs(Math.log((PLACE_ASPECT * rows) / columns / TILE_ASPECT)) + holes;
  };
  return ways.reduce((best, way) => (strain(way) < strain(best) ? way : best));
}

function placed(fixtures: Fixtures, across: number): Omit<GridLayout, 'density'> {
  const blocks: GridBlock[] = [];
  let [first, row, columns] = [0, 0, 0];
  for (let from = 0; from < fixtures.length; from += across) {
    const side = fixtures.slice(from, from + across);
    let column = 0;
    for (const fixture of side) {
      blocks.push({ first, row, column, ...fixture });
      first += fixture.rows * fixture.columns;
      column += fixture.columns;
    }
    row += Math.max(...side.map(({ rows }) => rows));
    columns = Math.max(columns, column);
  }
  return { rows: row, columns, across, blocks };
}

/** The fixtures that a bank holds whole; null where it cuts one. */
export function bankFixtures(fixtures: Fixtures | null, first: number, slots: number): Fixtures | null {
  if (fixtures === null) return null;
  let at = 0;
  const held = fixtures.filter(({ rows, columns }) => {
    const begins = at;
    at += rows * columns;
    return begins >= first && at <= first + slots;
  });
  return held.length > 0 && slotsOf(held) === slots ? held : null;
}

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Within its block. */
export function placeInBlock(index: number, { first, columns }: GridBlock): Place {
  return { row: Math.floor((index - first) / columns), column: (index - first) % columns };
}

/** In the whole grid. */
export function placeOf(index: number, { blocks }: GridLayout): Place {
  const block = blocks.findLast(({ first }) => first <= index) ?? { first: 0, row: 0, column: 0, rows: 1, columns: 1 };
  const { row, column } = placeInBlock(index, block);
  return { row: block.row + row, column: block.column + column };
}

const STEPS: Readonly<Record<string, Place>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

/** The tile that the key leads to from this one; the same where the grid ends; null for a key that moves nothing. */
export function moved(index: number, key: string, slots: number, layout = layoutOf(slots)): number | null {
  if (key === 'Home') return 0;
  if (key === 'End') return Math.max(0, slots - 1);
  const step = STEPS[key];
  if (step === undefined) return null;
  const from = placeOf(index, layout);
  const to = { row: from.row + step.row, column: from.column + step.column };
  for (let other = 0; other < slots; other++) {
    const { row, column } = placeOf(other, layout);
    if (row === to.row && column === to.column) return other;
  }
  return index;
}

/** Whether a dense grid fits the place, px, with tiles of the least size; else it is shown in two banks. */
export function fitsWhole(
  width: number,
  height: number,
  { columns, rows }: Pick<GridLayout, 'columns' | 'rows'> = DENSEST,
): boolean {
  const across = (width - GAP.block - (columns - 2) * GAP.tile) / columns;
  const down = (height - GAP.block - (rows - 2) * GAP.tile) / rows;
  return across >= LEAST_TILE.width && down >= LEAST_TILE.height;
}
