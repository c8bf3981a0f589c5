// Where each slot's tile stands (UX.md section 8): the grid by the number of slots, above 32 in blocks of 4 x 4, and the
// moves of the keyboard over it. Tiles are 0-based in the order of their slots.

/** Most slots of one station. */
export const MAX_SLOTS = 64;
/** Slots of one block of the densest grid. */
export const BLOCK = 16;
/** Slots of one bank, where the window is too small for all. */
export const BANK = 32;
/** A tile is never smaller, px (UX.md section 8). */
const LEAST_TILE = { width: 104, height: 64 } as const;
/** Space between tiles and between blocks of the densest grid, px (keyline.css). */
const GAP = { tile: 6, block: 20 } as const;

export type Density = 1 | 4 | 8 | 16 | 32 | 64;

export interface GridLayout {
  readonly density: Density;
  readonly columns: number;
  readonly rows: number;
}

const LAYOUTS: readonly GridLayout[] = [
  { density: 1, columns: 1, rows: 1 },
  { density: 4, columns: 2, rows: 2 },
  { density: 8, columns: 4, rows: 2 },
  { density: 16, columns: 4, rows: 4 },
  { density: 32, columns: 8, rows: 4 },
  { density: 64, columns: 8, rows: 8 },
];
const DENSEST: GridLayout = { density: 64, columns: 8, rows: 8 };

/** The grid for so many slots, 0 to MAX_SLOTS. */
export function layoutOf(slots: number): GridLayout {
  return LAYOUTS.find(({ density }) => slots <= density) ?? DENSEST;
}

export interface Place {
  readonly row: number;
  readonly column: number;
}

export function placeOf(index: number, { density, columns }: GridLayout): Place {
  if (density !== 64) return { row: Math.floor(index / columns), column: index % columns };
  const block = Math.floor(index / BLOCK);
  const inside = index % BLOCK;
  return { row: Math.floor(block / 2) * 4 + Math.floor(inside / 4), column: (block % 2) * 4 + (inside % 4) };
}

const STEPS: Readonly<Record<string, Place>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

/** The tile that the key leads to from this one; the same where the grid ends; null for a key that moves nothing. */
export function moved(index: number, key: string, slots: number): number | null {
  if (key === 'Home') return 0;
  if (key === 'End') return Math.max(0, slots - 1);
  const step = STEPS[key];
  if (step === undefined) return null;
  const layout = layoutOf(slots);
  const from = placeOf(index, layout);
  const to = { row: from.row + step.row, column: from.column + step.column };
  for (let other = 0; other < slots; other++) {
    const { row, column } = placeOf(other, layout);
    if (row === to.row && column === to.column) return other;
  }
  return index;
}

/** Whether the densest grid fits the place, px, with tiles of the least size; else it is shown in two banks. */
export function fitsWhole(width: number, height: number): boolean {
  const across = (width - GAP.block - 6 * GAP.tile) / 8;
  const down = (height - GAP.block - 6 * GAP.tile) / 8;
  return across >= LEAST_TILE.width && down >= LEAST_TILE.height;
}
