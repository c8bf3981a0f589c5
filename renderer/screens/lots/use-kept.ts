// What a supervisor's list and pages of lots need of set-up: the saved draft, and the recipes that a copy is made with.
import { useEffect, useState } from 'react';
import type { RecipeView, SavedDraft } from '../../../contract/lots-api.ts';
import type { StationFeed } from '../../station-feed.ts';
import { allows } from '../../view-state/permission.ts';
import type { StationView } from '../../view-state/station-view.ts';

export interface Kept {
  readonly recipes: readonly RecipeView[];
  readonly draft: SavedDraft | null;
}

/** Asked anew with each `about`; nothing for those who may not set up lots. */
export function useKept({ facts }: StationView, feed: StationFeed, about: string): Kept {
  const [kept, setKept] = useState<Kept>({ recipes: [], draft: null });
  const may = allows(facts, 'supervisor');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it is about is what asks for it again
  useEffect(() => {
    if (!may) return setKept({ recipes: [], draft: null });
    let open = true;
    void Promise.all([feed.ask((api) => api.lots.recipes()), feed.ask((api) => api.lots.draft())]).then(
      ([recipes, draft]) => {
        if (open) setKept({ recipes: recipes.ok ? recipes.value : [], draft: draft.ok ? draft.value : null });
      },
    );
    return () => {
      open = false;
    };
  }, [feed, may, about]);
  return kept;
}
