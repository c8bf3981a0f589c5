// Ctrl+P on the Line: the label of the slot that is open or has the focus, as the command PRINT AGAIN does it. Its detail
// opens, where what came of it stands.

import { printOf } from '../../view-state/line-scan.ts';
import type { StationView } from '../../view-state/station-view.ts';
import type { Orders } from './use-orders.ts';

/** Null where there is nothing to print. */
export function usePrint(
  view: StationView,
  orders: Orders,
  openSlot: string | null,
  onOpen: (slot: string) => void,
): () => void {
  return () => {
    const focused = document.activeElement?.getAttribute('data-slot') ?? null;
    const slot = openSlot ?? focused;
    const act = printOf(view, slot);
    if (act.act === 'print-waiting') return orders.printWaiting();
    if (act.act !== 'print') return;
    if (slot !== null) onOpen(slot);
    orders.print(act.deviceSerial);
  };
}
