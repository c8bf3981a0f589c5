// One lot of the list: what it makes, how far it is, how it stands. A touch opens its page.
import { UnstyledButton } from '@mantine/core';
import {
  IconChevronRight,
  IconCircleDashed,
  IconCirclePlay,
  IconClipboardCheck,
  IconLock,
  IconPlayerPause,
} from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotView } from '../../../domain/station-event.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { lotWordOf } from '../../view-state/lot-row.ts';
import { LotDone } from './LotDone.tsx';
import { useLotText } from './use-lot-text.ts';

const ICONS = {
  draft: IconCircleDashed,
  released: IconClipboardCheck,
  inWork: IconCirclePlay,
  paused: IconPlayerPause,
  closed: IconLock,
} as const;

interface LotRowProps {
  readonly lot: LotView;
  /** The lot that the line runs. */
  readonly onLine: string | null;
  readonly nowMs: () => number;
  readonly tabStop: boolean;
  readonly onOpen: (lotId: string) => void;
}

export const LotRow = memo(function LotRow({ lot, onLine, nowMs, tabStop, onOpen }: LotRowProps) {
  const { t } = useTranslation();
  const text = useLotText(nowMs);
  const is = lotWordOf(lot, onLine);
  const Icon = is === 'held' ? null : ICONS[is];
  return (
    <li className="lot-row">
      <UnstyledButton
        className="lot-head"
        data-lot={lot.lotId}
        tabIndex={tabStop ? 0 : -1}
        onClick={() => onOpen(lot.lotId)}
      >
        <span className="lot-name">
          <b>{lot.lotId}</b>
          <small>{text.product(lot)}</small>
        </span>
        <LotDone lot={lot} />
        <span className={Icon === null ? 'lot-chip m-need' : 'lot-chip'}>
          {Icon === null ? <SlotSymbol look="need" /> : <Icon className="i sm" aria-hidden="true" />}
          {text.word(lot, onLine)}
        </span>
        <span className="lot-made">{t('lots.row.made', { time: text.time(lot.createdMs) })}</span>
        <IconChevronRight className="i" aria-hidden="true" />
      </UnstyledButton>
    </li>
  );
});
