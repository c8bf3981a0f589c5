// A lot as told to those who watch.
import { keyTerms, Recipe } from '../../domain/recipe.ts';
import type { LotView } from '../../domain/station-event.ts';
import type { Figures } from '../records/lot-figures.ts';
import type { LotRow } from '../records/record-store.ts';
import { lotPace } from './lot-pace.ts';

/** A person's name by actor id; null where none is known. */
export type NameOf = (actorId: string) => string | null;

export function lotView(row: LotRow, { tally, progress }: Figures, nowMs: number, nameOf: NameOf): LotView {
  const recipe = Recipe.parse(JSON.parse(row.recipe));
  const { model, hardwareRevisions, firmware } = recipe;
  const { lotId, orderId, state, practice, createdMs, quantity, spare, heldBecause, heldBy } = row;
  return {
    ...{ lotId, orderId, state, practice, createdMs, quantity, spare, heldBecause },
    heldBy: heldBy === null ? null : nameOf(heldBy),
    stateSinceMs: row.stateMs,
    ...{ recipeName: row.recipeName, recipeVersion: row.recipeVersion, model, revisions: [...hardwareRevisions] },
    ...keyTerms(recipe),
    ...{ firmwareVersion: firmware.version, serialRange: row.serialRange, stopAfter: row.stopAfter },
    firstPass: { passed: progress.firstPassed, judged: progress.judged },
    pace: lotPace(progress, nowMs),
    ...tally,
  };
}
