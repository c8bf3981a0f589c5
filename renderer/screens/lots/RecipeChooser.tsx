// The recipe of a lot, chosen from those that this station holds: a button that opens a list, by touch and by keyboard.
import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecipeView } from '../../../contract/lots-api.ts';
import { Stage } from '../../../domain/job.ts';
import { keyWordOf } from '../../view-state/key-word.ts';

interface RecipeChooserProps {
  readonly recipes: readonly RecipeView[];
  readonly chosen: string | null;
  readonly onChoose: (recipeSha256: string) => void;
  readonly product: (recipe: RecipeView) => string;
  readonly stoppedBy: string | null;
  readonly locked: boolean;
}

export function RecipeChooser({ recipes, chosen, onChoose, product, stoppedBy, locked }: RecipeChooserProps) {
  const { t } = useTranslation();
  const id = useId();
  const [at, setAt] = useState<number | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const isOpen = at !== null;
  useEffect(() => {
    if (isOpen) list.current?.focus();
  }, [isOpen]);
  const close = () => {
    setAt(null);
    button.current?.focus();
  };
  const choose = (recipe: RecipeView | undefined) => {
    if (recipe !== undefined) onChoose(recipe.recipeSha256);
    close();
  };
  const keys = (event: KeyboardEvent) => {
    if (at === null) return;
    const last = recipes.length - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
    if (to !== undefined) setAt(Math.min(last, Math.max(0, to)));
    else if (event.key === 'Enter' || event.key === ' ') choose(recipes[at]);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    // Escape closes the list, not the page under it.
    event.stopPropagation();
  };
  const now = recipes.find(({ recipeSha256 }) => recipeSha256 === chosen);
  const open = () => {
    if (!locked && recipes.length > 0) setAt(now === undefined ? 0 : recipes.indexOf(now));
  };
  return (
    <div className="field recipe">
      <span className="name" id={id}>
        {t('setUp.recipe')}
      </span>
      <UnstyledButton
        ref={button}
        className="inp"
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-labelledby={`${id} ${id}-now`}
        aria-describedby={stoppedBy ?? undefined}
        onClick={open}
      >
        <span id={`${id}-now`} className="recipe-text">
          {now === undefined ? (
            <span className="dim">{t(recipes.length === 0 ? 'setUp.recipesNone' : 'setUp.recipeNone')}</span>
          ) : (
            <RecipeText recipe={now} product={product(now)} />
          )}
        </span>
        <IconChevronRight className="i sm" aria-hidden="true" />
      </UnstyledButton>
      {at !== null && (
        <ul
          ref={list}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a listbox of the ARIA practices
          role="listbox"
          tabIndex={0}
          aria-labelledby={id}
          aria-activedescendant={`${id}-${at}`}
          onKeyDown={keys}
          onBlur={() => setAt(null)}
        >
          {recipes.map((recipe, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys for all its options
            // biome-ignore lint/a11y/useFocusableInteractive: the list keeps the focus and names the option it is at
            <li
              key={recipe.recipeSha256}
              id={`${id}-${index}`}
              // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: as above
              role="option"
              aria-selected={recipe.recipeSha256 === chosen}
              className={index === at ? 'at' : ''}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(recipe)}
            >
              <RecipeText recipe={recipe} product={product(recipe)} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function RecipeText({ recipe, product }: { readonly recipe: RecipeView; readonly product: string }) {
  const { t } = useTranslation();
  const { jobMs, firmwareVersion: firmware } = recipe;
  const key = t(`setUp.key.${keyWordOf(recipe)}`);
  const figures = { firmware, key, stages: Stage.options.length, seconds: Math.round((jobMs ?? 0) / 1000) };
  return (
    <>
      <b>{product}</b>{' '}
      <span className="dim">{t(jobMs === null ? 'setUp.recipeText' : 'setUp.recipeTextTimed', figures)}</span>
    </>
  );
}
