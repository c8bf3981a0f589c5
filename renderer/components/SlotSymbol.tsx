// The symbols of a slot's states (UX.md section 5): each a shape of its own, in the colour of the text around it, so that
// a state survives a greyscale print. The words beside them say the same, so they are hidden from screen readers.
import type { ReactNode } from 'react';
import './slot-symbol.css';
import type { Look } from '../view-state/tile-view.ts';

interface RingProps {
  /** Share of the ring, 0 to 1. */
  readonly progress: number;
  /** 1-based; null draws none. */
  readonly stageNumber: number | null;
  readonly locking: boolean;
}

interface SlotSymbolProps extends Partial<RingProps> {
  readonly look: Look;
}

export function SlotSymbol({ look, progress = 0, stageNumber = null, locking = false }: SlotSymbolProps) {
  return (
    <svg className="sym" viewBox="0 0 64 64" aria-hidden="true">
      {look === 'work' ? <Ring {...{ progress, stageNumber, locking }} /> : SHAPES[look]}
    </svg>
  );
}

const DASHED = (
  <circle cx="32" cy="32" r="28" fill="none" stroke="currentColor" strokeWidth="3" strokeDasharray="7 7.66" />
);

const SHAPES: Readonly<Record<Exclude<Look, 'work'>, ReactNode>> = {
  empty: DASHED,
  looking: DASHED,
  pass: (
    <>
      <circle cx="32" cy="32" r="30" fill="currentColor" />
      <path className="tick" d="M18 33.5 28 43.5 47 22.5" />
    </>
  ),
  fail: (
    <>
      <path className="octagon" d="M20.4 4h23.2L60 20.4v23.2L43.6 60H20.4L4 43.6V20.4z" />
      <path className="cross" d="M22 22 42 42M42 22 22 42" />
    </>
  ),
  need: (
    <>
      <path className="triangle" d="M32 7 60 55H4z" />
      <path className="bang" d="M32 24v14" />
      <circle className="dot" cx="32" cy="48" r="4" />
    </>
  ),
  held: (
    <>
      <circle cx="32" cy="32" r="27" fill="none" stroke="currentColor" strokeWidth="4" />
      <path d="M25 21v22M39 21v22" stroke="currentColor" strokeWidth="6" strokeLinecap="round" />
    </>
  ),
  off: (
    <>
      <circle cx="32" cy="32" r="27" fill="var(--canvas)" stroke="currentColor" strokeWidth="4" />
      <path d="M20 32h24" stroke="currentColor" strokeWidth="6" strokeLinecap="round" />
    </>
  ),
};

function Ring({ progress, stageNumber, locking }: RingProps) {
  return (
    <>
      <circle cx="32" cy="32" r="27" fill="none" stroke="var(--sunken)" strokeWidth="7" />
      <circle
        cx="32"
        cy="32"
        r="27"
        fill="none"
        stroke="currentColor"
        strokeWidth="7"
        pathLength="100"
        strokeDasharray={`${(progress * 100).toFixed(1)} 100`}
        transform="rotate(-90 32 32)"
      />
      {locking ? (
        <g fill="none" stroke="var(--ink)" strokeWidth="3.5" strokeLinejoin="round">
          <rect x="22" y="30" width="20" height="15" rx="2.5" fill="var(--ink)" />
          <path d="M26 30v-4a6 6 0 0 1 12 0v4" />
        </g>
      ) : (
        <text x="32" y="40" textAnchor="middle" fontSize="24" fontWeight="600" fill="var(--ink)">
          {stageNumber}
        </text>
      )}
    </>
  );
}
