// Sync and audit (UX.md section 4.7): proof that nothing is lost. A sentence, the equation, what waited and what was
// refused, the copies, and the audit journal. A technician reads it; acting needs a supervisor or a security officer.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePage } from '../../components/page.ts';
import type { StationFeed } from '../../station-feed.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { CarryPanel } from './CarryPanel.tsx';
import { CopiesPanel } from './CopiesPanel.tsx';
import { Equation } from './Equation.tsx';
import { FirstLine } from './FirstLine.tsx';
import { JournalPanel } from './JournalPanel.tsx';
import { ReconcilePanel } from './ReconcilePanel.tsx';
import { RefusedPanel } from './RefusedPanel.tsx';
import './sync.css';
import './journal.css';
import { useJournal } from './use-journal.ts';
import { useOutbox } from './use-outbox.ts';
import { useSyncText } from './use-sync-text.ts';
import { WaitingPanel } from './WaitingPanel.tsx';

export interface SyncProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  /** The wall clock, UTC milliseconds. */
  readonly nowMs: () => number;
}

export function Sync({ view, feed, nowMs }: SyncProps) {
  const { t } = useTranslation();
  const text = useSyncText(nowMs);
  const { facts, sync, stationId: station } = view;
  const outbox = useOutbox(sync, feed);
  const journal = useJournal(feed);
  const [carrying, setCarrying] = useState(false);
  const [reconciling, setReconciling] = useState(false);
  usePage({ topic: 'sync', name: t('syncPlace.title'), under: t('syncPlace.under', { station }) });
  const parts = { facts, feed, text, onChanged: outbox.askAgain };
  const { state, refused, copies } = outbox;
  return (
    <main className="main sync-place">
      <FirstLine {...{ sync, state, feed, text, carrying }} onCarry={() => setCarrying(!carrying)} />
      {carrying && <CarryPanel feed={feed} text={text} onClose={() => setCarrying(false)} />}
      <Equation sync={sync} undecided={state?.undecided ?? sync.refused} />
      {reconciling ? (
        <ReconcilePanel {...parts} onBack={() => setReconciling(false)} />
      ) : (
        <div className="sync-cols">
          <div>
            {state !== null && <WaitingPanel state={state} text={text} />}
            <RefusedPanel
              {...parts}
              rows={refused.rows}
              more={refused.more}
              onMore={outbox.showMore}
              onReconcile={() => setReconciling(true)}
            />
            {copies !== null && <CopiesPanel {...parts} copies={copies} />}
          </div>
          <JournalPanel {...{ journal, facts, feed, text }} />
        </div>
      )}
    </main>
  );
}
