// What the Line says to a screen reader (UX.md section 12): a new card, politely, grouped when several come at once.
// Progress is silent, and so is what was there when the window opened.
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newCards, type QueueCard, queueOf } from '../../view-state/queue.ts';
import type { StationView } from '../../view-state/station-view.ts';

export function useAnnouncement(view: StationView): string {
  const { t } = useTranslation();
  const before = useRef<readonly QueueCard[] | null>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    const cards = queueOf(view);
    const fresh = before.current === null ? [] : newCards(before.current, cards);
    before.current = cards;
    const [one] = fresh;
    if (one === undefined) return;
    if (fresh.length > 1) {
      const slots = fresh.flatMap(({ slot }) => slot ?? []);
      return setText(t('announce.several', { count: fresh.length, slots }));
    }
    const word = one.code === null ? t('word.need') : t(`cause.${one.code}.tile`);
    if (one.slot === null) return setText(t(one.look === 'fail' ? 'announce.stopped' : 'queue.lineCard', { word }));
    setText(t(one.look === 'fail' ? 'announce.failed' : 'announce.needs', { slot: one.slot, word }));
  }, [view, t]);
  return text;
}
