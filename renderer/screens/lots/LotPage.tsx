// The page of one lot (UX.md section 4.5): see, explain, close. Figures come from the station in one piece, so they belong
// together; a closed lot is read-only.
import { UnstyledButton } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotPage as Page } from '../../../contract/lot-page-api.ts';
import type { LotView } from '../../../domain/station-event.ts';
import { usePage } from '../../components/page.ts';
import { useKeys } from '../../components/use-keys.ts';
import type { StationFeed } from '../../station-feed.ts';
import { mayClose } from '../../view-state/lot-closing.ts';
import { lotOnLine } from '../../view-state/lot-row.ts';
import { allows } from '../../view-state/permission.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { CloseLot } from './CloseLot.tsx';
import { ClosingPanel } from './ClosingPanel.tsx';
import { CopyLot } from './CopyLot.tsx';
import { LotCounts } from './LotCounts.tsx';
import { LotFailures } from './LotFailures.tsx';
import { LotTime } from './LotTime.tsx';
import { LotYield } from './LotYield.tsx';
import { ReasonForm } from './ReasonForm.tsx';
import { useLotPage } from './use-lot-page.ts';
import { useLotText } from './use-lot-text.ts';
import { type PageActs, usePageActs } from './use-page-acts.ts';

interface LotPageProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  readonly nowMs: () => number;
  readonly lotId: string;
  /** It was released just now. */
  readonly released: boolean;
  /** A copy would replace it. */
  readonly hasDraft: boolean;
  readonly onCopy: (lot: LotView) => void;
  readonly onBack: () => void;
}

type Asks = 'close' | 'hold' | 'release' | 'copy' | null;

const monotonicMs = () => performance.now();

export function LotPage(props: LotPageProps) {
  const { view, feed, nowMs, lotId, released, onBack } = props;
  const { t } = useTranslation();
  const text = useLotText(nowMs);
  const now = useLotPage(feed, lotId, view.lotTold?.lotId === lotId ? view.lotTold : null, monotonicMs);
  const first = released ? t('lots.result.release', { lot: lotId }) : '';
  const acts = usePageActs(feed, lotId, text, now, first);
  const [asks, setAsks] = useState<Asks>(null);
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.focus(), []);
  const done = () => {
    setAsks(null);
    place.current?.focus();
  };
  // Esc takes back what was begun before it leaves the page.
  const { person } = view.facts;
  const padTakesIt = asks === 'close' && person !== null;
  useKeys([['Escape', padTakesIt ? null : () => (asks === null ? onBack() : done())]]);
  const { page } = now;
  const lot = page?.lot ?? null;
  usePage({ topic: 'lots', name: t('top.lot', { lot: lotId }), under: page === null ? '' : underOf(page) });
  function underOf({ lot: of, startedMs }: Page): string {
    const product = text.product(of);
    return startedMs === null
      ? t('lotPage.underNew', { product })
      : t('lotPage.under', { product, time: text.time(startedMs) });
  }
  const may = allows(view.facts, 'supervisor');
  return (
    <main className="main lot-page" ref={place} tabIndex={-1} aria-label={t('top.lot', { lot: lotId })}>
      {now.refused !== null && <p role="alert">{text.refusal(now.refused)}</p>}
      <p className="lot-says" role="status">
        {acts.says}
      </p>
      {page !== null && lot !== null && (
        <>
          <LotCounts page={page}>
            <span className="lot-stands">{text.word(lot, lotOnLine(view))}</span>
            <UnstyledButton className="btn lg" onClick={onBack}>
              {t('lotPage.back')}
            </UnstyledButton>
            {may && lot.state !== 'closed' && (
              <UnstyledButton
                className="btn lg pri"
                aria-disabled={!mayClose(page) || acts.busy}
                onClick={() => mayClose(page) && setAsks('close')}
              >
                {t('lotPage.act.close')}
              </UnstyledButton>
            )}
          </LotCounts>
          <div className="lot-page-columns">
            <div>
              <LotYield page={page} time={text.time} />
              <LotTime page={page} />
            </div>
            <div>
              {asks === 'close' ? (
                <CloseLot
                  page={page}
                  person={person}
                  onClose={async (pin) => {
                    const answer = await acts.close(pin, page.away > 0);
                    if (answer.ok || !answer.code.startsWith('PIN_')) done();
                    return answer;
                  }}
                  onKeep={done}
                />
              ) : (
                <>
                  <LotFailures page={page} />
                  <ClosingPanel page={page} time={text.time}>
                    {may && <Acts {...props} page={page} acts={acts} asks={asks} onAsk={setAsks} onDone={done} />}
                  </ClosingPanel>
                </>
              )}
            </div>
          </div>
        </>
      )}
    </main>
  );
}

interface ActsProps extends LotPageProps {
  readonly page: Page;
  readonly acts: PageActs;
  readonly asks: Asks;
  readonly onAsk: (asks: Asks) => void;
  readonly onDone: () => void;
}

function Acts({ page, acts, asks, hasDraft, onAsk, onDone, onCopy }: ActsProps) {
  const { t } = useTranslation();
  const { lot, report } = page;
  if (asks === 'hold' || asks === 'release')
    return (
      <ReasonForm
        command={asks}
        busy={acts.busy}
        onSend={(because) => void acts.command(asks, because).then(onDone)}
        onCancel={onDone}
      />
    );
  if (asks === 'copy') return <CopyLot lotId={lot.lotId} onAnswer={(yes) => (yes ? onCopy(lot) : onDone())} />;
  const whole = report !== null && report.folder !== null;
  return (
    <div className="lot-acts">
      {lot.state === 'closed' ? (
        !whole && <Act name="make" busy={acts.busy} onDo={acts.makeReport} />
      ) : (
        <>
          <Act name="soFar" busy={acts.busy} onDo={acts.soFar} />
          <Act
            name={lot.state === 'released' ? 'hold' : 'release'}
            busy={acts.busy}
            onDo={() => onAsk(lot.state === 'released' ? 'hold' : 'release')}
          />
        </>
      )}
      <Act name="csv" busy={acts.busy} onDo={acts.exportCsv} />
      <Act name="copy" busy={acts.busy} onDo={() => (hasDraft ? onAsk('copy') : onCopy(lot))} />
      {acts.busy && <p className="dim">{t('lotPage.act.working')}</p>}
    </div>
  );
}

interface ActProps {
  readonly name: 'make' | 'soFar' | 'hold' | 'release' | 'csv' | 'copy';
  readonly busy: boolean;
  readonly onDo: () => void | Promise<void>;
}

function Act({ name, busy, onDo }: ActProps) {
  const { t } = useTranslation();
  return (
    <UnstyledButton className="btn" aria-disabled={busy} onClick={() => void (busy || onDo())}>
      {name === 'soFar' && <IconPrinter className="i sm" aria-hidden="true" />}
      {t(`lotPage.act.${name}`)}
    </UnstyledButton>
  );
}
