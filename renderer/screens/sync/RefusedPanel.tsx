// What the cloud refused: one button each, and nothing behind them waits for it. Compare opens the certificate on all
// sides, in the list's place.
import { UnstyledButton } from '@mantine/core';
import { useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RefusedEntry } from '../../../contract/outbox-api.ts';
import type { StationFacts } from '../../../domain/station-event.ts';
import { PlaceContext } from '../../components/page.ts';
import type { StationFeed } from '../../station-feed.ts';
import { allows } from '../../view-state/permission.ts';
import { type Remedy, remedyOf } from '../../view-state/refused-remedy.ts';
import { ComparePanel } from './ComparePanel.tsx';
import { Result } from './Result.tsx';
import { useOrder } from './use-order.ts';
import type { SyncText } from './use-sync-text.ts';
import { useWhy } from './use-why.ts';

export interface RefusedPanelProps {
  readonly rows: readonly RefusedEntry[];
  readonly more: boolean;
  readonly facts: StationFacts;
  readonly feed: StationFeed;
  readonly text: SyncText;
  readonly onMore: () => void;
  readonly onChanged: () => void;
  readonly onReconcile: () => void;
}

export function RefusedPanel({ rows, more, facts, feed, text, onMore, onChanged, onReconcile }: RefusedPanelProps) {
  const { t } = useTranslation();
  const go = useContext(PlaceContext);
  const order = useOrder(text.refusal);
  const [comparing, setComparing] = useState<RefusedEntry | null>(null);
  const may = allows(facts, 'supervisor');
  const act = async (entry: RefusedEntry, remedy: Remedy): Promise<void> => {
    if (remedy === 'add-ca') return go('settings');
    if (remedy === 'compare') return setComparing(entry);
    await order.run(
      () => feed.ask((api) => api.outbox.sendAgain({ id: entry.id })),
      () => t('syncPlace.refused.sentAgain', { serial: entry.deviceSerial }),
    );
    onChanged();
  };
  if (comparing !== null)
    return (
      <section className="panel sync-refused">
        <ComparePanel {...{ facts, feed, text, onChanged }} entry={comparing} onBack={() => setComparing(null)} />
      </section>
    );
  return (
    <section className="panel sync-refused" aria-labelledby="sync-refused">
      <header>
        <h2 id="sync-refused">{t('syncPlace.refused.title')}</h2>
        {may && (
          <UnstyledButton className="btn quiet" data-opens="reconcile" onClick={onReconcile}>
            {t('syncPlace.reconcile.open')}
          </UnstyledButton>
        )}
      </header>
      {rows.length === 0 && <p className="dim">{t('syncPlace.refused.none')}</p>}
      <ul>
        {rows.map((entry) => (
          <Row key={entry.id} entry={entry} busy={order.busy} onAct={may ? act : null} />
        ))}
      </ul>
      {rows.length > 0 && !may && <p className="dim">{t('syncPlace.refused.call')}</p>}
      {more && (
        <UnstyledButton className="btn" onClick={onMore}>
          {t('syncPlace.refused.more')}
        </UnstyledButton>
      )}
      <Result said={order.said} />
    </section>
  );
}

interface RowProps {
  readonly entry: RefusedEntry;
  readonly busy: boolean;
  /** Null where this person may only read. */
  readonly onAct: ((entry: RefusedEntry, remedy: Remedy) => Promise<void>) | null;
}

const BUTTONS = {
  compare: ['syncPlace.refused.compare', 'syncPlace.refused.compareOf'],
  'add-ca': ['syncPlace.refused.addCa', 'syncPlace.refused.addCaOf'],
  'send-again': ['syncPlace.refused.sendAgain', 'syncPlace.refused.sendAgainOf'],
} as const;

function Row({ entry, busy, onAct }: RowProps) {
  const { t } = useTranslation();
  const why = useWhy();
  const remedy = remedyOf(entry);
  const [word, label] = BUTTONS[remedy];
  return (
    <li>
      <span className="mono">{entry.deviceSerial}</span>
      <span>{entry.kind === 'void' ? t('syncPlace.refused.void', { why: why(entry.code) }) : why(entry.code)}</span>
      {onAct !== null && (
        <UnstyledButton
          className="btn"
          data-opens={`${remedy}-${entry.id}`}
          aria-label={t(label, { serial: entry.deviceSerial })}
          aria-disabled={busy}
          onClick={() => void onAct(entry, remedy)}
        >
          {t(word)}
        </UnstyledButton>
      )}
    </li>
  );
}
