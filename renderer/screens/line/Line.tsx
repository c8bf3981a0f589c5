// The Line: run boards (UX.md section 4.2). Owns what is open on it; everything else is the station's.
import { VisuallyHidden } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ERRORS, type ErrorCode } from '../../../domain/error-table.ts';
import { useKeys } from '../../components/use-keys.ts';
import type { StationFeed } from '../../station-feed.ts';
import { queueOf } from '../../view-state/queue.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { BottomBar } from './BottomBar.tsx';
import { LotStrip } from './LotStrip.tsx';
import { Queue } from './Queue.tsx';
import { SlotDetail } from './SlotDetail.tsx';
import { SlotGrid } from './SlotGrid.tsx';
import { SlotList } from './SlotList.tsx';
import './line.css';
import { useAnnouncement } from './use-announcement.ts';
import { useLineScans } from './use-line-scans.ts';

/** From here on the strip is thin, for the tiles' sake. */
const THIN_FROM = 32;

interface LineProps {
  readonly view: StationView;
  readonly feed: StationFeed;
}

export function Line({ view, feed }: LineProps) {
  const [openSlot, setOpenSlot] = useState<string | null>(null);
  const [listed, setListed] = useState(false);
  const [at, setAt] = useState(0);
  const main = useRef<HTMLElement>(null);
  const { pause, refusal } = usePause(view, feed);
  const announced = useAnnouncement(view);
  const cards = queueOf(view);
  const open = view.slots.find(({ slot }) => slot === openSlot) ?? null;
  const close = () => {
    main.current?.querySelector<HTMLElement>(`[data-slot="${openSlot}"]`)?.focus();
    setOpenSlot(null);
  };
  const showNext = () => {
    const calls = cards.flatMap(({ slot }) => slot ?? []);
    const next = calls[(calls.indexOf(openSlot ?? '') + 1) % Math.max(1, calls.length)];
    if (next !== undefined) setOpenSlot(next);
  };
  useLineScans({ view, feed, openSlot, onOpen: setOpenSlot });
  useKeys([
    ['F4', () => setListed(!listed)],
    ['F9', pause],
    ['F10', showNext],
    ['Escape', openSlot === null ? null : close],
  ]);
  return (
    <main className="main line" ref={main}>
      <LotStrip view={view} thin={view.slots.length >= THIN_FROM} />
      {open !== null ? (
        <SlotDetail slot={open} onClose={close} />
      ) : (
        view.slots.length > 0 && <Queue view={view} onOpen={setOpenSlot} at={at} onNext={() => setAt(at + 1)} />
      )}
      {view.slots.length === 0 ? (
        <Nothing lot={view.lot !== null} />
      ) : listed ? (
        <SlotList slots={view.slots} />
      ) : (
        <SlotGrid slots={view.slots} openSlot={openSlot} onOpen={setOpenSlot} />
      )}
      <BottomBar view={view} listed={listed} onList={() => setListed(!listed)} onPause={pause} refusal={refusal} />
      <VisuallyHidden role="status">{announced}</VisuallyHidden>
    </main>
  );
}

function Nothing({ lot }: { readonly lot: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="nothing">
      <h2>{t(lot ? 'line.noSlots' : 'line.noLot')}</h2>
      <p>{t(lot ? 'line.noSlotsMore' : 'line.noLotMore')}</p>
    </div>
  );
}

/** Pause and go on, as the lot's state allows, and the words of a refusal. */
function usePause({ lot }: StationView, feed: StationFeed): { pause: (() => void) | null; refusal: string | null } {
  const { t } = useTranslation();
  const [refusedBy, setRefusedBy] = useState<ErrorCode | null>(null);
  const refusal =
    refusedBy === null
      ? null
      : t('refused', { happened: t(`cause.${refusedBy}.happened`), todo: t(`cause.${refusedBy}.todo`) });
  if (lot === null || (lot.state !== 'released' && lot.state !== 'held')) return { pause: null, refusal };
  const command = lot.state === 'held' ? 'release' : 'hold';
  const send = async () => {
    const order = { lotId: lot.lotId, command, because: null, writeOff: false };
    const answer = await feed.ask((api) => api.lot.command(order));
    setRefusedBy(!answer.ok && Object.hasOwn(ERRORS, answer.code) ? (answer.code as ErrorCode) : null);
  };
  return { pause: () => void send(), refusal };
}
