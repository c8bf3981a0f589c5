// Try it: pretend boards in the real line (UX.md section 4.10). Touch puts them in and takes them out; what then happens
// is the station's.
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useScans } from '../../scanner/use-scans.ts';
import type { StationFeed } from '../../station-feed.ts';
import { cardKey, queueOf, shownCard } from '../../view-state/queue.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { Card } from '../line/Card.tsx';
import { Tile } from '../line/Tile.tsx';
import { useOrders } from '../line/use-orders.ts';
import { useTimings } from '../line/use-timings.ts';
import type { FirstRunProps } from './first-run-props.ts';
import { freeSlot } from './hands.ts';
import { LessonList } from './LessonList.tsx';
import { StepHead } from './StepHead.tsx';
import { Tricks } from './Tricks.tsx';
import { useHands } from './use-hands.ts';

/** Tiles side by side, as on the drawing. */
const ACROSS = 4;

export function TryStep({ view, feed, bench, benchView, nowMs, lessons, learn }: FirstRunProps) {
  const { t } = useTranslation();
  const timings = useTimings(view.slots, view.lot, nowMs);
  const hands = useHands(view, bench, benchView);
  const free = freeSlot(view.slots, benchView.occupied);
  useScans((scan) => {
    const asked = scan.kind === 'slot' ? Number(scan.slot) : free;
    const slot = asked !== null && asked <= benchView.slots && !benchView.occupied.includes(asked) ? asked : free;
    if (slot === null) return { taken: false, words: t('firstRun.try.noFree') };
    return hands.insert(slot, 'good').then((refusal) => {
      if (refusal !== null) return { taken: false, words: refusal };
      learn({ type: 'scan' });
      return { taken: true, words: t('firstRun.try.tookScan', { slot }) };
    });
  });
  return (
    <>
      <StepHead title={t('firstRun.try.title')} more={useSentence(view, free)} />
      <section className="grid d4 try-slots" aria-label={t('firstRun.try.slots')}>
        {view.slots.map((slot, index) => {
          const place = { row: Math.floor(index / ACROSS), column: index % ACROSS };
          return (
            <Tile
              key={slot.slot}
              slot={slot}
              timing={timings.get(slot.slot) ?? null}
              {...{ index, place }}
              dense={false}
              tabStop
              open={false}
              onOpen={() => hands.touch(slot)}
              onEnter={() => hands.touch(slot)}
              nowMs={nowMs}
            />
          );
        })}
        {free !== null && <TouchHere slot={free} empty={view.slots[free - 1]?.state === 'empty'} />}
      </section>
      <Cards view={view} feed={feed} />
      {view.lot?.state === 'held' && <Held lotId={view.lot.lotId} feed={feed} />}
      <p className="try-note" role="status">
        {hands.note}
      </p>
      <section className="panel try-panel">
        <Tricks online={benchView.online} hands={hands} free={free} />
        <LessonList lessons={lessons} />
      </section>
    </>
  );
}

function useSentence({ slots, lot }: StationView, free: number | null): string {
  const { t } = useTranslation();
  if (slots.length === 0) return t('firstRun.try.wait');
  if (free === null) return t('firstRun.try.takeOut');
  const jobMs = lot?.pace.jobMs ?? null;
  if (jobMs === null) return t('firstRun.try.insert', { slot: free });
  return t('firstRun.try.insertTime', { slot: free, count: Math.max(1, Math.round(jobMs / 1000)) });
}

/** Lies over the tile that the next board goes into; the tile beneath takes the touch and has the words for readers. */
function TouchHere({ slot, empty }: { readonly slot: number; readonly empty: boolean }) {
  const { t } = useTranslation();
  const index = slot - 1;
  return (
    <span
      className="touch-here"
      style={{ gridRow: Math.floor(index / ACROSS) + 1, gridColumn: (index % ACROSS) + 1 }}
      aria-hidden="true"
    >
      {empty && t('firstRun.try.touch')}
    </span>
  );
}

/** The stop rule held the lot: practice goes on at a touch. */
function Held({ lotId, feed }: { readonly lotId: string; readonly feed: StationFeed }) {
  const { t } = useTranslation();
  const order = { lotId, command: 'release', because: null, writeOff: false } as const;
  return (
    <div className="try-held" role="status">
      <p>{t('firstRun.try.held')}</p>
      <UnstyledButton className="btn lg" onClick={() => void feed.ask((api) => api.lot.command(order))}>
        {t('firstRun.try.goOn')}
      </UnstyledButton>
    </div>
  );
}

/** The most pressing card. */
function Cards({ view, feed }: Pick<FirstRunProps, 'view' | 'feed'>) {
  const { t } = useTranslation();
  const orders = useOrders(feed, view);
  const card = shownCard(queueOf(view), null);
  if (card === null) return null;
  return (
    <aside className="try-card" aria-label={t('firstRun.try.card')}>
      <Card
        key={cardKey(card)}
        {...{ card, orders }}
        facts={view.facts}
        labels={view.labels}
        whole
        shown
        onShow={() => {}}
        next={null}
      />
    </aside>
  );
}
