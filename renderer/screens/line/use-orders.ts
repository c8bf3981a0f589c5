// What people tell the station from the Line: one order a slot at a time, on its way or refused. A second touch while
// one is on its way does nothing.
import { useRef, useState } from 'react';
import type { ErrorCode } from '../../../domain/error-table.ts';
import type { OffReason, SlotCommand, SlotView } from '../../../domain/station-event.ts';
import type { Answer, StationFeed } from '../../station-feed.ts';
import { refusalCode } from '../../view-state/refusal-code.ts';

export interface OrderState {
  readonly busy: boolean;
  /** Why the last one was refused; null when it was not. */
  readonly refusal: ErrorCode | null;
}

export interface Orders {
  /** Of the order about this slot, seen since this moment. */
  readonly of: (slot: Pick<SlotView, 'slot' | 'sinceMs'>) => OrderState;
  readonly ofLine: OrderState;
  /** What the station answered; null while another order for the slot is on its way. */
  readonly command: (
    slot: Pick<SlotView, 'slot' | 'sinceMs'>,
    command: SlotCommand,
    reason: OffReason | null,
  ) => Promise<Answer<SlotView> | null>;
  readonly lookAgain: () => void;
  readonly unlock: (passphrase: string) => void;
}

interface Kept extends OrderState {
  readonly sinceMs: number;
}

const IDLE: OrderState = { busy: false, refusal: null };
/** The line's own place among the slots, which all have a name. */
const LINE = { slot: '', sinceMs: 0 } as const;

export function useOrders(feed: StationFeed): Orders {
  const [orders, setOrders] = useState<ReadonlyMap<string, Kept>>(new Map());
  const onTheirWay = useRef(new Set<string>());
  const of: Orders['of'] = ({ slot, sinceMs }) => {
    const kept = orders.get(slot);
    return kept === undefined || kept.sinceMs !== sinceMs ? IDLE : kept;
  };
  const send = async <T>(about: Pick<SlotView, 'slot' | 'sinceMs'>, call: () => Promise<Answer<T>>) => {
    const { slot, sinceMs } = about;
    if (onTheirWay.current.has(slot)) return null;
    onTheirWay.current.add(slot);
    const put = (state: OrderState) => setOrders((before) => new Map(before).set(slot, { ...state, sinceMs }));
    put({ busy: true, refusal: null });
    const answer = await call();
    onTheirWay.current.delete(slot);
    put({ busy: false, refusal: answer.ok ? null : refusalCode(answer.code) });
    return answer;
  };
  return {
    of,
    ofLine: of(LINE),
    command: (about, command, reason) =>
      send(about, () =>
        feed.ask((api) => api.slot.command({ slot: about.slot, command, reason, sinceMs: about.sinceMs })),
      ),
    lookAgain: () => void send(LINE, () => feed.ask((api) => api.line.lookAgain())),
    unlock: (passphrase) => void send(LINE, () => feed.ask((api) => api.signing.unlock({ passphrase }))),
  };
}
