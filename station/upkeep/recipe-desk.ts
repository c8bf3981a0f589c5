// Recipes that this station holds (UX.md section 4.8): brought in from a file with their image, after every check that a lot
// would make; told with the lots that use them; read again on demand.
import { isAbsolute } from 'node:path';
import type { HeldRecipe } from '../../contract/recipes-api.ts';
import { assert, KeylineError } from '../../domain/errors.ts';
import { Recipe } from '../../domain/recipe.ts';
import type { LotFiles } from '../line/lot-files.ts';
import { lotFirmware } from '../line/lot-intake.ts';
import { type AroundRecipe, fittingRecipe } from '../lots/fitting-recipe.ts';
import type { LotSetUp } from '../lots/lot-set-up.ts';
import type { Recorder } from '../records/recorder.ts';

export interface RecipeParts {
  readonly recorder: Recorder;
  readonly files: LotFiles;
  readonly lots: Pick<LotSetUp, 'recipes' | 'forgetSeen'>;
  readonly around: AroundRecipe;
}

/** Named one by one; a person who wants more looks at Lots. */
const NAMED_LOTS = 5;

export class RecipeDesk {
  readonly #parts: RecipeParts;

  constructor(parts: RecipeParts) {
    this.#parts = parts;
  }

  /** The newest first. */
  list(): HeldRecipe[] {
    const { store } = this.#parts.recorder;
    const lots = store.lotRanges().toReversed();
    const used = Map.groupBy(
      lots.flatMap(({ lotId }) => store.lot(lotId) ?? []),
      ({ recipeSha256 }) => recipeSha256,
    );
    return this.#parts.lots.recipes().map((recipe) => {
      const its = used.get(recipe.recipeSha256) ?? [];
      const newest = its.slice(0, NAMED_LOTS).map(({ lotId, state }) => ({ lotId, state }));
      return { ...recipe, lots: its.length, newest };
    });
  }

  /**
   * `known`: it was here already. Throws FILE_UNREADABLE, RECIPE_INVALID, FIRMWARE_INVALID, PSK_MISSING, PROFILE_UNFIT,
   * DISK_FULL: then nothing is kept.
   */
  add(actorId: string, path: string): { recipe: HeldRecipe; known: boolean } {
    const { recorder, files, around } = this.#parts;
    if (!isAbsolute(path)) throw new KeylineError('FILE_UNREADABLE', 'a path begins at the top of the disk', { path });
    const { text, sha256, firmware } = fittingRecipe(path, around);
    const known = files.recipe(sha256) !== null;
    // Who brought it is on record before it is here: no power cut leaves a recipe that nobody brought.
    if (!known) recorder.commit(actorId, (append) => append('recipe-imported', { recipeSha256: sha256 }));
    files.keepFirmware(firmware.sha256, firmware.bytes);
    files.keepRecipe(sha256, text);
    this.#parts.lots.forgetSeen();
    const held = this.list().find(({ recipeSha256 }) => recipeSha256 === sha256);
    assert(held, 'a recipe that was kept is among those that are');
    return { recipe: held, known };
  }

  /** Throws RECIPE_MISSING, FIRMWARE_FILE_WRONG. */
  check(recipeSha256: string): { imageBytes: number } {
    const { files, lots } = this.#parts;
    // What was once seen may have changed on the disk since: the list tells it too.
    lots.forgetSeen();
    const kept = files.recipe(recipeSha256);
    if (!kept) throw new KeylineError('RECIPE_MISSING', recipeSha256);
    return { imageBytes: lotFirmware(Recipe.parse(JSON.parse(kept.text)), files).bytes.length };
  }
}
