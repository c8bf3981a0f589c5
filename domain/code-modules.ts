// The black and white of a code, by bwip-js, which draws through what it is handed: here onto a grid of modules. Pure: no
// I/O, and only the encoders that are used are bundled.
import { code128, type DrawingContext, datamatrix, qrcode } from 'bwip-js/generic';
import { assert } from './errors.ts';

/** Rows from the top; true is black. Without a quiet zone. */
export type Modules = readonly (readonly boolean[])[];

type Point = readonly [x: number, y: number];

interface Drawn {
  readonly width: number;
  readonly height: number;
  /** Closed lines on the grid; what lies inside an odd number of them is black. */
  readonly polygons: readonly (readonly Point[])[];
  /** Upright bars: centre and width. */
  readonly bars: readonly { readonly x: number; readonly width: number }[];
}

/** A pen that keeps what is drawn, one unit a module. */
function pen(): DrawingContext<Drawn> {
  const polygons: Point[][] = [];
  const bars: { x: number; width: number }[] = [];
  let size = { width: 0, height: 0 };
  const unused = () => {
    throw new Error('broken promise: a code is drawn of squares and bars');
  };
  return {
    scale: () => [1, 1],
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width, height) => {
      size = { width, height };
    },
    line: (x, _y, _x, _y2, width) => void bars.push({ x, width }),
    polygon: (points) => void polygons.push(points.map(([x, y]) => [x, y])),
    hexagon: unused,
    ellipse: unused,
    fill: () => {},
    text: unused,
    end: () => ({ ...size, polygons, bars }),
  };
}

/** QR code, error correction level M (ISO/IEC 18004). */
export function qrModules(text: string): Modules {
  // The types do not know the level.
  const options = { bcid: 'qrcode', text, eclevel: 'M' };
  return squaresOf(qrcode<Drawn>(options, pen()));
}

/** Square Data Matrix, ECC 200 (ISO/IEC 16022). */
export function dataMatrixModules(text: string): Modules {
  return squaresOf(datamatrix<Drawn>({ bcid: 'datamatrix', text }, pen()));
}

/** Code 128: one row of bars and gaps, read by the oldest scanner. */
export function barModules(text: string): readonly boolean[] {
  const { bars, width } = code128<Drawn>({ bcid: 'code128', text }, pen());
  const row = new Array<boolean>(width).fill(false);
  for (const bar of bars) {
    // The encoder puts the centre of an odd width half a module to the right.
    const from = Math.floor(bar.x - bar.width / 2);
    row.fill(true, from, from + bar.width);
  }
  return row;
}

function squaresOf({ width, height, polygons }: Drawn): Modules {
  assert(width === height && polygons.length > 0, 'the code is a square of modules');
  return Array.from({ length: height }, (_, y) => rowOf(polygons, y + 0.5, width));
}

/** Modules whose centre has an odd number of upright edges to its left. */
function rowOf(polygons: readonly (readonly Point[])[], y: number, width: number): boolean[] {
  const turns = new Array<number>(width + 1).fill(0);
  for (const polygon of polygons)
    for (const [index, [x, y1]] of polygon.entries()) {
      const [x2, y2] = polygon[(index + 1) % polygon.length] ?? [x, y1];
      if (x === x2 && Math.min(y1, y2) < y && y < Math.max(y1, y2)) turns[x] = (turns[x] ?? 0) + 1;
    }
  let crossed = 0;
  return Array.from({ length: width }, (_, x) => {
    crossed += turns[x] ?? 0;
    return crossed % 2 === 1;
  });
}
