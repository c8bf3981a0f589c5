// The stages of a slot's job with the seconds of each (UX.md sections 4.3 and 8).
import { useTranslation } from 'react-i18next';
import { Stage } from '../../../domain/job.ts';
import type { SlotView } from '../../../domain/station-event.ts';
import { tileOf } from '../../view-state/tile-view.ts';
import { useTick } from './use-tick.ts';

interface StageListProps {
  readonly slot: SlotView;
  readonly nowMs: () => number;
}

/** Tenths of a second are shown; the running one moves as often as the ring. */
const LOOK_EVERY_MS = 250;

export function StageList({ slot, nowMs }: StageListProps) {
  const { t } = useTranslation();
  const working = slot.state === 'working' || slot.state === 'locking';
  const now = useTick(nowMs, LOOK_EVERY_MS, working);
  if (slot.stage === null && slot.stages.length === 0) return null;
  const { segments } = tileOf(slot, null);
  return (
    <section className="stages" aria-label={t('slot.stages')}>
      <h2>{t('slot.stages')}</h2>
      <ol>
        {Stage.options.map((stage, index) => {
          const spent = slot.stages.find((time) => time.stage === stage)?.ms ?? null;
          const state = segments[index] ?? (spent === null ? 'ahead' : 'done');
          const elapsed =
            state === 'now' && slot.stageSinceMs !== null ? Math.max(0, now - slot.stageSinceMs) + (spent ?? 0) : spent;
          return (
            <li key={stage} className={state}>
              <span>{t(`stageName.${stage}`)}</span>
              <span>
                {state === 'broken' || elapsed === null
                  ? t(`slot.${state}`)
                  : t('slot.seconds', { seconds: elapsed / 1_000 })}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
