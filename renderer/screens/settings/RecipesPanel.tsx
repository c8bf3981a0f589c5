// Recipes (UX.md section 4.8): those that this station holds, whether their image is here and right, which lots use them, and
// a new one from a file that the station reads.
import { UnstyledButton } from '@mantine/core';
import { useCallback, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldRecipe } from '../../../contract/recipes-api.ts';
import type { StationFacts } from '../../../domain/station-event.ts';
import type { StationFeed } from '../../station-feed.ts';
import { allows } from '../../view-state/permission.ts';
import { RecipeCard } from './RecipeCard.tsx';
import { SaidRow } from './SaidRow.tsx';
import { type PanelOrder, useOrder } from './use-order.ts';

interface RecipesPanelProps {
  readonly facts: StationFacts;
  readonly feed: StationFeed;
}

export function RecipesPanel({ facts, feed }: RecipesPanelProps) {
  const { t } = useTranslation();
  const [recipes, setRecipes] = useState<readonly HeldRecipe[] | null>(null);
  const order = useOrder(feed);
  const look = useCallback(async () => {
    const answer = await feed.ask((api) => api.recipes.list());
    if (answer.ok) setRecipes(answer.value);
  }, [feed]);
  useEffect(() => void look(), [look]);
  const officer = allows(facts, 'security-officer');
  return (
    <div className="cas">
      {officer && <AddRecipe order={order} onAdded={() => void look()} />}
      {recipes?.length === 0 && <p className="panel">{t(officer ? 'recipes.none' : 'recipes.noneOthers')}</p>}
      {recipes?.map((recipe) => (
        <RecipeCard key={recipe.recipeSha256} {...{ recipe, order }} onChecked={() => void look()} />
      ))}
    </div>
  );
}

interface AddRecipeProps {
  readonly order: PanelOrder;
  readonly onAdded: () => void;
}

function AddRecipe({ order, onAdded }: AddRecipeProps) {
  const { t } = useTranslation();
  const id = useId();
  const [path, setPath] = useState('');
  const trimmed = path.trim();
  const add = (event: React.FormEvent) => {
    event.preventDefault();
    if (trimmed === '') return;
    void order
      .send(
        (api) => api.recipes.add({ path: trimmed }),
        ({ recipe: { name, version }, known }) => t(known ? 'recipes.known' : 'recipes.added', { name, version }),
      )
      .then((added) => {
        if (added === null) return;
        setPath('');
        onAdded();
      });
  };
  return (
    <section className="panel bench-ports" aria-label={t('recipes.add')}>
      <h2>{t('recipes.add')}</h2>
      <form onSubmit={add}>
        <label htmlFor={id}>{t('recipes.path')}</label>
        <input
          id={id}
          type="text"
          className="mono"
          autoComplete="off"
          spellCheck={false}
          maxLength={4096}
          value={path}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setPath(event.currentTarget.value)}
        />
        <UnstyledButton className="btn" type="submit" aria-disabled={order.busy || trimmed === ''}>
          {t('recipes.read')}
        </UnstyledButton>
        <p id={`${id}-hint`}>{t('recipes.hint')}</p>
      </form>
      <SaidRow said={order.said} />
    </section>
  );
}
