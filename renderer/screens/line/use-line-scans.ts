// Scans on the Line: does what view-state/line-scan.ts says and answers in words what came of it.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scan } from '../../../domain/scan.ts';
import type { LotView } from '../../../domain/station-event.ts';
import { type ScanAnswer, useScans } from '../../scanner/use-scans.ts';
import type { StationFeed } from '../../station-feed.ts';
import { labelRead } from '../../view-state/label-read.ts';
import { type LineAct, lineScan } from '../../view-state/line-scan.ts';
import { newerLot } from '../../view-state/newer-lot.ts';
import { refusalCode } from '../../view-state/refusal-code.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { startLot } from '../lots/ReleasedLots.tsx';
import { useRefusalText } from './use-card-text.ts';
import type { Orders } from './use-orders.ts';

interface LineScans {
  readonly view: StationView;
  readonly feed: StationFeed;
  readonly orders: Orders;
  readonly openSlot: string | null;
  readonly onOpen: (slot: string) => void;
}

type Told = { readonly ok: true } | { readonly ok: false; readonly code: string };

export function useLineScans({ view, feed, orders, openSlot, onOpen }: LineScans): void {
  const words = useWords();
  const toldLot = useRef<LotView | null>(null);
  useScans((scan) => {
    const act = lineScan({ ...view, lot: newerLot(view.lot, toldLot.current) }, openSlot, scan);
    if (act === null) return null;
    switch (act.act) {
      case 'select':
        onOpen(act.slot);
        return words.taken(scan, act);
      case 'command': {
        const { slot, command, sinceMs } = act;
        return answered(orders.command({ slot, sinceMs }, command, null), scan, act);
      }
      case 'look-again':
        return answered(
          feed.ask((api) => api.line.lookAgain()),
          scan,
          act,
        );
      case 'pause':
        return answered(pause(act), scan, act);
      case 'label':
        return readBack(act);
      case 'print':
        return print(act.deviceSerial);
      case 'print-waiting':
        return answered(
          feed.ask((api) => api.labels.printWaiting()),
          scan,
          act,
        );
      case 'start':
        return start(act.orderId);
      case 'refuse':
        return words.refused(scan, act.why, openSlot);
    }
  });

  /** Said to be paused, the next PAUSE lets it go on, also where no picture came in between. */
  async function pause({ lotId, command }: LineAct & { act: 'pause' }): Promise<Told> {
    const told = await feed.ask((api) => api.lot.command({ lotId, command, because: null, writeOff: false }));
    if (told.ok) toldLot.current = told.value;
    return told;
  }

  async function answered(asked: Promise<Told | null>, scan: Scan, act: LineAct): Promise<ScanAnswer> {
    const told = await asked;
    if (told === null) return words.onItsWay();
    return told.ok ? words.taken(scan, act) : words.failed(told.code);
  }

  async function readBack({ deviceSerial, keyTail, slot }: LineAct & { act: 'label' }): Promise<ScanAnswer> {
    const told = await feed.ask((api) => api.labels.scan({ deviceSerial, keyTail, slot }));
    if (!told.ok) return words.failed(told.code);
    // Its page stays closed: the next label would have to be of the board in a slot that nobody chose.
    const read = labelRead({ deviceSerial, slot }, told.value);
    if (read === 'fits') return words.readBack(deviceSerial, told.value.slot);
    return read === 'wrong' ? words.wrongLabel(deviceSerial) : words.noBoard(deviceSerial);
  }

  async function print(deviceSerial: string): Promise<ScanAnswer> {
    const told = await feed.ask((api) => api.labels.print({ deviceSerial }));
    return told.ok ? words.printed(deviceSerial, told.value.copies) : words.failed(told.code);
  }

  async function start(orderId: string): Promise<ScanAnswer> {
    const known = await feed.ask((api) => api.lots.list());
    if (!known.ok) return words.failed(known.code);
    const its = known.value.filter((lot) => lot.orderId === orderId || lot.lotId === orderId);
    const lot = its.find(({ state }) => state === 'released') ?? its.find(({ state }) => state === 'held');
    if (lot === undefined) return words.noLot(orderId);
    const started = await startLot(feed, lot);
    return started.ok ? words.started(lot.lotId) : words.failed(started.code);
  }
}

function useWords() {
  const { t } = useTranslation();
  const refusalText = useRefusalText();
  const taken = (words: string): ScanAnswer => ({ taken: true, words });
  const refused = (words: string): ScanAnswer => ({ taken: false, words });
  const commandOf = (scan: Scan) => (scan.kind === 'command' ? t(`scan.command.${scan.command}`) : '');
  return {
    taken(scan: Scan, act: LineAct): ScanAnswer {
      if (act.act === 'pause') return taken(t(act.command === 'hold' ? 'scan.took.paused' : 'scan.took.goesOn'));
      if (act.act === 'command') return taken(t('scan.took.command', { command: commandOf(scan), slot: act.slot }));
      if (act.act === 'print-waiting') return taken(t('scan.took.printedAll'));
      if (act.act !== 'select') return taken(commandOf(scan));
      const { slot } = act;
      return taken(t(act.by === 'next' ? 'scan.took.next' : 'scan.took.slot', { slot }));
    },
    refused(scan: Scan, why: (LineAct & { act: 'refuse' })['why'], openSlot: string | null): ScanAnswer {
      const slot = scan.kind === 'slot' ? scan.slot : (openSlot ?? '');
      return refused(t(`scan.refused.${why}`, { slot, command: commandOf(scan) }));
    },
    failed: (code: string) => refused(refusalText(refusalCode(code))),
    noBoard: (serial: string) => refused(t('scan.refused.noBoard', { serial })),
    wrongLabel: (serial: string) => refused(t('scan.refused.wrongLabel', { serial })),
    readBack: (serial: string, slot: string | null) =>
      taken(slot === null ? t('scan.took.label', { serial }) : t('scan.took.labelIn', { serial, slot })),
    printed: (serial: string, copy: number) => taken(t('scan.took.printed', { serial, copy })),
    onItsWay: () => refused(t('scan.refused.onItsWay')),
    noLot: (order: string) => refused(t('scan.refused.noLot', { order })),
    started: (lot: string) => taken(t('scan.took.lot', { lot })),
  };
}
