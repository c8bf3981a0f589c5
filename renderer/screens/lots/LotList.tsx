// Every lot of the station, newest first. One row is open at a time and holds what a person of this role may do with
// its lot; the list is one tab stop, and arrows move in it.
import { UnstyledButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { type KeyboardEvent, memo, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecipeView, SavedDraft } from '../../../contract/lots-api.ts';
import type { LotView } from '../../../domain/station-event.ts';
import { usePage } from '../../components/page.ts';
import type { StationFeed } from '../../station-feed.ts';
import { copyOf, type TypedDraft } from '../../view-state/lot-draft.ts';
import { lotOnLine } from '../../view-state/lot-row.ts';
import { allows } from '../../view-state/permission.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { LotRow, type LotRowProps } from './LotRow.tsx';
import { type LotCommands, useLotCommands } from './use-lot-commands.ts';
import { useLotText } from './use-lot-text.ts';
import type { Lots } from './use-lots.ts';

interface LotListProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  readonly nowMs: () => number;
  readonly told: Lots;
  /** The lot that was released just now, whose row is open; null for none. */
  readonly released: string | null;
  readonly onSetUp: (start: TypedDraft | null) => void;
}

export function LotList({ view, feed, nowMs, told, released, onSetUp }: LotListProps) {
  const { t } = useTranslation();
  const text = useLotText(nowMs);
  const [chosen, setChosen] = useState(released);
  const list = useRef<HTMLUListElement>(null);
  const kept = useKept(view, feed);
  const commands = useLotCommands(feed, text, released, told.askAgain);
  const { lots } = told;
  const may = allows(view.facts, 'supervisor');
  usePage({ topic: 'lots', name: t('lots.title'), under: t('lots.count', { count: lots?.length ?? 0 }) });
  useFocusOnce(list, released, lots);
  const choose = useCallback((lotId: string) => setChosen((open) => (open === lotId ? null : lotId)), []);
  const { recipes } = kept;
  const copy = useCallback((lot: LotView) => onSetUp(copyOf(lot, recipes)), [onSetUp, recipes]);
  return (
    <main className="main lots">
      {may && (
        <div className="lots-head">
          <p>{kept.draft === null ? '' : draftWords(kept.draft, text.time, t)}</p>
          <UnstyledButton className="btn lg pri" onClick={() => onSetUp(null)}>
            {kept.draft === null && <IconPlus className="i sm" aria-hidden="true" />}
            {t(kept.draft === null ? 'lots.newLot' : 'lots.goOn')}
          </UnstyledButton>
        </div>
      )}
      {told.refused !== null && <p role="alert">{text.refusal(told.refused)}</p>}
      {lots?.length === 0 && (
        <div className="lots-none">
          <h2>{t('lots.empty')}</h2>
          <p>{t('lots.emptyMore')}</p>
        </div>
      )}
      {lots !== null && lots.length > 0 && (
        <ul className="lots-list" ref={list} onKeyDown={moveInList}>
          <LotRows
            {...{ lots, chosen, may, nowMs }}
            onLine={lotOnLine(view)}
            hasDraft={kept.draft !== null}
            {...commands}
            onChoose={choose}
            onCopy={copy}
          />
        </ul>
      )}
    </main>
  );
}

/** The released lot's row takes the focus when the list holds it: the station is asked for it only now. */
function useFocusOnce(list: RefObject<HTMLUListElement | null>, lotId: string | null, lots: Lots['lots']): void {
  const wanted = useRef(lotId);
  useEffect(() => {
    if (wanted.current === null || lots === null) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-lot="${wanted.current}"]`) ?? null;
    if (row === null) return;
    wanted.current = null;
    row.focus();
  }, [list, lots]);
}

type LotRowsProps = Omit<LotRowProps, 'lot' | 'open' | 'tabStop' | 'says'> & {
  readonly lots: readonly LotView[];
  readonly chosen: string | null;
  readonly says: LotCommands['says'];
};

/** Drawn anew only when a lot has changed: the line's slots change many times a second, and there may be 1,000 rows. */
const LotRows = memo(function LotRows({ lots, chosen, says, ...rest }: LotRowsProps) {
  const stop = lots.some(({ lotId }) => lotId === chosen) ? chosen : lots[0]?.lotId;
  return lots.map((lot) => (
    <LotRow
      key={lot.lotId}
      {...rest}
      lot={lot}
      open={chosen === lot.lotId}
      tabStop={stop === lot.lotId}
      says={says?.lotId === lot.lotId ? says.words : ''}
    />
  ));
});

/** The saved draft and the recipes that a copy needs; nothing for those who may not set up lots. */
function useKept({ facts }: StationView, feed: StationFeed) {
  const [kept, setKept] = useState<{ recipes: readonly RecipeView[]; draft: SavedDraft | null }>({
    recipes: [],
    draft: null,
  });
  const may = allows(facts, 'supervisor');
  useEffect(() => {
    if (!may) return;
    let open = true;
    void Promise.all([feed.ask((api) => api.lots.recipes()), feed.ask((api) => api.lots.draft())]).then(
      ([recipes, draft]) => {
        if (open) setKept({ recipes: recipes.ok ? recipes.value : [], draft: draft.ok ? draft.value : null });
      },
    );
    return () => {
      open = false;
    };
  }, [feed, may]);
  return kept;
}

function draftWords({ draft, savedMs }: SavedDraft, time: (timeMs: number) => string, t: TFunction): string {
  const saved = { time: time(savedMs) };
  return draft.orderId === '' ? t('lots.draftUnnamed', saved) : t('lots.draft', { lot: draft.orderId, ...saved });
}

/** Arrows, Home and End move between the rows' buttons. */
function moveInList(event: KeyboardEvent<HTMLUListElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-lot]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (at === -1 || to === undefined) return;
  event.preventDefault();
  rows[Math.min(rows.length - 1, Math.max(0, to))]?.focus();
}
