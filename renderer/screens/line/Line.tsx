// The Line: run boards (UX.md section 4.2). Owns what is open on it; everything else is the station's.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../../components/use-keys.ts';
import { useSteady } from '../../components/use-steady.ts';
import type { StationFeed } from '../../station-feed.ts';
import { choicesOf } from '../../view-state/card-choices.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { ReleasedLots } from '../lots/ReleasedLots.tsx';
import './line.css';
import './strip.css';
import './grid.css';
import './tile.css';
import './density.css';
import './queue.css';
import './card.css';
import './detail.css';
import './bar.css';
import { Announcement } from './Announcement.tsx';
import { BottomBar } from './BottomBar.tsx';
import { LotStrip } from './LotStrip.tsx';
import { Queue } from './Queue.tsx';
import { SlotDetail } from './SlotDetail.tsx';
import { SlotGrid } from './SlotGrid.tsx';
import { SlotLabel } from './SlotLabel.tsx';
import { SlotList } from './SlotList.tsx';
import { useLineScans } from './use-line-scans.ts';
import { useOrders } from './use-orders.ts';
import { usePause } from './use-pause.ts';
import { usePrint } from './use-print.ts';
import { useQueuePlaces } from './use-queue-places.ts';
import { useShownCard } from './use-shown-card.ts';

/** From here on the strip is thin, for the tiles' sake. */
const THIN_FROM = 32;

interface LineProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  /** The wall clock, UTC milliseconds. */
  readonly nowMs: () => number;
}

export function Line({ view, feed, nowMs }: LineProps) {
  const [openSlot, setOpenSlot] = useState<string | null>(null);
  const [listed, setListed] = useState(false);
  const main = useRef<HTMLElement>(null);
  const orders = useOrders(feed, view);
  const { pause, refusal } = usePause(view, feed);
  const { places, ear } = useQueuePlaces(view);
  const { shown, asked, show, showNext } = useShownCard(places, main, () => setOpenSlot(null));
  const open = view.slots.find(({ slot }) => slot === openSlot) ?? null;
  const close = () => {
    main.current?.querySelector<HTMLElement>(`[data-slot="${openSlot}"]`)?.focus();
    setOpenSlot(null);
  };
  const onEnter = useSteady((name: string) => {
    const slot = view.slots.find(({ slot }) => slot === name);
    const command = slot === undefined ? null : choicesOf(slot, view.facts).main;
    if (slot === undefined || command === null || command === 'switch-off') return setOpenSlot(name);
    void orders.command(slot, command, null);
  });
  const print = usePrint(view, orders, openSlot, setOpenSlot);
  const list = useSteady(() => setListed(!listed));
  const onPause = useSteady(() => pause?.());
  useLineScans({ view, feed, orders, openSlot, onOpen: setOpenSlot });
  useKeys([
    ['F4', list],
    ['F9', pause],
    ['F10', showNext],
    ['Ctrl+P', print],
    ['Escape', openSlot === null ? null : close],
  ]);
  const { slots, lot } = view;
  const only = slots.length === 1 ? (slots[0] ?? null) : null;
  const { fixtures } = view.facts;
  return (
    <main className="main line" ref={main}>
      {isIdle(view) ? (
        <ReleasedLots view={view} feed={feed} nowMs={nowMs} />
      ) : (
        <>
          <LotStrip view={view} thin={slots.length >= THIN_FROM} nowMs={nowMs} />
          {open !== null ? (
            <SlotDetail key={open.slot} {...{ slot: open, view, orders, feed, nowMs }} onClose={close} />
          ) : (
            slots.length > 0 && <Queue {...{ view, orders, places, ear, shown }} onShow={show} onNext={showNext} />
          )}
          {slots.length === 0 ? (
            <NoSlots />
          ) : listed ? (
            <SlotList slots={slots} lot={lot} onOpen={setOpenSlot} nowMs={nowMs} />
          ) : (
            <SlotGrid
              {...{ slots, fixtures, lot, openSlot, onEnter, nowMs }}
              lookAt={openSlot ?? asked}
              onOpen={setOpenSlot}
              label={only === null ? null : <SlotLabel slot={only} {...{ view, feed, orders }} />}
            />
          )}
        </>
      )}
      <BottomBar
        lotState={lot?.state ?? null}
        hasSlots={slots.length > 0 && !isIdle(view)}
        listed={listed}
        onList={list}
        onPause={pause === null ? null : onPause}
        refusal={refusal}
      />
      <Announcement view={view} />
    </main>
  );
}

/** No lot runs here, and no board of the last one is in work. */
function isIdle({ lineRunning, stoppedBy, slots }: StationView): boolean {
  return !lineRunning && stoppedBy === null && !slots.some(({ state }) => state === 'working' || state === 'locking');
}

function NoSlots() {
  const { t } = useTranslation();
  return (
    <div className="nothing">
      <h2>{t('line.noSlots')}</h2>
      <p>{t('line.noSlotsMore')}</p>
    </div>
  );
}
