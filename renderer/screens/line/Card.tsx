// One card of the queue: symbol, what happened, what it means, one sentence, one button (UX.md section 6). With many of
// them only one is written out; the others are a button that writes them out.
import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LabelsView } from '../../../domain/labels-view.ts';
import type { StationFacts } from '../../../domain/station-event.ts';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { choicesOf, isLabelCard, type LineButton, lineButton } from '../../view-state/card-choices.ts';
import { cardKey, isLineStop, type QueueCard } from '../../view-state/queue.ts';
import { CardActions } from './CardActions.tsx';
import { LineActions } from './LineActions.tsx';
import { useCardText } from './use-card-text.ts';
import type { Orders } from './use-orders.ts';

interface CardProps {
  readonly card: QueueCard;
  readonly facts: StationFacts;
  readonly labels: LabelsView;
  readonly orders: Orders;
  /** Written out. */
  readonly whole: boolean;
  /** The one that a narrow window shows. */
  readonly shown: boolean;
  /** Answered or solved: it holds its place for a moment, and takes nothing. */
  readonly gone?: boolean;
  readonly onShow: () => void;
  /** In a narrow window: how many more there are, and the way to them. */
  readonly next: { readonly left: number; readonly go: () => void } | null;
}

export function Card({ card, facts, labels, orders, whole, shown, gone = false, onShow, next }: CardProps) {
  const { t } = useTranslation();
  const { slot, look, code, sinceMs } = card;
  const { word, meaning, todo, hint } = useCardText()(card);
  const ofLine = isLineStop(card) ? t('queue.lineCard', { word }) : word;
  const ofSlot = (name: string) => t(isTaught(name) ? 'queue.cardNamed' : 'queue.card', { slot: name, word });
  const title = slot === null ? ofLine : ofSlot(slot);
  const head = (
    <span className="hd">
      <SlotSymbol look={look} />
      <span>
        <b>{title}</b>
        <span>{whole ? meaning : hint}</span>
      </span>
    </span>
  );
  return (
    <article className={`card m-${look}${shown ? ' shown' : ''}`} tabIndex={-1} data-card={cardKey(card)} inert={gone}>
      {whole ? (
        head
      ) : (
        <UnstyledButton aria-label={t('queue.open', { title })} onClick={onShow}>
          {head}
        </UnstyledButton>
      )}
      {whole && (
        <>
          {!(slot === null && isCalled(lineButton(code, facts))) && <p>{todo}</p>}
          {slot === null || isLabelCard(code) ? (
            <LineActions {...{ code, facts, labels, orders }} />
          ) : (
            <CardActions
              slot={slot}
              code={code}
              choices={choicesOf(card, facts)}
              order={orders.of({ slot, sinceMs })}
              onCommand={(command, reason) => void orders.command({ slot, sinceMs }, command, reason)}
            />
          )}
        </>
      )}
      {next !== null && (
        <UnstyledButton className="btn lg only-s next" onClick={next.go}>
          {t('queue.next', { count: next.left })}
          <IconChevronRight className="i sm" aria-hidden="true" />
        </UnstyledButton>
      )}
    </article>
  );
}

/** A name of a taught slot stands for itself; a number alone says nothing. */
function isTaught(slot: string): boolean {
  return /^[A-Z]/.test(slot);
}

/** Whoever its sentence would call is here. */
function isCalled(button: LineButton | null): boolean {
  return button !== null && !['test-again', 'print-waiting', 'print-again'].includes(button);
}
