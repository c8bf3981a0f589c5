// One recipe: what it makes, whether its image is here and right, and the lots that use it.
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HeldRecipe } from '../../../contract/recipes-api.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { fingerprintGroups } from '../../view-state/ca-card.ts';
import { keyWordOf } from '../../view-state/key-word.ts';
import { SaidRow } from './SaidRow.tsx';
import type { PanelOrder } from './use-order.ts';

interface RecipeCardProps {
  readonly recipe: HeldRecipe;
  readonly order: PanelOrder;
  readonly onChecked: () => void;
}

export function RecipeCard({ recipe, order, onChecked }: RecipeCardProps) {
  const { t } = useTranslation();
  const { recipeSha256, name, version, model, revisions, firmwareVersion, firmwareHere, lots, newest } = recipe;
  const look = firmwareHere ? 'pass' : 'fail';
  const check = () =>
    void order
      .send(
        (api) => api.recipes.check({ recipeSha256 }),
        ({ imageBytes }) => t('recipes.checked', { count: Math.round(imageBytes / 1024) }),
        recipeSha256,
      )
      .then(onChecked);
  return (
    <article className="panel ca" aria-labelledby={`recipe-${recipeSha256}`}>
      <header>
        <div className="ca-name">
          <h2 id={`recipe-${recipeSha256}`}>{t('recipes.name', { name, version })}</h2>
          <p>
            {revisions.length === 0
              ? t('lots.productOnly', { model })
              : t('lots.product', { model, revisions: [...revisions] })}
          </p>
        </div>
        <span className={`badge m-${look}`}>
          <SlotSymbol look={look} />
          {t(firmwareHere ? 'recipes.here' : 'recipes.away')}
        </span>
        <span className="ca-acts">
          <UnstyledButton className="btn" aria-disabled={order.busy} onClick={check}>
            {t('recipes.check')}
          </UnstyledButton>
        </span>
      </header>
      <dl className="ca-figures recipe-figures">
        <div>
          <dt>{t('recipes.firmware')}</dt>
          <dd>
            <span className="val">{firmwareVersion}</span>
            <span className="under">{t('recipes.keys', { terms: t(`keyTerms.${keyWordOf(recipe)}`) })}</span>
          </dd>
        </div>
        <div>
          <dt>{t('recipes.lots')}</dt>
          <dd>
            <span className="val">{t('recipes.lotCount', { count: lots })}</span>
            <span className="under">
              {lots === 0 ? t('recipes.unused') : t('recipes.newest', { lots: newest.map(({ lotId }) => lotId) })}
            </span>
          </dd>
        </div>
        <div>
          <dt>{t('recipes.sha')}</dt>
          <dd className="mono fingerprint">
            <span>{fingerprintGroups(recipeSha256).slice(0, 8).join(' ')}</span>
            <span>{fingerprintGroups(recipeSha256).slice(8).join(' ')}</span>
          </dd>
        </div>
      </dl>
      <SaidRow said={order.said} about={recipeSha256} />
    </article>
  );
}
