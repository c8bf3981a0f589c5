// Station and cloud side by side: what is only here, only in the cloud, or different; one decision a row, page by page.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision, ReconcileRow } from '../../../contract/reconcile-api.ts';
import type { StationFacts } from '../../../domain/station-event.ts';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { useKeys } from '../../components/use-keys.ts';
import type { StationFeed } from '../../station-feed.ts';
import { Result } from './Result.tsx';
import { RowSides } from './RowSides.tsx';
import { useOrder } from './use-order.ts';
import type { SyncText } from './use-sync-text.ts';

interface ReconcilePanelProps {
  readonly facts: StationFacts;
  readonly feed: StationFeed;
  readonly text: SyncText;
  readonly onBack: () => void;
  readonly onChanged: () => void;
}

const LISTS = ['here', 'cloud', 'different'] as const;

interface Compared {
  readonly rows: readonly ReconcileRow[];
  readonly compared: number;
  readonly next: string | null;
}

export function ReconcilePanel({ facts, feed, text, onBack, onChanged }: ReconcilePanelProps) {
  const { t } = useTranslation();
  const looking = useOrder(text.refusal);
  const deciding = useOrder(text.refusal);
  const [found, setFound] = useState<Compared>({ rows: [], compared: 0, next: null });
  const title = useRef<HTMLHeadingElement>(null);
  const look = (after: string | null) =>
    looking.run(
      () => feed.ask((api) => api.reconcile.list({ after })),
      ({ rows, compared, next }) => {
        setFound((before) => ({ rows: [...before.rows, ...rows], compared: before.compared + compared, next }));
        return '';
      },
    );
  useFocusBack(title, 'reconcile');
  useKeys([['Escape', onBack]]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => {
    title.current?.focus();
    void look(null);
  }, []);
  const decide = async (
    { fingerprint, deviceSerial: serial }: ReconcileRow,
    decision: Decision,
    lotId: string | null,
  ) => {
    await deciding.run(
      () => feed.ask((api) => api.reconcile.decide({ fingerprint, decision, lotId })),
      () => {
        setFound((before) => ({ ...before, rows: before.rows.filter((row) => row.fingerprint !== fingerprint) }));
        // Its button has gone with it.
        title.current?.focus();
        return t(`syncPlace.compare.decided.${decision}`, { serial });
      },
    );
    onChanged();
  };
  const { rows, compared, next } = found;
  return (
    <section className="panel sync-reconcile">
      <header>
        <h2 ref={title} tabIndex={-1}>
          {t('syncPlace.reconcile.title')}
        </h2>
        <span className="dim">
          {looking.busy ? t('syncPlace.reconcile.looking') : t('syncPlace.reconcile.compared', { count: compared })}
          {!looking.busy && looking.said?.ok === true && next === null && rows.length === 0 && (
            <> {t('syncPlace.reconcile.alike')}</>
          )}
        </span>
        <UnstyledButton className="btn" onClick={onBack}>
          {t('syncPlace.reconcile.back')}
        </UnstyledButton>
      </header>
      <Result said={looking.said} />
      <Result said={deciding.said} />
      <div className="sync-three">
        {LISTS.map((list) => (
          <section key={list} aria-labelledby={`sync-list-${list}`}>
            <h3 id={`sync-list-${list}`}>{t(`syncPlace.reconcile.list.${list}`)}</h3>
            <ul>
              {rows
                .filter((row) => row.list === list)
                .map((row) => (
                  <li key={row.fingerprint}>
                    <b className="mono">{row.deviceSerial}</b>
                    <RowSides
                      {...{ row, facts }}
                      busy={deciding.busy}
                      onDecide={(...how) => void decide(row, ...how)}
                    />
                  </li>
                ))}
            </ul>
            {!rows.some((row) => row.list === list) && <p className="dim">{t('syncPlace.reconcile.none')}</p>}
          </section>
        ))}
      </div>
      {next !== null && (
        <UnstyledButton className="btn" aria-disabled={looking.busy} onClick={() => void look(next)}>
          {t('syncPlace.reconcile.more')}
        </UnstyledButton>
      )}
    </section>
  );
}
