// A badge signs in, wherever the app stands (UX.md section 2); the one who was there is signed out by it.
import { useTranslation } from 'react-i18next';
import { isErrorCode } from '../../domain/errors.ts';
import type { StationFeed } from '../station-feed.ts';
import { useScans } from './use-scans.ts';

export function useBadgeScan(feed: StationFeed): void {
  const { t } = useTranslation();
  useScans((scan) => {
    if (scan.kind !== 'badge') return null;
    const { badge } = scan;
    return feed
      .ask((api) => api.people.signIn({ badge }))
      .then((answer) => {
        if (answer.ok) return { taken: true, words: t('scan.took.badge', { name: answer.value.person?.name ?? '' }) };
        const code = isErrorCode(answer.code) ? answer.code : 'STATION_GONE';
        const words = t('refused', { happened: t(`cause.${code}.happened`), todo: t(`cause.${code}.todo`) });
        return { taken: false, words };
      });
  });
}
