// How many slots the practice bench under the window has. Refuses what no bench can have.
import { KeylineError } from '../domain/errors.ts';

/** As the reference drawing of the Line. */
const USUAL_SLOTS = 16;
const MAX_SLOTS = 64;

/** From the argument that main passes; empty is the usual bench. Throws USAGE. */
export function slotsOf(text: string): number {
  if (text === '') return USUAL_SLOTS;
  const slots = /^[0-9]{1,2}$/.test(text) ? Number(text) : 0;
  if (slots < 1 || slots > MAX_SLOTS) throw new KeylineError('USAGE', `a bench has 1 to ${MAX_SLOTS} slots`);
  return slots;
}
