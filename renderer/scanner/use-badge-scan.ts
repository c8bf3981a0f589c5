// A badge signs in, wherever the app stands (UX.md section 2); the one who was there is signed out by it.
import { useTranslation } from 'react-i18next';
import { isErrorCode } from '../../domain/errors.ts';
import type { StationFacts } from '../../domain/station-event.ts';
import type { StationFeed } from '../station-feed.ts';
import { useScans } from './use-scans.ts';

/** Above a technician a PIN follows the badge. */
function took({ person, pinFor }: StationFacts) {
  const key = pinFor === null ? 'scan.took.badge' : 'scan.took.badgePin';
  return [key, { name: (pinFor ?? person)?.name ?? '' }] as const;
}

export function useBadgeScan(feed: StationFeed): void {
  const { t } = useTranslation();
  useScans((scan) => {
    if (scan.kind !== 'badge') return null;
    const { badge } = scan;
    return feed
      .ask((api) => api.people.signIn({ badge }))
      .then((answer) => {
        if (answer.ok) return { taken: true, words: t(...took(answer.value)) };
        const code = isErrorCode(answer.code) ? answer.code : 'STATION_GONE';
        const words = t('refused', { happened: t(`cause.${code}.happened`), todo: t(`cause.${code}.todo`) });
        return { taken: false, words };
      });
  });
}
