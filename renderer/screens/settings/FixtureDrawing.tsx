// The fixtures of a bench as they will stand on the Line: one cell a slot, with its name and how it is bound. A picture; the
// words beside it say the same.
import type { Fixtures } from '../../../domain/fixture.ts';
import { type GridLayout, layoutOf } from '../../view-state/grid-layout.ts';

/** `here`: bound, and a board is in it now. `free`: nothing is bound to it. `asked`: a board is wanted in it. */
export type CellLook = 'bound' | 'here' | 'free' | 'asked';

interface FixtureDrawingProps {
  /** Null: a bench that nobody taught. */
  readonly fixtures: Fixtures | null;
  readonly names: readonly string[];
  readonly lookOf: (index: number) => CellLook;
  readonly label: string;
}

export function FixtureDrawing({ fixtures, names, lookOf, label }: FixtureDrawingProps) {
  const layout = layoutOf(names.length, fixtures);
  return (
    <div
      className="fixtures"
      role="img"
      aria-label={label}
      style={{ gridTemplateColumns: columnsOf(layout), maxWidth: layout.columns * WIDEST }}
    >
      {layout.blocks.map(({ first, rows, columns }) => (
        <div key={first} className="fixture-box" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
          {names.slice(first, first + rows * columns).map((name, index) => (
            <span key={name} className={`cell is-${lookOf(first + index)}`}>
              {name}
              <i aria-hidden="true" />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

/** Of a cell, px: a picture of two slots is no poster. */
const WIDEST = 112;

function columnsOf({ blocks, across }: GridLayout): string {
  return blocks
    .slice(0, across)
    .map(({ columns }) => `minmax(0, ${columns}fr)`)
    .join(' ');
}
