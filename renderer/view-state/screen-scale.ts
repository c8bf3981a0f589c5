// How much larger everything is drawn on a screen of small pixels, so that a finger of 11 mm finds its target (UX.md
// section 9, Targets). The layout that the window has room for stays: no scale pushes it over a breakpoint.

/** The floor of a target: 44 px are to be 11 mm. */
const FLOOR_MM_PER_PX = 11 / 44;

/** Below these the layout is the narrow one (app.css, line.css), and below those nothing was drawn. */
const ROOMY = { width: 1101, height: 801 } as const;
const NARROW = { width: 1024, height: 768 } as const;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** 1 where nobody measured the screen. `pixelMm` is the width of a CSS pixel in millimetres, `window` in CSS pixels. */
export function screenScale(pixelMm: number | null, window: Size): number {
  if (pixelMm === null) return 1;
  const layout = window.width >= ROOMY.width && window.height >= ROOMY.height ? ROOMY : NARROW;
  const room = Math.min(window.width / layout.width, window.height / layout.height);
  return Math.max(1, Math.min(FLOOR_MM_PER_PX / pixelMm, room));
}
