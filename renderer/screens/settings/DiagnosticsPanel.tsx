// Diagnostics (UX.md section 4.9): the self-test, a slot's live trace, which slots fail more than others, and a file for
// people who help from afar.
import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { plainNames, slotNames } from '../../../domain/fixture.ts';
import type { StationFeed } from '../../station-feed.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { FolderField } from './FolderField.tsx';
import { SaidRow } from './SaidRow.tsx';
import { SelfTest } from './SelfTest.tsx';
import { SlotHeatMap } from './SlotHeatMap.tsx';
import { SlotTrace } from './SlotTrace.tsx';
import { useOrder } from './use-order.ts';

interface DiagnosticsPanelProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  /** The slot whose trace is wanted; null for the first. */
  readonly slot: string | null;
  readonly nowMs: () => number;
}

export function DiagnosticsPanel({ view, feed, slot, nowMs }: DiagnosticsPanelProps) {
  const names = namesOf(view);
  return (
    <div className="cas">
      {slot === null && <SelfTest {...{ feed, nowMs }} />}
      <SlotTrace {...{ feed, names }} first={slot} />
      {slot !== null && <SelfTest {...{ feed, nowMs }} />}
      <SlotHeatMap {...{ feed, names }} fixtures={view.facts.fixtures} />
      <Bundle feed={feed} />
    </div>
  );
}

/** Of the line that runs, else of the bench as it is set. */
function namesOf({ slots, facts: { bench, fixtures } }: StationView): readonly string[] {
  if (slots.length > 0) return slots.map(({ slot }) => slot);
  return fixtures === null ? plainNames(bench?.slots ?? 0) : slotNames(fixtures);
}

function Bundle({ feed }: { readonly feed: StationFeed }) {
  const { t } = useTranslation();
  const [dir, setDir] = useState('');
  const order = useOrder(feed);
  const write = () =>
    void order.send(
      (api) => api.diagnostics.bundle({ dir: dir.trim() === '' ? null : dir.trim() }),
      ({ file, bytes }) => t('diagnostics.written', { file, count: Math.ceil(bytes / 1024) }),
    );
  return (
    <section className="panel diag" aria-label={t('diagnostics.bundle.title')}>
      <header className="panel-head">
        <div>
          <h2>{t('diagnostics.bundle.title')}</h2>
          <p>{t('diagnostics.bundle.more')}</p>
        </div>
        <UnstyledButton className="btn lg" aria-disabled={order.busy} onClick={write}>
          {t('diagnostics.bundle.write')}
        </UnstyledButton>
      </header>
      <FolderField value={dir} onWrite={setDir} />
      <SaidRow said={order.said} />
    </section>
  );
}
