// A code in bars, black on white, with its text below for eyes.
import { useMemo } from 'react';
import { barModules } from '../../../domain/code-modules.ts';
import { runsOf } from '../../../domain/label-svg.ts';

/** Clear space at both ends, modules (ISO/IEC 15417). */
const QUIET = 10;
/** Height of the bars, in modules: the picture is stretched to its place anyway. */
const HEIGHT = 40;

export function Bars({ text }: { readonly text: string }) {
  const { width, path } = useMemo(() => {
    const row = barModules(text);
    const bars = runsOf(row).map(({ from, length }) => `M${from + QUIET} 0h${length}v${HEIGHT}h-${length}z`);
    return { width: row.length + 2 * QUIET, path: bars.join('') };
  }, [text]);
  return (
    <span className="bars">
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" shapeRendering="crispEdges">
        <path d={path} />
      </svg>
      <span className="mono">{text}</span>
    </span>
  );
}
