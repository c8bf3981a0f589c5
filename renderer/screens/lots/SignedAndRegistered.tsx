// Who signs the boards of a lot and where they are registered: the active CA by its name, and the one service. Nothing is
// chosen here (docs/adr/0012, 0021): each box says how it stands.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationFeed } from '../../station-feed.ts';
import type { StationView } from '../../view-state/station-view.ts';

interface SignedAndRegisteredProps {
  readonly view: StationView;
  readonly feed: StationFeed;
}

export function SignedAndRegistered({ view: { facts, sync, practice }, feed }: SignedAndRegisteredProps) {
  const { t } = useTranslation();
  const { signing } = facts;
  const signer = useActiveCa(feed, signing);
  const online = sync.online === null ? 'none' : sync.online ? 'online' : 'offline';
  return (
    <section className="panel two">
      <div>
        <h2>{t('setUp.signedBy')}</h2>
        <Pick
          title={signer ?? t(signing === 'none' ? 'setUp.signing.nameNone' : 'setUp.signing.name')}
          text={t(`setUp.signing.${signing}`)}
        />
      </div>
      <div>
        <h2>{t('setUp.registeredIn')}</h2>
        <Pick
          title={t(practice ? 'setUp.service.practice' : 'setUp.service.name')}
          text={t(`setUp.service.${online}`)}
        />
      </div>
    </section>
  );
}

/** Its name; null until it is known. Asked again when signing stands otherwise. */
function useActiveCa(feed: StationFeed, signing: string): string | null {
  const [name, setName] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: how signing stands is why it is asked again
  useEffect(() => {
    let over = false;
    void feed
      .ask((api) => api.signing.list())
      .then((answer) => {
        if (!over) setName(answer.ok ? (answer.value.find(({ state }) => state === 'active')?.name ?? null) : null);
      });
    return () => {
      over = true;
    };
  }, [feed, signing]);
  return name;
}

function Pick({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div className="pick on">
      <span className="rd" aria-hidden="true" />
      <p>
        <b>{title}</b>
        <small>{text}</small>
      </p>
    </div>
  );
}
