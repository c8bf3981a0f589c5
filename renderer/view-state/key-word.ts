// How a lot's keys come into its boards, as a text of the catalogue: its key below `keyTerms`.
import type { CableGuard, KeyTerms } from '../../domain/recipe.ts';

export type KeyWord = 'on-chip' | 'injected' | CableGuard;

/** `injected` alone where nothing is told of what stands against a relay on the cable. */
export function keyWordOf({ keyMode, cableGuard }: KeyTerms): KeyWord {
  return keyMode === 'on-chip' ? 'on-chip' : (cableGuard ?? 'injected');
}
