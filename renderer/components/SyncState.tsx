// The sync state of the top bar. Offline is normal, so it is grey: a count, and that nothing is lost (UX.md section 1).
import { IconCloud, IconCloudOff } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncView } from '../../domain/station-event.ts';

interface SyncStateProps {
  readonly sync: SyncView;
  readonly practice: boolean;
}

export const SyncState = memo(SyncStateOf);

function SyncStateOf({ sync, practice }: SyncStateProps) {
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
