// The picture window for tests: opened once a file, on the worker's hidden screen.
import { afterAll, beforeAll } from 'vitest';
import { openPictureWindow, type PictureWindow } from '../shots/picture-window.ts';
import { ownDisplay } from './own-display.ts';

/** Building the page takes seconds on two cores, and Electron starts in one. */
const OPEN_LIMIT_MS = 120_000;

/** The window, once tests run. */
export function usePictureWindow(): () => PictureWindow {
  let open: PictureWindow | null = null;
  beforeAll(async () => {
    open = await openPictureWindow(ownDisplay());
  }, OPEN_LIMIT_MS);
  afterAll(async () => {
    await open?.close();
  });
  return () => {
    if (open === null) throw new Error('the picture window is open only while tests run');
    return open;
  };
}
