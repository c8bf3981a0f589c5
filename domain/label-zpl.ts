// A label as ZPL II, for a printer on the network (port 9100). The code goes as a picture of its modules, so that the
// printer prints the same ones as the screen shows; text in the printer's own scalable font 0.
import type { LabelLayout, LabelShape } from './label-layout.ts';

/** Host status: three lines, which say whether paper and ribbon are in and what still waits to be printed. */
export const ZPL_STATUS = '~HS';

/** ASCII; one label. */
export function labelZpl({ width, height, shapes }: LabelLayout): string {
  return `^XA^PW${width}^LL${height}^LH0,0${shapes.map(shapeZpl).join('')}^PQ1^XZ\n`;
}

function shapeZpl(shape: LabelShape): string {
  switch (shape.kind) {
    case 'code': {
      const { x, y, module, modules } = shape;
      const rows = modules.map((row) => rowHex(row, module));
      const bytes = (rows[0]?.length ?? 0) / 2;
      const data = rows.flatMap((row) => new Array<string>(module).fill(row)).join('');
      const total = bytes * modules.length * module;
      return `^FO${x},${y}^GFA,${total},${total},${bytes},${data}^FS`;
    }
    case 'band':
      return `^FO${shape.x},${shape.y}^GB${shape.width},${shape.height},${Math.min(shape.width, shape.height)}^FS`;
    case 'text': {
      const { x, y, em, text, turned } = shape;
      // ^FT: the start of the baseline. ^FR: white where black lies below.
      return `^FT${x},${y}^A0${turned ? 'B' : 'N'},${em},${em}${turned ? '^FR' : ''}^FH_^FD${escaped(text)}^FS`;
    }
  }
}

/** Each module as so many dots, most significant bit first, filled with white to whole bytes. */
function rowHex(row: readonly boolean[], module: number): string {
  const dots = row.flatMap((black) => new Array<string>(module).fill(black ? '1' : '0')).join('');
  const padded = dots.padEnd(Math.ceil(dots.length / 8) * 8, '0');
  return (padded.match(/.{8}/g) ?? [])
    .map((bits) => Number.parseInt(bits, 2).toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

/** What could be read as a command goes as its hex code. */
function escaped(text: string): string {
  return text.replace(
    /[^A-Za-z0-9 ./-]/g,
    (mark) => `_${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
