// The first line of the place: one sentence that says how the sending stands, and what a person may do about it.
import { UnstyledButton } from '@mantine/core';
import { IconCloud, IconCloudOff } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { OutboxState } from '../../../contract/outbox-api.ts';
import type { SyncView } from '../../../domain/station-event.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import type { StationFeed } from '../../station-feed.ts';
import { type SyncSentence, syncSentence } from '../../view-state/sync-sentence.ts';
import { Result } from './Result.tsx';
import { useOrder } from './use-order.ts';
import { useSteadyFall } from './use-steady-fall.ts';
import type { SyncText } from './use-sync-text.ts';

export interface FirstLineProps {
  readonly sync: SyncView;
  readonly state: OutboxState | null;
  readonly feed: StationFeed;
  readonly text: SyncText;
  readonly carrying: boolean;
  readonly onCarry: () => void;
}

export function FirstLine({ sync, state, feed, text, carrying, onCarry }: FirstLineProps) {
  const { t } = useTranslation();
  const order = useOrder(text.refusal);
  const sentence = syncSentence(sync, state);
  const leftMs = useSteadyFall(sentence.kind === 'sending' ? sentence.leftMs : null);
  const { title, more } = words(sentence, { sync, text, leftMs, t });
  const alarm = sentence.kind === 'trouble' || sentence.kind === 'stopped';
  const Icon = sync.online === true ? IconCloud : IconCloudOff;
  const tryNow = () =>
    order.run(
      () => feed.ask((api) => api.sync()),
      () => t('syncPlace.tried'),
    );
  return (
    <section className={`panel sync-first${alarm ? ' m-fail' : ''}`}>
      {alarm ? <SlotSymbol look="fail" /> : <Icon className="i" aria-hidden="true" />}
      <div className="sync-words">
        <div role={alarm ? 'alert' : undefined}>
          <h2>{title}</h2>
        </div>
        <p>{more}</p>
        <Result said={order.said} />
      </div>
      {sentence.kind !== 'none' && (
        <div className="sync-acts">
          <UnstyledButton className="btn lg" aria-expanded={carrying} onClick={onCarry}>
            {t('syncPlace.carry.open')}
          </UnstyledButton>
          {sentence.kind !== 'locked' && sentence.kind !== 'stopped' && (
            <UnstyledButton className="btn lg pri" aria-disabled={order.busy} onClick={() => void tryNow()}>
              {t(order.busy ? 'syncPlace.trying' : 'syncPlace.tryNow')}
            </UnstyledButton>
          )}
        </div>
      )}
    </section>
  );
}

interface Known {
  readonly sync: SyncView;
  readonly text: SyncText;
  readonly leftMs: number | null;
  readonly t: TFunction;
}

function words(sentence: SyncSentence, { sync, text, leftMs, t }: Known): { title: string; more: string } {
  const count = sync.waiting;
  switch (sentence.kind) {
    case 'trouble':
      return { title: t('syncPlace.sentence.trouble'), more: t('syncPlace.sentence.troubleMore', { ...sentence }) };
    case 'stopped':
      return { title: t('syncPlace.sentence.stopped'), more: text.refusal({ code: sentence.code, detail: '' }) };
    case 'none':
      return { title: t('syncPlace.sentence.none'), more: t('syncPlace.sentence.noneMore', { count }) };
    case 'locked':
      return { title: t('syncPlace.sentence.locked'), more: t('syncPlace.sentence.lockedMore', { count }) };
    case 'offline':
      return {
        title:
          sentence.sinceMs === null
            ? t('syncPlace.sentence.offline')
            : t('syncPlace.sentence.offlineSince', { time: text.time(sentence.sinceMs) }),
        more: t('syncPlace.sentence.offlineMore', { count }),
      };
    case 'sending':
      return { title: sendingWords(sentence.run, leftMs, count, t), more: t('syncPlace.sentence.sendingMore') };
    case 'done':
      return {
        title:
          sync.refused > 0 ? t('syncPlace.sentence.doneBut', { count: sync.refused }) : t('syncPlace.sentence.done'),
        more:
          sentence.lastSentMs === null
            ? t('syncPlace.sentence.doneNever')
            : t('syncPlace.sentence.doneMore', { time: text.time(sentence.lastSentMs) }),
      };
  }
}

function sendingWords(
  run: { readonly sent: number; readonly of: number } | null,
  leftMs: number | null,
  count: number,
  t: TFunction,
): string {
  if (run === null) return t('syncPlace.sentence.sending', { count });
  if (leftMs === null) return t('syncPlace.sentence.sendingOf', run);
  const minutes = Math.round(leftMs / 60_000);
  const left =
    minutes < 1 ? t('syncPlace.sentence.lessThanMinute') : t('syncPlace.sentence.minutes', { count: minutes });
  return t('syncPlace.sentence.sendingOfLeft', { ...run, left });
}
