// Signing (UX.md section 4.8): one card per CA. Keys never leave: what is shown of them is where they lie.
import { useTranslation } from 'react-i18next';
import type { StationFeed } from '../../station-feed.ts';
import { seesKeys } from '../../view-state/ca-card.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { useRefusalText } from '../line/use-card-text.ts';
import { CaCard } from './CaCard.tsx';
import { OwnKey } from './OwnKey.tsx';
import { useSigning } from './use-signing.ts';

interface SigningPanelProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  readonly nowMs: () => number;
}

export function SigningPanel({ view, feed, nowMs }: SigningPanelProps) {
  const { t } = useTranslation();
  const refusal = useRefusalText();
  const { sight, desk } = useSigning(view, feed);
  const { cas, refused } = sight;
  const officer = seesKeys(view.facts);
  const inWork = view.slots.filter(({ state }) => state === 'working' || state === 'locking').length;
  return (
    <div className="cas">
      {refused !== null && (
        <p className="panel" role="alert">
          {refusal(refused)}
        </p>
      )}
      {cas?.length === 0 && (
        <div className="panel no-ca">
          <h2>{t('signing.none')}</h2>
          <p>{t(officer ? 'signing.noneOfficer' : 'signing.noneOthers')}</p>
        </div>
      )}
      {officer && view.facts.keysLocked && cas !== null && !cas.some(({ signing }) => signing === 'locked') && (
        <OwnKey sight={sight} desk={desk} />
      )}
      {cas?.map((ca) => (
        <CaCard key={ca.name} {...{ ca, sight, desk, inWork, nowMs }} facts={view.facts} />
      ))}
      {!officer && cas !== null && cas.length > 0 && <p className="cas-note">{t('signing.keys')}</p>}
    </div>
  );
}
