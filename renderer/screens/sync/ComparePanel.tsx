// One refused entry's certificate on all sides, asked of the cloud now, and the decision about it.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RefusedEntry } from '../../../contract/outbox-api.ts';
import type { Decision, ReconcileRow } from '../../../contract/reconcile-api.ts';
import type { StationFacts } from '../../../domain/station-event.ts';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { useKeys } from '../../components/use-keys.ts';
import type { StationFeed } from '../../station-feed.ts';
import { Result } from './Result.tsx';
import { RowSides } from './RowSides.tsx';
import { useOrder } from './use-order.ts';
import type { SyncText } from './use-sync-text.ts';
import { useWhy } from './use-why.ts';

interface ComparePanelProps {
  readonly entry: RefusedEntry;
  readonly facts: StationFacts;
  readonly feed: StationFeed;
  readonly text: SyncText;
  readonly onChanged: () => void;
  readonly onBack: () => void;
}

export function ComparePanel({ entry, facts, feed, text, onChanged, onBack }: ComparePanelProps) {
  const { t } = useTranslation();
  const why = useWhy();
  const looking = useOrder(text.refusal);
  const deciding = useOrder(text.refusal);
  const [row, setRow] = useState<ReconcileRow | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const { fingerprint, deviceSerial: serial } = entry;
  const look = () =>
    looking.run(
      () => feed.ask((api) => api.reconcile.compare({ fingerprint })),
      (found) => {
        setRow(found);
        return '';
      },
    );
  useFocusBack(title, `compare-${entry.id}`);
  useKeys([['Escape', onBack]]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => {
    title.current?.focus();
    void look();
  }, []);
  const decide = async (decision: Decision, lotId: string | null) => {
    await deciding.run(
      () => feed.ask((api) => api.reconcile.decide({ fingerprint, decision, lotId })),
      (after) => {
        setRow(after);
        return t(`syncPlace.compare.decided.${decision}`, { serial });
      },
    );
    onChanged();
  };
  return (
    <>
      <header>
        <h2 ref={title} tabIndex={-1}>
          {t('syncPlace.compare.title', { serial })}
        </h2>
        <UnstyledButton className="btn" onClick={onBack}>
          {t('syncPlace.reconcile.back')}
        </UnstyledButton>
      </header>
      <p>
        <b>{why(entry.code)}</b> {entry.code.endsWith('_TAKEN') && t(`syncPlace.compare.${wayOut(entry.code)}`)}
      </p>
      {looking.busy && <p className="dim">{t('syncPlace.reconcile.looking')}</p>}
      <Result said={looking.said} />
      {row !== null && <RowSides {...{ row, facts }} busy={deciding.busy} onDecide={(...how) => void decide(...how)} />}
      <Result said={deciding.said} />
    </>
  );
}

/** A serial is free again once the other one is void; a device, its certificate and its key are taken for good. */
function wayOut(code: string): 'conflict' | 'conflictForGood' {
  return code === 'SERIAL_TAKEN' ? 'conflict' : 'conflictForGood';
}
