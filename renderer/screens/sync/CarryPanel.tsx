// Registrations by hand: a sealed bundle to a stick, and the cloud's signed receipt back (contract/carry-api.ts).
import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { useKeys } from '../../components/use-keys.ts';
import type { StationFeed } from '../../station-feed.ts';
import { PathForm } from './PathForm.tsx';
import { Result } from './Result.tsx';
import { useOrder } from './use-order.ts';
import type { SyncText } from './use-sync-text.ts';

interface CarryPanelProps {
  readonly feed: StationFeed;
  readonly text: SyncText;
  readonly onClose: () => void;
}

export function CarryPanel({ feed, text, onClose }: CarryPanelProps) {
  const { t } = useTranslation();
  const writing = useOrder(text.refusal);
  const reading = useOrder(text.refusal);
  const title = useRef<HTMLHeadingElement>(null);
  /** What a second file begins after; 0: from the first. */
  const after = useRef(0);
  useFocusBack(title);
  useEffect(() => title.current?.focus(), []);
  useKeys([['Escape', onClose]]);
  const write = (file: string) =>
    writing.run(
      () => feed.ask((api) => api.carry.write({ file, afterId: after.current })),
      ({ entries, lastId, more }) => {
        after.current = more ? lastId : 0;
        const written = t('syncPlace.carry.written', { count: entries });
        return more ? t('refused', { happened: written, todo: t('syncPlace.carry.writtenMore') }) : written;
      },
    );
  const read = (file: string) =>
    reading.run(
      () => feed.ask((api) => api.carry.receive({ file })),
      (received) => t('syncPlace.carry.received', received),
    );
  return (
    <section className="panel sync-carry">
      <header>
        <h2 ref={title} tabIndex={-1}>
          {t('syncPlace.carry.title')}
        </h2>
        <UnstyledButton className="btn" onClick={onClose}>
          {t('syncPlace.carry.close')}
        </UnstyledButton>
      </header>
      <p>{t('syncPlace.carry.more')}</p>
      <div className="sync-two">
        <div>
          <PathForm
            label={t('syncPlace.carry.bundle')}
            hint={t('syncPlace.carry.hint')}
            send={t('syncPlace.carry.write')}
            busy={writing.busy}
            onSend={(file) => void write(file)}
          />
          <Result said={writing.said} />
        </div>
        <div>
          <PathForm
            label={t('syncPlace.carry.receipt')}
            hint={t('syncPlace.carry.hintReceipt')}
            send={t('syncPlace.carry.read')}
            busy={reading.busy}
            onSend={(file) => void read(file)}
          />
          <Result said={reading.said} />
        </div>
      </div>
    </section>
  );
}
