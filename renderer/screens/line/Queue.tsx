// The queue: one card a problem, the most pressing first, and below it the slots whose boards may be taken out (UX.md
// sections 4.2 and 6). In a narrow window it is one action bar.
import { useTranslation } from 'react-i18next';
import { cardKey, isLineStop, takeOuts } from '../../view-state/queue.ts';
import type { QueuePlace } from '../../view-state/queue-places.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { Card } from './Card.tsx';
import type { Orders } from './use-orders.ts';
import type { QueueEar } from './use-queue-places.ts';

interface QueueProps {
  readonly view: StationView;
  readonly orders: Orders;
  readonly places: readonly QueuePlace[];
  readonly ear: QueueEar;
  /** Key of the card that is written out. */
  readonly shown: string | null;
  readonly onShow: (key: string) => void;
  readonly onNext: () => void;
}

export function Queue({ view, orders, places, ear, shown, onShow, onNext }: QueueProps) {
  const { t } = useTranslation();
  const cards = places.filter(({ gone }) => !gone).map(({ card }) => card);
  // A board at a port that nobody taught has no slot, and needs a person all the same.
  const boards = cards.filter(({ slot }) => slot !== null).length + view.facts.unknownPorts.length;
  const stopped = cards.some(isLineStop);
  const none = t(stopped ? 'queue.stopped' : cards.length > 0 ? 'queue.labels' : 'queue.none');
  const title = boards === 0 ? none : t(stopped ? 'queue.stoppedAnd' : 'queue.title', { count: boards });
  return (
    <aside className={places.length === 0 ? 'queue quiet' : 'queue'} aria-label={t('queue.label')} {...ear}>
      <h2>{title}</h2>
      <div className="cards">
        {places.map(({ card, gone, roomy }) => {
          const key = cardKey(card);
          const isShown = key === shown;
          const left = cards.length - (gone ? 0 : 1);
          return (
            <Card
              key={key}
              card={card}
              facts={view.facts}
              labels={view.labels}
              orders={orders}
              whole={roomy || isShown}
              shown={isShown}
              gone={gone}
              onShow={() => onShow(key)}
              next={isShown && left > 0 ? { left, go: onNext } : null}
            />
          );
        })}
      </div>
      <TakeOut view={view} />
    </aside>
  );
}

function TakeOut({ view }: { readonly view: StationView }) {
  const { t } = useTranslation();
  const runs = takeOuts(view);
  if (runs.length === 0) return null;
  return (
    <div className="out">
      <h3>{t('queue.takeOut')}</h3>
      <ul className="chips">
        {runs.map((run) => (
          <li className="chip" key={'fixture' in run ? run.fixture : run.first}>
            {'fixture' in run
              ? t('queue.fixture', { name: run.fixture })
              : run.last === null
                ? run.first
                : t('queue.run', { first: run.first, last: run.last })}
          </li>
        ))}
      </ul>
    </div>
  );
}
