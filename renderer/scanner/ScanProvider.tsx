// Where scans come in: reads each one, asks the screens from the inside out, and keeps what came of the last. A scan
// that fits nothing is refused with its content (UX.md section 7).
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readScan, type Scan, shownText } from '../../domain/scan.ts';
import { listenForScans } from './scan-listener.ts';
import { type LastScan, type ScanAnswer, ScanContext, type ScanHandler } from './use-scans.ts';

interface ScanProviderProps {
  /** The wall clock, UTC milliseconds. */
  readonly nowMs: () => number;
  readonly children: React.ReactNode;
}

export function ScanProvider({ nowMs, children }: ScanProviderProps) {
  const [last, setLast] = useState<LastScan | null>(null);
  const [room] = useState(scanRoom);
  const refuse = useRefusal();
  const latest = useRef({ refuse, nowMs });
  latest.current = { refuse, nowMs };
  useEffect(
    () =>
      listenForScans(window, (text) => {
        const scan = readScan(text);
        const answer = Promise.resolve(room.ask(scan) ?? latest.current.refuse(scan));
        void answer.then(({ taken, words }) => setLast({ taken, words, timeMs: latest.current.nowMs() }));
      }),
    [room],
  );
  const value = useMemo(() => ({ place: room.place, enter: room.enter, last }), [room, last]);
  return <ScanContext value={value}>{children}</ScanContext>;
}

function scanRoom() {
  let places = 0;
  const handlers = new Map<number, ScanHandler>();
  return {
    place: () => places++,
    enter(place: number, handler: ScanHandler) {
      handlers.set(place, handler);
      return () => void handlers.delete(place);
    },
    ask(scan: Scan): ScanAnswer | Promise<ScanAnswer> | null {
      for (const [, handler] of [...handlers].sort(([a], [b]) => b - a)) {
        const answer = handler(scan);
        if (answer !== null) return answer;
      }
      return null;
    },
  };
}

/** The words for a scan that no open screen takes. */
function useRefusal(): (scan: Scan) => ScanAnswer {
  const { t } = useTranslation();
  const words = (scan: Scan) => {
    switch (scan.kind) {
      case 'badge':
        return t('scan.notNow.badge');
      case 'slot':
        return t('scan.notNow.slot', { slot: scan.slot });
      case 'command':
        return t('scan.notNow.command', { command: t(`scan.command.${scan.command}`) });
      case 'board':
        return t('scan.notNow.board', { serial: scan.deviceSerial });
      case 'work-order':
        return t('scan.notNow.workOrder', { order: scan.orderId });
      case 'unknown':
        return t('scan.notNow.unknown', { text: shownText(scan) });
    }
  };
  return (scan) => ({ taken: false, words: words(scan) });
}
