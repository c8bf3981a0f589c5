// Who signs the boards of a lot and where they are registered. There is one of each on a station, so nothing is chosen
// here: each box says how it stands.
import { useTranslation } from 'react-i18next';
import type { StationView } from '../../view-state/station-view.ts';

export function SignedAndRegistered({ view: { facts, sync, practice } }: { readonly view: StationView }) {
  const { t } = useTranslation();
  const { signing } = facts;
  const online = sync.online === null ? 'none' : sync.online ? 'online' : 'offline';
  return (
    <section className="panel two">
      <div>
        <h2>{t('setUp.signedBy')}</h2>
        <Pick
          title={t(signing === 'none' ? 'setUp.signing.nameNone' : 'setUp.signing.name')}
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
