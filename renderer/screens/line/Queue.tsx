// The queue: one card a problem, the most pressing first, and below it the slots whose boards may be taken out (UX.md
// sections 4.2 and 6). A card has no button that does nothing: the station retries and looks again by itself.
import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { type QueueCard, queueOf, takeOuts } from '../../view-state/queue.ts';
import type { StationView } from '../../view-state/station-view.ts';

interface QueueProps {
  readonly view: StationView;
  readonly onOpen: (slot: string) => void;
  /** In a narrow window: which card is shown, and the way to the next. */
  readonly at: number;
  readonly onNext: () => void;
}

/** Cards that are written out; with more of them only the first is, so that all can be seen. */
const WRITTEN_OUT = 2;

export function Queue({ view, onOpen, at, onNext }: QueueProps) {
  const { t } = useTranslation();
  const cards = queueOf(view);
  const boards = cards.filter(({ slot }) => slot !== null).length;
  const stopped = cards.length > boards;
  const none = t(stopped ? 'queue.stopped' : 'queue.none');
  const title = boards === 0 ? none : t(stopped ? 'queue.stoppedAnd' : 'queue.title', { count: boards });
  const shown = cards.length === 0 ? 0 : at % cards.length;
  return (
    <aside className={cards.length === 0 ? 'queue quiet' : 'queue'} aria-label={t('queue.label')}>
      <h2>{title}</h2>
      <div className="cards">
        {cards.map((card, index) => (
          <Card
            key={`${card.slot ?? ''}/${card.code ?? ''}`}
            card={card}
            whole={cards.length <= WRITTEN_OUT || index === shown}
            shown={index === shown}
            onOpen={onOpen}
            next={index === shown && cards.length > 1 ? { left: cards.length - 1, go: onNext } : null}
          />
        ))}
      </div>
      <TakeOut view={view} />
    </aside>
  );
}

interface CardProps {
  readonly card: QueueCard;
  readonly whole: boolean;
  readonly shown: boolean;
  readonly onOpen: (slot: string) => void;
  readonly next: { readonly left: number; readonly go: () => void } | null;
}

function Card({ card: { slot, look, code }, whole, shown, onOpen, next }: CardProps) {
  const { t } = useTranslation();
  const word = code === null ? t('word.need') : t(`cause.${code}.tile`);
  const title = slot === null ? t('queue.lineCard', { word }) : t('queue.card', { slot, word });
  const under = code === null ? t('queue.unknown') : t(`cause.${code}.${whole ? 'meaning' : 'hint'}`);
  const todo = code === null ? t('queue.unknownTodo') : t(`cause.${code}.todo`);
  const head = (
    <span className="hd">
      <SlotSymbol look={look} />
      <span>
        <b>{title}</b>
        <span>{under}</span>
      </span>
    </span>
  );
  return (
    <article className={`card c-${look}${shown ? ' shown' : ''}`}>
      {whole || slot === null ? (
        head
      ) : (
        <UnstyledButton aria-label={t('queue.open', { slot })} onClick={() => onOpen(slot)}>
          {head}
        </UnstyledButton>
      )}
      {whole && <p>{todo}</p>}
      {next !== null && (
        <UnstyledButton className="btn lg only-s" onClick={next.go}>
          {t('queue.next', { count: next.left })}
          <IconChevronRight className="i sm" aria-hidden="true" />
        </UnstyledButton>
      )}
    </article>
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
