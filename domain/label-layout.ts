// Where things stand on a label, in dots of a 300 dpi printer: one description, drawn as SVG and written as ZPL. The code
// is as large as leaves the text its place; the serial's capitals are at least 2.5 mm high wherever a label has room.
import { dataMatrixModules, type Modules, qrModules } from './code-modules.ts';
import { assert } from './errors.ts';
import { type LabelFacts, type LabelSize, labelContent, tailText } from './label.ts';

export const DOTS_PER_MM = 300 / 25.4;

export type LabelShape =
  | {
      readonly kind: 'code';
      readonly x: number;
      readonly y: number;
      readonly module: number;
      readonly modules: Modules;
    }
  | { readonly kind: 'band'; readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  | LabelText;

export interface LabelText {
  readonly kind: 'text';
  readonly text: string;
  /** Start of the baseline. */
  readonly x: number;
  readonly y: number;
  /** Height of the type's em. */
  readonly em: number;
  /** Length along the baseline. */
  readonly length: number;
  readonly face: 'mono' | 'plain';
  /** White, from the bottom to the top: the word on the band. */
  readonly turned: boolean;
}

export interface LabelLayout {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly LabelShape[];
}

const SIZES = {
  '50x25': { widthMm: 50, heightMm: 25, code: 'qr', margin: 12 },
  '38x13': { widthMm: 38, heightMm: 13, code: 'qr', margin: 4 },
  '10x10': { widthMm: 10, heightMm: 10, code: 'dm', margin: 3 },
} as const;

/** UX.md section 14. Least module: 4 dots are 0.339 mm (asked 0.33), 3 dots 0.254 mm (asked 0.25). */
const CODES = {
  qr: { quiet: 4, least: 4, modules: qrModules },
  dm: { quiet: 2, least: 3, modules: dataMatrixModules },
} as const;

/** Of JetBrains Mono: advance and height of a capital, as shares of the em. */
const ADVANCE = 0.6;
const CAPITAL = 0.73;
/** Mean advance of plain bold type. */
const PLAIN_ADVANCE = 0.57;
/** The em whose capitals are 2.5 mm. */
const SERIAL_EM = Math.ceil((2.5 * DOTS_PER_MM) / CAPITAL);
/** Below this nobody reads it: capitals of 0.87 mm. */
const LEAST_EM = 14;
/** Clear space that is added between two lines, where there is more than they need. */
const MOST_BETWEEN = 12;
/** The smallest of a model's name. */
const NAME_EM = 22;
/** As wide as the smallest label lets a tail be. */
const TINY_EM = 24;

interface Line {
  readonly text: string;
  readonly em: number;
  readonly face: 'mono' | 'plain';
  /** Clear space above it. */
  readonly gap: number;
}

interface Column {
  readonly width: number;
  readonly height: number;
}

/** Never fails for facts of the domain: a longer serial makes smaller modules, then smaller type. */
export function layoutLabel(facts: LabelFacts, size: LabelSize): LabelLayout {
  const { widthMm, heightMm, code, margin } = SIZES[size];
  const [width, height] = [Math.floor(widthMm * DOTS_PER_MM), Math.floor(heightMm * DOTS_PER_MM)];
  const { quiet, least, modules: encode } = CODES[code];
  const modules = encode(labelContent(facts));
  const across = modules.length + 2 * quiet;
  const bandWidth = facts.practice ? Math.round(height * (size === '50x25' ? 0.2 : 0.18)) : 0;
  const free = { width: width - bandWidth, height };
  const beside = size !== '10x10';
  for (let module = Math.floor(Math.min(free.width, free.height) / across); module >= least; module--) {
    const side = across * module;
    const column = beside
      ? { width: free.width - side - margin, height: height - 2 * margin }
      : { width: free.width - 2 * margin, height: height - side - margin };
    const lines = linesOf(facts, size, column, module === least);
    if (lines === null) continue;
    const place = beside
      ? { code: { x: 0, y: Math.floor((height - side) / 2) }, text: { x: side, y: margin } }
      : { code: { x: Math.floor((free.width - side) / 2), y: 0 }, text: { x: margin, y: side } };
    const inset = quiet * module;
    return {
      ...{ widthMm, heightMm, width, height },
      shapes: [
        { kind: 'code', x: place.code.x + inset, y: place.code.y + inset, module, modules },
        ...textShapes(lines, place.text, column),
        ...(facts.practice ? band(width - bandWidth, bandWidth, height) : []),
      ],
    };
  }
  assert(false, 'every serial has room on every label');
}

/** The lines as they fit; null where they do not. Smaller type than the serial's own only beside the smallest code. */
function linesOf(facts: LabelFacts, size: LabelSize, column: Column, last: boolean): Line[] | null {
  for (let em = size === '10x10' ? TINY_EM : SERIAL_EM; em >= LEAST_EM; em--) {
    for (const lines of candidates(facts, size, column, em)) if (fits(lines, column)) return lines;
    if (!last && size !== '10x10') return null;
  }
  return null;
}

/** From the most to the least. */
function candidates(facts: LabelFacts, size: LabelSize, column: Column, em: number): Line[][] {
  const { model, revision, deviceSerial, keyTail, copy } = facts;
  const mono = (text: string, gap: number): Line => ({ text, em, face: 'mono', gap });
  if (size === '10x10') return tiny(tailText(keyTail), copy).map((texts) => texts.map((text) => mono(text, 1)));
  const serial = piecesOf(deviceSerial, Math.max(1, Math.floor(column.width / (em * ADVANCE)))).map((piece) =>
    mono(piece, 7),
  );
  const plain = (text: string, ofEm: number, gap: number): Line => ({ text, em: ofEm, face: 'plain', gap });
  const again = copy > 1 ? [plain(`copy ${copy}`, 24, 8)] : [];
  const tail = mono(tailText(keyTail), 8);
  const name = (largest: number) => named(`${model} ${revision}`, largest, column.width);
  if (size === '50x25')
    return [
      [name(35), plain('S/N', 24, 14), ...serial, plain('Key ID', 24, 14), tail, ...again],
      [name(35), ...serial, tail, ...again],
      [...serial, tail, ...again],
    ];
  return [
    [name(26), ...serial, tail, ...again],
    [...serial, tail, ...again],
  ];
}

/** Code and tail only; of a later copy its number beside or below. */
function tiny(tail: string, copy: number): string[][] {
  return copy > 1 ? [[`${tail} c${copy}`], [tail, `c${copy}`]] : [[tail]];
}

function piecesOf(text: string, most: number): string[] {
  const count = Math.ceil(text.length / most);
  const length = Math.ceil(text.length / count);
  return Array.from({ length: count }, (_, index) => text.slice(index * length, (index + 1) * length));
}

/** A model's name is made smaller for its line, then cut: the serial tells boards apart. */
function named(text: string, largest: number, width: number): Line {
  const em = Math.max(NAME_EM, Math.min(largest, Math.floor(width / (text.length * PLAIN_ADVANCE))));
  const most = Math.max(1, Math.floor(width / (em * PLAIN_ADVANCE)));
  return { text: text.slice(0, most).trim(), em, face: 'plain', gap: 0 };
}

function lengthOf({ text, em, face }: Line): number {
  return text.length * em * (face === 'mono' ? ADVANCE : PLAIN_ADVANCE);
}

function heightOf({ em, gap }: Line): number {
  return Math.ceil(em * CAPITAL) + gap;
}

function fits(lines: readonly Line[], { width, height }: Column): boolean {
  return (
    lines.every((line) => lengthOf(line) <= width) && lines.reduce((sum, line) => sum + heightOf(line), 0) <= height
  );
}

/** From the middle of the column. */
function textShapes(lines: readonly Line[], at: { readonly x: number; readonly y: number }, column: Column) {
  const free = column.height - lines.reduce((sum, line) => sum + heightOf(line), 0);
  // What is left goes between the lines first, as far as they still belong together.
  const between = Math.min(MOST_BETWEEN, Math.floor(free / (lines.length + 1)));
  let y = at.y + Math.floor((free - between * (lines.length - 1)) / 2) - between;
  return lines.map((line): LabelText => {
    y += between + heightOf(line);
    return { kind: 'text', ...line, x: at.x, y, length: Math.floor(lengthOf(line)), turned: false };
  });
}

/** TEST from edge to edge: what practice makes can be taken for nothing else, and its code still reads. */
function band(x: number, width: number, height: number): LabelShape[] {
  const em = Math.min(Math.round((width * 0.7) / CAPITAL), Math.floor((height * 0.9) / (4 * PLAIN_ADVANCE)));
  const length = Math.floor(4 * em * PLAIN_ADVANCE);
  const baseline = x + Math.round((width + em * CAPITAL) / 2);
  return [
    { kind: 'band', x, y: 0, width, height },
    {
      kind: 'text',
      text: 'TEST',
      x: baseline,
      y: Math.round((height + length) / 2),
      em,
      length,
      face: 'plain',
      turned: true,
    },
  ];
}
