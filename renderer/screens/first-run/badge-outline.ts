// The millimetre check: an outline that a person fits to a badge in the hand, so that the width of a pixel is known
// (UX.md section 4.10). Pixels are CSS pixels of the window.

/** ISO/IEC 7810, ID-1. */
const BADGE_MM = { width: 85.6, height: 53.98 } as const;

/** From pixels of 0.43 mm, on a wall, to 0.1 mm, on a small tablet. */
export const OUTLINE_PX = { least: 200, most: 856 } as const;

/** 96 pixels an inch, what CSS calls a pixel. */
export const FIRST_WIDTH_PX = Math.round((BADGE_MM.width / 25.4) * 96);

export function resized(widthPx: number, byPx: number): number {
  return Math.min(OUTLINE_PX.most, Math.max(OUTLINE_PX.least, Math.round(widthPx + byPx)));
}

export function heightOf(widthPx: number): number {
  return (widthPx * BADGE_MM.height) / BADGE_MM.width;
}

/** Width of a pixel, millimetres, when the outline of this width is as wide as a badge. */
export function pixelMmOf(widthPx: number): number {
  return BADGE_MM.width / widthPx;
}

/** Size of such a screen by its diagonal, inches. */
export function screenInches(pixelMm: number, screen: { readonly width: number; readonly height: number }): number {
  return Math.round((Math.hypot(screen.width, screen.height) * pixelMm) / 25.4);
}
