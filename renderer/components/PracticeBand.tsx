// The band that practice wears on every screen (UX.md section 4.10), with the bench's one switch: hands or a robot.
import { UnstyledButton } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BenchView } from '../../contract/bench-api.ts';
import type { BenchFeed } from '../bench-feed.ts';

interface PracticeBandProps {
  readonly bench: BenchFeed;
  /** Null until the bench has said how it stands. */
  readonly benchView: BenchView | null;
  /** Back to setting up the station; null where nothing is to be set up, or it is open. */
  readonly onSetUp: (() => void) | null;
  /** To the real station, where there is one. */
  readonly onLeave: () => void;
  /** Offers the switch. */
  readonly open: boolean;
}

export const PracticeBand = memo(PracticeBandOf);

function PracticeBandOf({ bench, benchView, onSetUp, onLeave, open }: PracticeBandProps) {
  const { t } = useTranslation();
  return (
    <aside className="practice" aria-label={t('practiceName')}>
      <span>{t('practice')}</span>
      <div className="band-acts">
        {open && benchView !== null && (
          <UnstyledButton
            className="btn"
            onClick={() => void bench.ask((api) => api.automatic({ on: !benchView.automatic }))}
          >
            {t(benchView.automatic ? 'firstRun.byHand' : 'firstRun.byRobot')}
          </UnstyledButton>
        )}
        {open && benchView?.canLeave === true && (
          <UnstyledButton className="btn pri" onClick={onLeave}>
            {t('firstRun.try.leave')}
          </UnstyledButton>
        )}
        {onSetUp !== null && (
          <UnstyledButton className="btn pri" onClick={onSetUp}>
            {t('firstRun.comeBack')}
          </UnstyledButton>
        )}
      </div>
    </aside>
  );
}
