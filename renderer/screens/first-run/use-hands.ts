// The hands at the practice bench: what a touch does, and the tricks. What the bench refuses is said in words.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BenchView, PretendBoard } from '../../../contract/bench-api.ts';
import { isErrorCode } from '../../../domain/errors.ts';
import type { SlotView } from '../../../domain/station-event.ts';
import type { Answer } from '../../answer.ts';
import type { BenchFeed } from '../../bench-feed.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { freeSlot, slotToPull, touchOf } from './hands.ts';

export interface Hands {
  /** What to know about the last touch; empty when it simply worked. */
  readonly note: string;
  readonly touch: (slot: SlotView) => void;
  /** The words of a refusal; null when the board is in. */
  readonly insert: (slot: number, board: PretendBoard) => Promise<string | null>;
  readonly pullOut: () => void;
  readonly network: (online: boolean) => void;
}

export function useHands(view: StationView, bench: BenchFeed, { occupied }: BenchView): Hands {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  /** The board in this slot is pulled out as soon as it is in work. */
  const [pulling, setPulling] = useState<number | null>(null);
  const told = (answer: Answer<BenchView>): string | null => {
    const words = answer.ok ? '' : refusal(answer.code);
    setNote(words);
    return answer.ok ? null : words;
  };
  const refusal = (code: string) => {
    const known = isErrorCode(code) ? code : 'STATION_GONE';
    return t('refused', { happened: t(`cause.${known}.happened`), todo: t(`cause.${known}.todo`) });
  };
  const insert = async (slot: number, board: PretendBoard) =>
    told(await bench.ask((api) => api.insert({ slot, board })));
  const eject = async (slot: number) => told(await bench.ask((api) => api.eject({ slot })));
  const ready = pulling === null ? null : slotToPull(view.slots.filter(({ slot }) => Number(slot) === pulling));
  useEffect(() => {
    if (ready === null) return;
    setPulling(null);
    setNote('');
    void bench.ask((api) => api.eject({ slot: ready }));
  }, [ready, bench]);
  return {
    note,
    insert,
    touch(slot) {
      const touch = touchOf(slot, occupied);
      if (touch.kind === 'insert') void insert(Number(slot.slot), 'good');
      else if (touch.kind === 'eject') void eject(Number(slot.slot));
      else setNote(t(touch.kind === 'locking' ? 'firstRun.try.leaveIn' : 'firstRun.try.inWork', { slot: slot.slot }));
    },
    pullOut() {
      const slot = slotToPull(view.slots);
      if (slot !== null) return void eject(slot);
      const free = freeSlot(view.slots, occupied);
      if (free === null) return setNote(t('firstRun.try.noFree'));
      setPulling(free);
      void insert(free, 'good').then((refused) =>
        refused === null ? setNote(t('firstRun.try.pulling')) : setPulling(null),
      );
    },
    network(online) {
      void bench
        .ask((api) => api.network({ online }))
        .then((answer) => {
          if (told(answer) === null) setNote(t(online ? 'firstRun.try.mended' : 'firstRun.try.broken'));
        });
    },
  };
}
