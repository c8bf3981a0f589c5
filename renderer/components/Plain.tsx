// There is no station to look at: why, and that nothing is lost.
import { useTranslation } from 'react-i18next';
import type { ShownSight } from '../view-state/between-stations.ts';

interface PlainProps {
  readonly sight: Exclude<ShownSight, { kind: 'live' }>;
}

export function Plain({ sight }: PlainProps) {
  return (
    <main className="main plain" aria-live="polite">
      <div>
        <Words sight={sight} />
      </div>
    </main>
  );
}

function Words({ sight }: PlainProps) {
  const { t } = useTranslation();
  const say = (title: string, more: string) => (
    <>
      <h1>{title}</h1>
      <p>{more}</p>
    </>
  );
  switch (sight.kind) {
    case 'starting':
      return say(t('sight.starting'), t('sight.startingMore'));
    case 'gone':
      return say(t('sight.gone'), t('sight.goneMore'));
    case 'gave-up':
      return say(t('sight.gaveUp'), t('sight.gaveUpMore', { sentence: sight.sentence }));
    case 'practice':
      return say(t('settings.practice.opening'), t('settings.practice.openingMore'));
    case 'leaving':
      return say(t('firstRun.leaving'), t('firstRun.leavingMore'));
  }
}
