// Recipes of a station (UX.md section 4.8): those it holds, what uses them, a new one from a file, and whether its image is
// still the one that it names.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Name, Sha256Hex } from '../domain/ids.ts';
import { LotState } from '../domain/lot.ts';
import { KEYLINE_ERRORS } from './keyline-errors.ts';
import { RecipeView } from './lots-api.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

export const HeldRecipe = RecipeView.extend({
  /** Lots that were made from it, in all; the newest of them by name. */
  lots: z.number().int(),
  newest: z.array(z.object({ lotId: Name, state: LotState })).max(5),
});
export type HeldRecipe = z.infer<typeof HeldRecipe>;

export const recipesApi = {
  /** The newest first. */
  list: keyline.output(z.array(HeldRecipe)),
  /** Absolute path of a recipe file, read by the station's process, with the image that it names beside it. */
  add: keyline
    .input(z.strictObject({ path: z.string().min(1).max(4096) }))
    .output(z.object({ recipe: HeldRecipe, known: z.boolean() })),
  /** Reads recipe and image again. */
  check: keyline.input(z.strictObject({ recipeSha256: Sha256Hex })).output(z.object({ imageBytes: z.number().int() })),
};
