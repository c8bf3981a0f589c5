// Lot set-up (UX.md section 4.4): a supervisor releases a lot in under a minute, on one page without steps. The draft
// saves by itself.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecipeView } from '../../../contract/lots-api.ts';
import { usualLabel } from '../../../domain/labels-view.ts';
import type { LotView } from '../../../domain/station-event.ts';
import { usePage } from '../../components/page.ts';
import { useKeys } from '../../components/use-keys.ts';
import type { StationFeed } from '../../station-feed.ts';
import type { DraftDesk } from '../../view-state/draft-desk.ts';
import { copyOf, type DraftField, refusalsOf, type TypedDraft } from '../../view-state/lot-draft.ts';
import { CHECK_OF, checkRows } from '../../view-state/ready-checks.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { LotRules } from './LotRules.tsx';
import { checkId, ReadyPanel } from './ReadyPanel.tsx';
import { SerialRange } from './SerialRange.tsx';
import { SignedAndRegistered } from './SignedAndRegistered.tsx';
import type { FieldTexts } from './TextField.tsx';
import { useDraft } from './use-draft.ts';
import { type LotText, useLotText } from './use-lot-text.ts';
import { WhatIsMade } from './WhatIsMade.tsx';

interface LotSetUpProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  readonly nowMs: () => number;
  /** A copy, which takes the place of the saved draft; null for that one. */
  readonly start: TypedDraft | null;
  readonly lots: readonly LotView[];
  /** The lot that was released, or null when it was not. */
  readonly onDone: (released: string | null) => void;
}

export function LotSetUp({ view, feed, nowMs, start, lots, onDone }: LotSetUpProps) {
  const { t } = useTranslation();
  const text = useLotText(nowMs);
  const { facts, sync, stoppedBy, lot } = view;
  const world = `${facts.signing} ${sync.online} ${stoppedBy} ${lot?.lotId} ${lot?.state}`;
  const { desk, work } = useDraft(feed, start, world, ({ lotId }) => onDone(lotId));
  const recipes = useRecipes(feed);
  const back = () => onDone(null);
  usePage({ topic: 'set-up', name: t('setUp.title'), under: useSavedWords(desk, text) });
  useKeys([['Escape', back]]);
  const texts = useFieldTexts(desk);
  if (desk === null) return <main className="main set-up" />;
  const { typed, readiness, refused } = desk;
  const locked = desk.release !== 'open';
  const type = (change: Partial<TypedDraft>) => work.type(change);
  const [last] = lots;
  const copy = last === undefined ? null : { lot: last.lotId, take: () => type(copyOf(last, recipes ?? [])) };
  return (
    <main className="main set-up">
      <div className="set-up-fields">
        <WhatIsMade
          {...{ typed, texts, locked, copy }}
          onType={type}
          recipes={recipes}
          product={text.product}
          recipeStop={stopOf(desk, 'recipe')}
        />
        <SerialRange {...{ typed, texts, locked, readiness }} onType={type} />
        <SignedAndRegistered view={view} feed={feed} />
        <LotRules {...{ typed, texts, locked }} usual={usualLabel(view.labels.settings)} onType={type} />
      </div>
      <ReadyPanel
        desk={desk}
        terms={recipes?.find(({ recipeSha256 }) => recipeSha256 === typed.recipeSha256) ?? null}
        refusal={refused === null || readiness === null ? null : text.refusal(refused)}
        onRelease={() => work.release()}
        onBack={back}
      />
    </main>
  );
}

function useSavedWords(desk: DraftDesk | null, text: LotText): string {
  const { t } = useTranslation();
  if (desk?.savedMs == null) return t(desk?.refused == null ? 'setUp.saving' : 'setUp.unsaved');
  return t('setUp.draft', { time: text.time(desk.savedMs) });
}

/** Null until the station has answered. */
function useRecipes(feed: StationFeed): readonly RecipeView[] | null {
  const [recipes, setRecipes] = useState<readonly RecipeView[] | null>(null);
  useEffect(() => {
    let open = true;
    void feed
      .ask((api) => api.lots.recipes())
      .then((answer) => {
        if (open) setRecipes(answer.ok ? answer.value : []);
      });
    return () => {
      open = false;
    };
  }, [feed]);
  return recipes;
}

function useFieldTexts(desk: DraftDesk | null): FieldTexts {
  const { t } = useTranslation();
  const refusals = desk === null ? {} : refusalsOf(desk.typed);
  return (field) => {
    const refusal = refusals[field];
    // One check stands for all figures: it stops the one that cannot be read.
    const stops = desk !== null && (CHECK_OF[field] !== 'counts' || refusal !== undefined);
    return {
      refusal: refusal === undefined ? null : t(`setUp.field.${refusal}`),
      stoppedBy: stops ? stopOf(desk, CHECK_OF[field]) : null,
    };
  };
}

/** Id of this check's octagon; null while it stops nothing. */
function stopOf(desk: DraftDesk, check: (typeof CHECK_OF)[DraftField] | 'recipe'): string | null {
  const row = checkRows(desk).find((one) => one.check === check);
  return row?.verdict === 'stop' ? checkId(row.check) : null;
}
