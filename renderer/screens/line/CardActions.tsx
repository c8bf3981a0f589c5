// What a card or a slot's detail offers: one button, and the rarer choices behind "…", opened in place so that they never
// cover a slot. Switching a slot off asks why first (UX.md sections 4.3 and 6).
import { UnstyledButton } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../domain/error-table.ts';
import { OffReason, type SlotCommand } from '../../../domain/station-event.ts';
import { useKeys } from '../../components/use-keys.ts';
import { type CardChoices, hasOwnWord, offReasonOf } from '../../view-state/card-choices.ts';
import type { OrderState } from '../../view-state/order-desk.ts';
import { useRefusalText } from './use-card-text.ts';

interface CardActionsProps {
  readonly slot: string;
  readonly code: ErrorCode | null;
  readonly choices: CardChoices;
  readonly order: OrderState;
  readonly onCommand: (command: SlotCommand, reason: OffReason | null) => void;
}

export function CardActions({ slot, code, choices: { main, rest }, order, onCommand }: CardActionsProps) {
  const { t } = useTranslation();
  const refusalText = useRefusalText();
  const [open, setOpen] = useState<'no' | 'more' | 'why'>('no');
  const more = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen('no');
    more.current?.focus();
  };
  const choose = (command: SlotCommand, reason: OffReason | null = null) => {
    // The choice that had the focus goes.
    if (open !== 'no') more.current?.focus();
    if (command === 'switch-off' && reason === null) return setOpen('why');
    setOpen('no');
    onCommand(command, reason);
  };
  useKeys([['Escape', open === 'no' ? null : close]]);
  if (main === null && rest.length === 0) return null;
  return (
    <div className={`acts open-${open}`}>
      <div className="one">
        {main !== null && (
          <UnstyledButton
            className="btn lg pri"
            aria-disabled={order.busy}
            onClick={() => !order.busy && choose(main, main === 'switch-off' ? offReasonOf(code) : null)}
          >
            {order.busy ? t('cards.busy') : hasOwnWord(main, code) ? t(`cause.${code}.button`) : t(`cards.do.${main}`)}
          </UnstyledButton>
        )}
        {rest.length > 0 && (
          <UnstyledButton
            ref={more}
            className="btn lg more"
            aria-label={t('cards.more')}
            aria-expanded={open !== 'no'}
            onClick={() => setOpen(open === 'no' ? 'more' : 'no')}
          >
            <IconDots className="i" aria-hidden="true" />
          </UnstyledButton>
        )}
      </div>
      {open === 'more' && (
        <ul className="choices">
          {rest.map((command) => (
            <Choice key={command} text={t(`cards.do.${command}`)} onChoose={() => choose(command)} />
          ))}
        </ul>
      )}
      {open === 'why' && <OffReasons slot={slot} onChoose={(reason) => choose('switch-off', reason)} />}
      {order.refusal !== null && (
        <p className="refusal" role="status">
          {refusalText(order.refusal)}
        </p>
      )}
    </div>
  );
}

interface OffReasonsProps {
  readonly slot: string;
  readonly onChoose: (reason: OffReason) => void;
}

function OffReasons({ slot, onChoose }: OffReasonsProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="why">
      <legend>{t('cards.why', { slot })}</legend>
      <ul className="choices">
        {OffReason.options.map((reason) => (
          <Choice key={reason} text={t(`cards.off.${reason}`)} onChoose={() => onChoose(reason)} />
        ))}
      </ul>
    </fieldset>
  );
}

function Choice({ text, onChoose }: { readonly text: string; readonly onChoose: () => void }) {
  return (
    <li>
      <UnstyledButton className="btn" onClick={onChoose}>
        {text}
      </UnstyledButton>
    </li>
  );
}
