// A recipe file that this station can make boards by: read whole, its image checked, its secret here, its certificates fit
// for the CA.
import { KeylineError } from '../../domain/errors.ts';
import type { Recipe } from '../../domain/recipe.ts';
import { type CheckedRecipe, readRecipe } from '../line/lot-intake.ts';

export interface AroundRecipe {
  readonly holdsFactorySecret: (name: string) => boolean;
  /** Why boards of such a recipe cannot be signed for by the active CA, or null. */
  readonly profileFault: (profile: Recipe['certificate']) => string | null;
}

/** Throws FILE_UNREADABLE, RECIPE_INVALID, FIRMWARE_INVALID, PSK_MISSING, PROFILE_UNFIT. */
export function fittingRecipe(path: string, around: AroundRecipe): CheckedRecipe {
  const read = readRecipe(path);
  const { psk, certificate } = read.recipe;
  if (psk !== undefined && !around.holdsFactorySecret(psk)) throw new KeylineError('PSK_MISSING', psk);
  const fault = around.profileFault(certificate);
  if (fault !== null) throw new KeylineError('PROFILE_UNFIT', fault);
  return read;
}
