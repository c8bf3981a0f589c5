// What people tell the station from the Line, by touch, key or scan: one order a slot, and one of a kind of
// the whole line, at a time, on its way or refused.
import { useState, useSyncExternalStore } from 'react';
import type { OffReason, SlotCommand, SlotView } from '../../../domain/station-event.ts';
import type { StationApiClient } from '../../station-client.ts';
import type { Answer, StationFeed } from '../../station-feed.ts';
import { type LineOrder, labelOrder, lineMoment, lineStop } from '../../view-state/line-order.ts';
import { OrderDesk, type OrderState, type SlotSeen } from '../../view-state/order-desk.ts';
import type { StationView } from '../../view-state/station-view.ts';

export interface Orders {
  readonly of: (slot: SlotSeen) => OrderState;
  readonly ofLine: (order: LineOrder) => OrderState;
  /** What the station answered; null while another order for the slot is on its way. */
  readonly command: (
    slot: SlotSeen,
    command: SlotCommand,
    reason: OffReason | null,
  ) => Promise<Answer<SlotView> | null>;
  readonly lookAgain: () => void;
  /** Copies the records where they are to go, then the line looks again. A copy on the same disk helps nobody. */
  readonly copyNow: (sameDisk: () => void) => void;
  readonly unlock: (passphrase: string) => void;
  /** Opens the token of the active CA. */
  readonly login: (pin: string) => void;
  /** One more copy of this board's label. */
  readonly print: (deviceSerial: string) => void;
  readonly printWaiting: () => void;
}

export function useOrders(feed: StationFeed, view: Pick<StationView, 'stoppedBy' | 'facts' | 'labels'>): Orders {
  const [desk] = useState(() => new OrderDesk());
  const orders = () => desk.orders();
  useSyncExternalStore((listener) => desk.watch(listener), orders, orders);
  const [line] = useState(() => new OrderDesk());
  const lineOrders = () => line.orders();
  useSyncExternalStore((listener) => line.watch(listener), lineOrders, lineOrders);
  const [before, setStop] = useState(() => lineStop(null, view));
  const stop = lineStop(before, view);
  if (stop !== before) setStop(stop);
  const seen = (order: LineOrder): SlotSeen => ({ slot: order, sinceMs: lineMoment(order, view.labels, stop) });
  const send = <T>(order: LineOrder, call: (api: StationApiClient) => Promise<T>) =>
    void line.send(seen(order), () => feed.ask(call));
  return {
    of: (slot) => desk.of(slot),
    ofLine: (order) => line.of(seen(order)),
    command: ({ slot, sinceMs }, command, reason) =>
      desk.send({ slot, sinceMs }, () => feed.ask((api) => api.slot.command({ slot, command, reason, sinceMs }))),
    lookAgain: () => send('look-again', (api) => api.line.lookAgain()),
    copyNow: (sameDisk) =>
      send('copy', async (api) => {
        const { otherDisk } = await api.backup.make({ dir: null });
        await api.line.lookAgain();
        if (!otherDisk) sameDisk();
      }),
    unlock: (passphrase) => send('keys', (api) => api.signing.unlock({ passphrase })),
    print: (deviceSerial) => send(labelOrder(deviceSerial), (api) => api.labels.print({ deviceSerial })),
    printWaiting: () => send('labels', (api) => api.labels.printWaiting()),
    login: (pin) => send('keys', (api) => loginActive(api, pin)),
  };
}

/** The active one is the first; a token that was opened meanwhile is not opened again. */
async function loginActive(api: StationApiClient, pin: string): Promise<void> {
  const [active] = await api.signing.list();
  if (active !== undefined && active.signing !== 'ready') await api.signing.login({ name: active.name, pin });
}
