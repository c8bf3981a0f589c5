// Practice (UX.md section 4.8): the way to the practice bench in the same window. It closes the real line for that time, so
// it is asked once more.
import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, answerOf } from '../../answer.ts';
import { AskInPlace } from '../../components/AskInPlace.tsx';
import type { StationFeed } from '../../station-feed.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { SaidRow } from './SaidRow.tsx';
import { useOrder } from './use-order.ts';

export interface PracticePanelProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  /** The station is about to go, unless it answers no. */
  readonly onOpening: (answer: Promise<Answer<unknown>>) => void;
}

export function PracticePanel({ view: { slots }, feed, onOpening }: PracticePanelProps) {
  const { t } = useTranslation();
  const order = useOrder(feed);
  const [asks, setAsks] = useState(false);
  const working = slots.filter(({ state }) => state === 'working' || state === 'locking').length;
  const open = () =>
    void order.send(
      (api) => {
        const opening = api.practice.open();
        onOpening(answerOf(opening));
        return opening;
      },
      () => t('settings.practice.opening'),
    );
  return (
    <div className="panel practising">
      <h2>{t('settings.place.practice')}</h2>
      <p>{t('settings.practice.more')}</p>
      <p>{t('settings.practice.closes')}</p>
      {asks ? (
        <AskInPlace
          ask={t('settings.practice.ask', { count: working })}
          yes={t('settings.practice.yes')}
          no={t('settings.practice.no')}
          onAnswer={(yes) => {
            setAsks(false);
            if (yes) open();
          }}
        />
      ) : (
        <UnstyledButton className="btn lg pri" aria-disabled={order.busy} onClick={() => !order.busy && setAsks(true)}>
          {t('settings.practice.open')}
        </UnstyledButton>
      )}
      <SaidRow said={order.said} />
    </div>
  );
}
