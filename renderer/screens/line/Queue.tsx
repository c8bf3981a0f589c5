// The queue: one card a problem, the most pressing first, and below it the slots whose boards may be taken out (UX.md
// sections 4.2 and 6). In a narrow window it is one action bar.
import { useTranslation } from 'react-i18next';
import { cardKey, queueOf, shownCard, takeOuts } from '../../view-state/queue.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { Card } from './Card.tsx';
import type { Orders } from './use-orders.ts';

interface QueueProps {
  readonly view: StationView;
  readonly orders: Orders;
  /** Key of the card that was written out last. */
  readonly shown: string | null;
  readonly onShow: (key: string) => void;
  readonly onNext: () => void;
}

/** Cards that are written out; with more of them only one is, so that all can be seen. */
const WRITTEN_OUT = 2;

export function Queue({ view, orders, shown, onShow, onNext }: QueueProps) {
  const { t } = useTranslation();
  const cards = queueOf(view);
  const boards = cards.filter(({ slot }) => slot !== null).length;
  const stopped = cards.length > boards;
  const none = t(stopped ? 'queue.stopped' : 'queue.none');
  const title = boards === 0 ? none : t(stopped ? 'queue.stoppedAnd' : 'queue.title', { count: boards });
  const one = shownCard(cards, shown);
  return (
    <aside className={cards.length === 0 ? 'queue quiet' : 'queue'} aria-label={t('queue.label')}>
      <h2>{title}</h2>
      <div className="cards">
        {cards.map((card) => (
          <Card
            key={cardKey(card)}
            card={card}
            facts={view.facts}
            orders={orders}
            whole={cards.length <= WRITTEN_OUT || card === one}
            shown={card === one}
            onShow={() => onShow(cardKey(card))}
            next={card === one && cards.length > 1 ? { left: cards.length - 1, go: onNext } : null}
          />
        ))}
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
        {runs.map(({ first, last }) => (
          <li className="chip" key={first}>
            {last === null ? first : t('queue.run', { first, last })}
          </li>
        ))}
      </ul>
    </div>
  );
}
