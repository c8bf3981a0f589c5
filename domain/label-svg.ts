// A label as SVG text, for the system's printer: the same shapes as on screen and in ZPL.
import type { Modules } from './code-modules.ts';
import type { LabelLayout, LabelShape } from './label-layout.ts';

/** Path of the black modules, one rectangle a run, in modules. */
export function modulesPath(modules: Modules): string {
  return modules
    .flatMap((row, y) => runsOf(row).map(({ from, length }) => `M${from} ${y}h${length}v1h-${length}z`))
    .join('');
}

/** Runs of black in a row. */
export function runsOf(row: readonly boolean[]): { readonly from: number; readonly length: number }[] {
  const runs: { from: number; length: number }[] = [];
  for (const [x, black] of row.entries()) {
    if (!black) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.from + last.length === x) last.length += 1;
    else runs.push({ from: x, length: 1 });
  }
  return runs;
}

/** As large as the label, black on white. */
export function labelSvg({ widthMm, heightMm, width, height, shapes }: LabelLayout): string {
  const body = shapes.map(shapeSvg).join('');
  const box = `viewBox="0 0 ${width} ${height}" width="${widthMm}mm" height="${heightMm}mm"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box}><rect width="${width}" height="${height}" fill="#fff"/>${body}</svg>`;
}

function shapeSvg(shape: LabelShape): string {
  switch (shape.kind) {
    case 'code':
      return `<path transform="translate(${shape.x} ${shape.y}) scale(${shape.module})" shape-rendering="crispEdges" d="${modulesPath(shape.modules)}"/>`;
    case 'band':
      return `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}"/>`;
    case 'text': {
      const { x, y, em, length, face, turned, text } = shape;
      const family =
        face === 'mono' ? "'JetBrains Mono','DejaVu Sans Mono',monospace" : "Inter,'DejaVu Sans',sans-serif";
      const turn = turned ? ` transform="rotate(-90 ${x} ${y})" fill="#fff"` : '';
      return `<text x="${x}" y="${y}"${turn} font-family="${family}" font-weight="700" font-size="${em}" textLength="${length}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`;
    }
  }
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
