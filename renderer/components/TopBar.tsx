// The top bar of every screen (UX.md section 3): lot, sync state, clock.
import { IconCloud, IconCloudOff } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { SyncView } from '../../domain/station-event.ts';
import type { StationView } from '../view-state/station-view.ts';
import { useClock } from './use-clock.ts';

interface TopBarProps {
  readonly view: StationView | null;
  readonly nowMs: () => number;
}

export function TopBar({ view, nowMs }: TopBarProps) {
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
      <div className="where">{view !== null && <Where view={view} />}</div>
      <span className="sp" />
      {view !== null && <Sync sync={view.sync} practice={view.practice} />}
      <div className="clock">{time}</div>
    </header>
  );
}

function Where({ view: { lot, stationId: station, slots } }: { readonly view: StationView }) {
  const { t } = useTranslation();
  const under =
    slots.length === 0 ? t('top.station', { station }) : t('top.stationAndSlots', { station, count: slots.length });
  return (
    <>
      <h1>{lot === null ? t('top.noLot') : t('top.lot', { lot: lot.lotId })}</h1>
      <span>{lot === null ? under : t('top.station', { station })}</span>
    </>
  );
}

function Sync({ sync, practice }: { readonly sync: SyncView; readonly practice: boolean }) {
  const { t } = useTranslation();
  const { title, under } = syncWords(sync, practice, t);
  const Icon = sync.online === true ? IconCloud : IconCloudOff;
  return (
    <div className="sync">
      <Icon className="i" aria-hidden="true" />
      <div>
        <b>{title}</b>
        <small>{under}</small>
      </div>
    </div>
  );
}

function syncWords(
  { online, waiting, voidsWaiting, refused }: SyncView,
  practice: boolean,
  t: TFunction,
): { title: string; under: string } {
  const all = waiting + voidsWaiting;
  const under =
    refused > 0
      ? t('sync.refused', { count: refused })
      : all > 0 || online !== true
        ? t('sync.saved')
        : t(practice ? 'sync.inPractice' : 'sync.inCloud');
  if (online === false) return { title: t('sync.offlineWaiting', { waiting: all }), under };
  if (online === null) return { title: all > 0 ? t('sync.waiting', { waiting: all }) : t('sync.none'), under };
  if (all === 0) return { title: t('sync.online'), under };
  return { title: t('sync.onlineWaiting', { waiting: all }), under: refused > 0 ? under : t('sync.sending') };
}
