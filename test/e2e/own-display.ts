// The screen of this test worker.
import { inject } from 'vitest';

/** X display that windows open on, or null where a window needs none. */
export function ownDisplay(): string | null {
  const { displays } = inject('packedApp');
  // Vitest counts the workers that run at once from 1.
  return displays[Number(process.env.VITEST_POOL_ID) - 1] ?? null;
}
