// One lot of the list: how it stands, and, when its row is open, its facts and what this person may do with it. A lot is
// closed only after a second touch in place.
import { UnstyledButton } from '@mantine/core';
import {
  IconChevronDown,
  IconChevronUp,
  IconCircleDashed,
  IconCirclePlay,
  IconClipboardCheck,
  IconLock,
  IconPlayerPause,
} from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotCommand } from '../../../domain/lot.ts';
import type { LotView } from '../../../domain/station-event.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { keyWordOf } from '../../view-state/key-word.ts';
import { lotCommandsFor, lotResult, lotWordOf } from '../../view-state/lot-row.ts';
import { AskInPlace } from './AskInPlace.tsx';
import { LotDone } from './LotDone.tsx';
import { useLotText } from './use-lot-text.ts';

const ICONS = {
  draft: IconCircleDashed,
  released: IconClipboardCheck,
  inWork: IconCirclePlay,
  paused: IconPlayerPause,
  closed: IconLock,
} as const;

export interface LotRowProps {
  readonly lot: LotView;
  /** The lot that the line runs. */
  readonly onLine: string | null;
  readonly nowMs: () => number;
  /** This person sets up lots. */
  readonly may: boolean;
  readonly open: boolean;
  readonly tabStop: boolean;
  /** A copy would replace it. */
  readonly hasDraft: boolean;
  /** A command is on its way. */
  readonly busy: boolean;
  readonly says: string;
  readonly send: (lot: LotView, command: LotCommand) => void;
  readonly onChoose: (lotId: string) => void;
  readonly onCopy: (lot: LotView) => void;
}

export const LotRow = memo(function LotRow(props: LotRowProps) {
  const { lot, onLine, nowMs, may, open, tabStop, says, onChoose } = props;
  const { t } = useTranslation();
  const text = useLotText(nowMs);
  const is = lotWordOf(lot, onLine);
  const Icon = is === 'held' ? null : ICONS[is];
  const Chevron = open ? IconChevronUp : IconChevronDown;
  return (
    <li className={open ? 'lot-row open' : 'lot-row'}>
      <UnstyledButton
        className="lot-head"
        data-lot={lot.lotId}
        tabIndex={tabStop ? 0 : -1}
        aria-expanded={open}
        onClick={() => onChoose(lot.lotId)}
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
        <Chevron className="i" aria-hidden="true" />
      </UnstyledButton>
      {open && <LotFacts lot={lot} />}
      {open && may && <LotActions {...props} />}
      {open && (
        <p className="lot-says" role="status">
          {says}
        </p>
      )}
    </li>
  );
});

function LotFacts({ lot }: { readonly lot: LotView }) {
  const { t } = useTranslation();
  const { passed, failed, running } = lot;
  const facts = [
    ['order', lot.orderId],
    ['serials', lot.serialRange.replace('..', ' – ')],
    ['firmware', lot.firmwareVersion],
    ['counts', t('lots.row.countsText', { passed, failed, running })],
    ['key', t(`keyTerms.${keyWordOf(lot)}`)],
  ] as const;
  return (
    <dl className="lot-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`lots.row.${name}`)}</dt>
          <dd className={name === 'order' || name === 'serials' ? 'mono' : ''}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function LotActions({ lot, busy, send, hasDraft, onCopy }: LotRowProps) {
  const { t } = useTranslation();
  const [asks, setAsks] = useState<'close' | 'copy' | null>(null);
  if (asks === 'close')
    return (
      <AskInPlace
        ask={t('lots.close.ask', { lot: lot.lotId, count: lotResult(lot).open })}
        yes={t('lots.close.yes')}
        no={t('lots.close.no')}
        onAnswer={(yes) => {
          setAsks(null);
          if (yes) send(lot, 'close');
        }}
      />
    );
  if (asks === 'copy')
    return (
      <AskInPlace
        ask={t('lots.copyAsk.ask', { lot: lot.lotId })}
        yes={t('lots.copyAsk.yes')}
        no={t('lots.copyAsk.no')}
        onAnswer={(yes) => (yes ? onCopy(lot) : setAsks(null))}
      />
    );
  return (
    <div className="lot-acts">
      {lotCommandsFor(lot).map((command) => (
        <UnstyledButton
          key={command}
          className={command === 'close' ? 'btn' : 'btn pri'}
          aria-disabled={busy}
          onClick={() => (command === 'close' ? setAsks('close') : send(lot, command))}
        >
          {t(`lots.row.${command}`)}
        </UnstyledButton>
      ))}
      <UnstyledButton className="btn" onClick={() => (hasDraft ? setAsks('copy') : onCopy(lot))}>
        {t('lots.row.copy')}
      </UnstyledButton>
      {lot.running > 0 && lot.state !== 'closed' && <p>{t('lots.row.inWork')}</p>}
    </div>
  );
}
