// Copies of the records: the last one and where, how many boards are only on this disk, one now, and the folder on another
// disk that all of them go to.
import { UnstyledButton } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CopyState } from '../../../contract/backup-api.ts';
import type { StationFacts } from '../../../domain/station-event.ts';
import { useKeys } from '../../components/use-keys.ts';
import type { StationFeed } from '../../station-feed.ts';
import { allows } from '../../view-state/permission.ts';
import { PathForm } from './PathForm.tsx';
import { Result } from './Result.tsx';
import { useOrder } from './use-order.ts';
import type { SyncText } from './use-sync-text.ts';

interface CopiesPanelProps {
  readonly copies: CopyState;
  readonly facts: StationFacts;
  readonly feed: StationFeed;
  readonly text: SyncText;
  readonly onChanged: () => void;
}

export function CopiesPanel({ copies, facts, feed, text, onChanged }: CopiesPanelProps) {
  const { t } = useTranslation();
  const order = useOrder(text.refusal);
  const [setting, setSetting] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const shut = () => {
    setSetting(false);
    toggle.current?.focus();
  };
  useKeys([['Escape', setting ? shut : null]]);
  const { last, notCopied, plan } = copies;
  const copyNow = async () => {
    await order.run(
      () => feed.ask((api) => api.backup.make({ dir: null })),
      ({ file }) => t('syncPlace.copies.done', { file }),
    );
    onChanged();
  };
  /** A folder that takes no copy is not set. */
  const setFolder = async (dir: string) => {
    await order.run(
      async () => {
        const made = await feed.ask((api) => api.backup.make({ dir }));
        if (!made.ok) return made;
        const planned = await feed.ask((api) => api.backup.setPlan({ ...plan, dir }));
        return planned.ok ? made : planned;
      },
      ({ file }) => t('syncPlace.copies.done', { file }),
    );
    onChanged();
  };
  const lastWords =
    last === null
      ? t('syncPlace.copies.never')
      : last.otherDisk
        ? t('syncPlace.copies.last', { time: text.time(last.timeMs), folder: plan.dir ?? last.file })
        : t('syncPlace.copies.lastHere', { time: text.time(last.timeMs) });
  return (
    <section className="panel sync-copies" aria-labelledby="sync-copies">
      <header>
        <div>
          <h2 id="sync-copies">{t('syncPlace.copies.title')}</h2>
          <p>
            {lastWords} {t('syncPlace.copies.notCopied', { count: notCopied })}
          </p>
        </div>
        {allows(facts, 'supervisor') && (
          <UnstyledButton className="btn" ref={toggle} aria-expanded={setting} onClick={() => setSetting(!setting)}>
            {t(setting ? 'syncPlace.copies.close' : 'syncPlace.copies.set')}
          </UnstyledButton>
        )}
        {allows(facts, 'technician') && (
          <UnstyledButton className="btn" aria-disabled={order.busy} onClick={() => void copyNow()}>
            {t(order.busy ? 'syncPlace.copies.busy' : 'syncPlace.copies.now')}
          </UnstyledButton>
        )}
      </header>
      {setting && (
        <PathForm
          label={t('syncPlace.copies.label')}
          hint={null}
          send={t('syncPlace.copies.use')}
          busy={order.busy}
          start={plan.dir ?? ''}
          onSend={(dir) => void setFolder(dir)}
        />
      )}
      <Result said={order.said} />
    </section>
  );
}
