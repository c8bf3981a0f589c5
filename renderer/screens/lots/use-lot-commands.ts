// Commands about a lot from its row: one at a time, with the result or the refusal in words at that row.
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotCommand } from '../../../domain/lot.ts';
import type { LotView } from '../../../domain/station-event.ts';
import type { StationFeed } from '../../station-feed.ts';
import { lotResult } from '../../view-state/lot-row.ts';
import type { LotText } from './use-lot-text.ts';

export interface LotCommands {
  readonly send: (lot: LotView, command: LotCommand) => void;
  readonly busy: boolean;
  /** What the last command came to, at its lot's row. */
  readonly says: { readonly lotId: string; readonly words: string } | null;
}

export function useLotCommands(
  feed: StationFeed,
  text: LotText,
  released: string | null,
  askAgain: () => void,
): LotCommands {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [says, setSays] = useState<LotCommands['says']>(
    released === null ? null : { lotId: released, words: t('lots.result.release', { lot: released }) },
  );
  const sending = useRef(false);
  const send = async (lot: LotView, command: LotCommand) => {
    if (sending.current) return;
    sending.current = true;
    setBusy(true);
    const order = { lotId: lot.lotId, command, because: null, writeOff: false };
    const answer = await feed.ask((api) => api.lot.command(order));
    sending.current = false;
    setBusy(false);
    const words = answer.ok
      ? t(`lots.result.${command}`, { lot: lot.lotId, ...lotResult(answer.value) })
      : text.refusal(answer);
    setSays({ lotId: lot.lotId, words });
    askAgain();
  };
  const latest = useRef(send);
  latest.current = send;
  const stable = useCallback((lot: LotView, command: LotCommand) => void latest.current(lot, command), []);
  return { send: stable, busy, says };
}
