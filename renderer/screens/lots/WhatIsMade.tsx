// What is being made: work order, quantity, recipe. A scan fills the work order wherever the focus is.
import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecipeView } from '../../../contract/lots-api.ts';
import { ScanPicture } from '../../components/ScanPicture.tsx';
import { useScans } from '../../scanner/use-scans.ts';
import type { TypedDraft } from '../../view-state/lot-draft.ts';
import { CountStepper } from './CountStepper.tsx';
import { RecipeChooser } from './RecipeChooser.tsx';
import { type FieldTexts, TextField } from './TextField.tsx';

interface WhatIsMadeProps {
  readonly typed: TypedDraft;
  readonly onType: (change: Partial<TypedDraft>) => void;
  readonly texts: FieldTexts;
  readonly locked: boolean;
  readonly recipes: readonly RecipeView[] | null;
  readonly product: (recipe: RecipeView) => string;
  /** Id of the check that stops the recipe. */
  readonly recipeStop: string | null;
  /** The last lot, to begin like it; null where there is none. */
  readonly copy: { readonly lot: string; readonly take: () => void } | null;
}

export function WhatIsMade(props: WhatIsMadeProps) {
  const { typed, onType, texts, locked, recipes, product, recipeStop, copy } = props;
  const { t } = useTranslation();
  const [scanned, setScanned] = useState<string | null>(null);
  useScans((scan) => {
    if (scan.kind !== 'work-order' || locked) return null;
    setScanned(scan.orderId);
    onType({ orderId: scan.orderId });
    return { taken: true, words: t('setUp.tookOrder', { order: scan.orderId }) };
  });
  const isBlank = typed.orderId === '' && typed.recipeSha256 === null;
  return (
    <fieldset className="panel">
      <legend>{t('setUp.what')}</legend>
      {isBlank && (
        <div className="blank">
          <p>{t('setUp.empty')}</p>
          {copy !== null && (
            <UnstyledButton className="btn" onClick={copy.take}>
              {t('setUp.copyLast', { lot: copy.lot })}
            </UnstyledButton>
          )}
        </div>
      )}
      <div className="what">
        <TextField
          {...{ locked, ...texts('orderId') }}
          label={t('setUp.order')}
          kind="code"
          field="orderId"
          icon={<ScanPicture size="sm" />}
          value={typed.orderId}
          {...(scanned !== null && scanned === typed.orderId ? { note: t('setUp.scanned') } : {})}
          onChange={(orderId) => onType({ orderId })}
        />
        <CountStepper
          {...{ locked, ...texts('quantity') }}
          label={t('setUp.quantity')}
          value={typed.quantity}
          onChange={(quantity) => onType({ quantity })}
        />
      </div>
      <RecipeChooser
        {...{ locked, product }}
        recipes={recipes ?? []}
        chosen={typed.recipeSha256}
        stoppedBy={recipeStop}
        onChoose={(recipeSha256) => onType({ recipeSha256 })}
      />
    </fieldset>
  );
}
