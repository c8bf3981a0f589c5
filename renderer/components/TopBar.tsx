// The top bar of every screen (UX.md section 3): lot or page name, sync state, person, clock.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationView } from '../view-state/station-view.ts';
import type { BarTitle } from './bar-title.ts';
import { SyncState } from './SyncState.tsx';
import { useClock } from './use-clock.ts';

interface TopBarProps {
  readonly view: StationView | null;
  readonly title: BarTitle | null;
  /** Between the sync state and the clock: who is here. */
  readonly children: ReactNode;
  readonly nowMs: () => number;
}

export function TopBar({ view, title, children, nowMs }: TopBarProps) {
  const { t, i18n } = useTranslation();
  const time = useClock(i18n.language === 'qps' ? 'en' : i18n.language, nowMs);
  return (
    <header className="top">
      <div className="brand" role="img" aria-label={t('app.name')}>
        <svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="3.5">
          <circle cx="11" cy="16" r="7" />
          <path d="M18 16h12M25 16v6" />
        </svg>
      </div>
      <div className="where">
        {title !== null && (
          <>
            <h1>{title.name}</h1>
            <span>{title.under}</span>
          </>
        )}
      </div>
      <span className="sp" />
      {view !== null && <SyncState sync={view.sync} practice={view.practice} />}
      {children}
      <div className="clock">{time}</div>
    </header>
  );
}
