// Where the window stood when it was last closed. A file that does not say so, or a place off every screen, is as none.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { app, type BrowserWindow, type Rectangle, screen } from 'electron';
import { z } from 'zod';

/** The smallest screen that the drawings know (UX.md section 4.2), and the size of the reference drawings. */
export const LEAST = { width: 1024, height: 700 } as const;
const USUAL = { width: 1440, height: 900 } as const;

const State = z.strictObject({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(LEAST.width),
  height: z.number().int().min(LEAST.height),
  maximized: z.boolean(),
});
type State = z.infer<typeof State>;

export function windowPlace(): Partial<Rectangle> & { width: number; height: number; maximized: boolean } {
  const kept = readState();
  if (kept === null || !isOnScreen(kept)) return { ...USUAL, maximized: false };
  return kept;
}

/** Keeps the place of this window from now on, written when it closes. */
export function keepWindowPlace(window: BrowserWindow): void {
  window.on('close', () => {
    const state: State = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      mkdirSync(dirname(file()), { recursive: true });
      writeFileSync(`${file()}.new`, JSON.stringify(state));
      renameSync(`${file()}.new`, file());
    } catch {
      // A full disk costs the place of a window and nothing else.
    }
  });
}

function file(): string {
  return join(app.getPath('userData'), 'window.json');
}

function readState(): State | null {
  try {
    return State.parse(JSON.parse(readFileSync(file(), 'utf8')));
  } catch {
    return null;
  }
}

function isOnScreen({ x, y, width, height }: State): boolean {
  const { workArea } = screen.getDisplayMatching({ x, y, width, height });
  return (
    x < workArea.x + workArea.width && x + width > workArea.x && y < workArea.y + workArea.height && y >= workArea.y
  );
}
