// The top bar of every screen (UX.md section 3): lot or page name, sync state, person, clock.
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationView } from '../view-state/station-view.ts';
import { SyncState } from './SyncState.tsx';
import { useClock } from './use-clock.ts';

export interface BarTitle {
  readonly name: string;
  readonly under: string;
}

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

/** Of the Line: the lot and what it makes; without a lot the station. */
export function lineTitle({ lot, stationId: station, slots }: StationView, t: TFunction): BarTitle {
  if (lot === null) {
    const count = slots.length;
    const under = count === 0 ? t('top.station', { station }) : t('top.stationAndSlots', { station, count });
    return { name: t('top.noLot'), under };
  }
  const { model, revisions, firmwareVersion: firmware } = lot;
  const product = { model, revisions: [...revisions], firmware };
  const under = revisions.length === 0 ? t('top.productOnly', product) : t('top.product', product);
  return { name: t('top.lot', { lot: lot.lotId }), under };
}
