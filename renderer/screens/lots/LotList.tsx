// Every lot of the station, newest first; a touch opens a lot's page. The list is one tab stop, and arrows move in it.
import { UnstyledButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { type KeyboardEvent, memo, type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedDraft } from '../../../contract/lots-api.ts';
import type { LotView } from '../../../domain/station-event.ts';
import { usePage } from '../../components/page.ts';
import type { TypedDraft } from '../../view-state/lot-draft.ts';
import { lotOnLine } from '../../view-state/lot-row.ts';
import { allows } from '../../view-state/permission.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { LotRow } from './LotRow.tsx';
import { useLotText } from './use-lot-text.ts';
import type { Lots } from './use-lots.ts';

interface LotListProps {
  readonly view: StationView;
  readonly nowMs: () => number;
  readonly told: Lots;
  /** The lot whose page was left just now, which has the focus; null for none. */
  readonly left: string | null;
  readonly draft: SavedDraft | null;
  readonly onOpen: (lotId: string) => void;
  readonly onSetUp: (start: TypedDraft | null) => void;
}

export function LotList({ view, nowMs, told, left, draft, onOpen, onSetUp }: LotListProps) {
  const { t } = useTranslation();
  const text = useLotText(nowMs);
  const list = useRef<HTMLUListElement>(null);
  const { lots } = told;
  const may = allows(view.facts, 'supervisor');
  usePage({ topic: 'lots', name: t('lots.title'), under: t('lots.count', { count: lots?.length ?? 0 }) });
  useFocusOnce(list, left, lots);
  return (
    <main className="main lots">
      {may && (
        <div className="lots-head">
          <p>{draft === null ? '' : draftWords(draft, text.time, t)}</p>
          <UnstyledButton className="btn lg pri" onClick={() => onSetUp(null)}>
            {draft === null && <IconPlus className="i sm" aria-hidden="true" />}
            {t(draft === null ? 'lots.newLot' : 'lots.goOn')}
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
          <LotRows {...{ lots, left, nowMs, onOpen }} onLine={lotOnLine(view)} />
        </ul>
      )}
    </main>
  );
}

/** The row takes the focus when the list holds it: the station is asked for it only now. */
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

interface LotRowsProps {
  readonly lots: readonly LotView[];
  readonly left: string | null;
  readonly onLine: string | null;
  readonly nowMs: () => number;
  readonly onOpen: (lotId: string) => void;
}

/** Drawn anew only when a lot has changed: the line's slots change many times a second, and there may be 1,000 rows. */
const LotRows = memo(function LotRows({ lots, left, ...rest }: LotRowsProps) {
  const stop = lots.some(({ lotId }) => lotId === left) ? left : lots[0]?.lotId;
  return lots.map((lot) => <LotRow key={lot.lotId} {...rest} lot={lot} tabStop={stop === lot.lotId} />);
});

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
