// The Line without a lot (UX.md section 4.2, Empty): scan a work order, or touch a lot that is released to this bench.
// A lot that is held is offered to those who may release it, and to nobody else.
import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotView } from '../../../domain/station-event.ts';
import type { Answer } from '../../answer.ts';
import { ScanPicture } from '../../components/ScanPicture.tsx';
import type { StationFeed } from '../../station-feed.ts';
import { benchLots, lotOnLine, mayStart } from '../../view-state/lot-row.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { SigningCard } from '../line/SigningCard.tsx';
import { LotDone } from './LotDone.tsx';
import './lots.css';
import { useLotText } from './use-lot-text.ts';
import { useLots } from './use-lots.ts';

/** Puts the lot on this bench; one that is held is released first. */
export async function startLot(feed: StationFeed, lot: LotView): Promise<Answer<{ slots: number }>> {
  const { lotId } = lot;
  if (lot.state === 'held') {
    const order = { lotId, command: 'release', because: null, writeOff: false } as const;
    const released = await feed.ask((api) => api.lot.command(order));
    if (!released.ok) return released;
  }
  return feed.ask((api) => api.line.start({ lotId, bench: null }));
}

export interface ReleasedLotsProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  /** The wall clock, UTC milliseconds. */
  readonly nowMs?: () => number;
}

export function ReleasedLots({ view, feed, nowMs = Date.now }: ReleasedLotsProps) {
  const { t } = useTranslation();
  const text = useLotText(nowMs);
  const { lots, refused, askAgain } = useLots(view, feed);
  const [starting, setStarting] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<{ readonly lotId: string; readonly words: string } | null>(null);
  const start = async (lot: LotView) => {
    if (starting !== null) return;
    setStarting(lot.lotId);
    setRefusal(null);
    const answer = await startLot(feed, lot);
    setStarting(null);
    if (answer.ok) return;
    setRefusal({ lotId: lot.lotId, words: text.refusal(answer) });
    askAgain();
  };
  const onLine = lotOnLine(view);
  const rows = lots === null ? null : benchLots(lots, onLine);
  return (
    <div className="bench">
      <div className="bench-inner">
        <header>
          <ScanPicture size="large" />
          <div>
            <h2>{t('lots.bench.title')}</h2>
            <p>{rows?.length === 0 ? t('lots.bench.none') : t('lots.bench.text')}</p>
          </div>
        </header>
        <SigningCard view={view} feed={feed} />
        {refused !== null && lots === null && <p role="alert">{text.refusal(refused)}</p>}
        {rows !== null && rows.length > 0 && (
          <ul aria-label={t('lots.bench.list')}>
            {rows.map((lot) => (
              <li key={lot.lotId}>
                <BenchLot
                  lot={lot}
                  product={text.product(lot)}
                  word={text.word(lot, onLine)}
                  onStart={mayStart(lot, view.facts) ? () => void start(lot) : null}
                  busy={starting === lot.lotId}
                />
                <p role="alert">{refusal?.lotId === lot.lotId ? refusal.words : ''}</p>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

interface BenchLotProps {
  readonly lot: LotView;
  readonly product: string;
  readonly word: string;
  /** Null for who may not. */
  readonly onStart: (() => void) | null;
  readonly busy: boolean;
}

function BenchLot({ lot, product, word, onStart, busy }: BenchLotProps) {
  const { t } = useTranslation();
  const says = (
    <>
      <span className="lot-name">
        <b>{lot.lotId}</b>
        <small>{product}</small>
      </span>
      <LotDone lot={lot} />
      <span className="lot-word">
        {word}
        {onStart === null && <small>{t('lots.bench.call')}</small>}
      </span>
    </>
  );
  if (onStart === null) return <div className="bench-lot">{says}</div>;
  return (
    <UnstyledButton className="bench-lot" onClick={onStart} aria-disabled={busy}>
      {says}
      <IconChevronRight className="i" aria-hidden="true" />
    </UnstyledButton>
  );
}
