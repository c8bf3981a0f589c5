// How the last boards fared in this slot (UX.md section 4.3): a slot that fails each board looks like bad boards.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SlotResult } from '../../../contract/diagnostics-api.ts';
import type { SlotView } from '../../../domain/station-event.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import type { StationFeed } from '../../station-feed.ts';
import { useLotText } from '../lots/use-lot-text.ts';

interface SlotPastProps {
  readonly slot: SlotView;
  readonly feed: StationFeed;
  readonly nowMs: () => number;
}

const LOOKS = { passed: 'pass', failed: 'fail', errored: 'need' } as const;

export function SlotPast({ slot: { slot, state, outcome }, feed, nowMs }: SlotPastProps) {
  const { t } = useTranslation();
  const { time } = useLotText(nowMs);
  const [results, setResults] = useState<readonly SlotResult[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a board that ended is why it is asked again
  useEffect(() => {
    let open = true;
    void feed
      .ask((api) => api.diagnostics.slotResults({ slot }))
      .then((answer) => {
        if (open) setResults(answer.ok ? answer.value : []);
      });
    return () => {
      open = false;
    };
  }, [feed, slot, state, outcome]);
  if (results.length === 0) return null;
  return (
    <section className="stages past" aria-label={t('slot.past')}>
      <h2>{t('slot.past')}</h2>
      <ol>
        {results.map(({ outcome: was, code, endedMs }) => (
          <li key={endedMs} className={`done m-${LOOKS[was]}`}>
            <SlotSymbol look={LOOKS[was]} />
            <span>{code === null ? t(`word.${LOOKS[was]}`) : t(`cause.${code}.tile`)}</span>
            <span className="when">{time(endedMs)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
