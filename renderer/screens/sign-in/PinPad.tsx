// A PIN: by touch, keyboard or clipboard. Wrong ones are told in words; the station counts them, not this screen.
import { UnstyledButton } from '@mantine/core';
import { IconBackspace } from '@tabler/icons-react';
import { type SyntheticEvent, useEffect, useId, useReducer, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../domain/error-table.ts';
import { isErrorCode } from '../../../domain/errors.ts';
import type { Answer } from '../../answer.ts';
import { useKeys } from '../../components/use-keys.ts';
import { isWhole, pinAfter } from './pin-pad.ts';

interface PinPadProps {
  /** Whose PIN, and what it does. */
  readonly label: string;
  readonly enter: string;
  /** Of the key that leaves it. */
  readonly back: string;
  readonly send: (pin: string) => Promise<Answer<unknown>>;
  readonly onBack: () => void;
}

const DIGITS = [...'123456789'];

export function PinPad({ label, enter: does, back, send, onBack }: PinPadProps) {
  const { t } = useTranslation();
  const [pin, press] = useReducer(pinAfter, '');
  const [refusedBy, setRefusedBy] = useState<ErrorCode | null>(null);
  const [asking, setAsking] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => field.current?.focus(), []);
  useKeys([['Escape', onBack]]);
  const enter = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!isWhole(pin) || asking) return;
    setAsking(true);
    const answer = await send(pin);
    setAsking(false);
    press({ kind: 'clear' });
    setRefusedBy(answer.ok ? null : isErrorCode(answer.code) ? answer.code : 'STATION_GONE');
    field.current?.focus();
  };
  const digit = (each: string) => (
    <UnstyledButton key={each} className="btn" onClick={() => press({ kind: 'digit', digit: each })}>
      {each}
    </UnstyledButton>
  );
  return (
    <form className="pin-pad" onSubmit={(event) => void enter(event)}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        ref={field}
        type="password"
        inputMode="none"
        autoComplete="off"
        aria-describedby={`${id}-why`}
        value={pin}
        onChange={(event) => press({ kind: 'write', text: event.currentTarget.value })}
      />
      <p id={`${id}-why`} role="alert">
        {refusedBy !== null &&
          t('refused', { happened: t(`cause.${refusedBy}.happened`), todo: t(`cause.${refusedBy}.todo`) })}
      </p>
      <fieldset className="keys" aria-label={t('signIn.digits')}>
        {DIGITS.map(digit)}
        <UnstyledButton className="btn" aria-label={t('signIn.erase')} onClick={() => press({ kind: 'erase' })}>
          <IconBackspace className="i" aria-hidden="true" />
        </UnstyledButton>
        {digit('0')}
        <UnstyledButton className="btn" onClick={onBack}>
          {back}
        </UnstyledButton>
      </fieldset>
      <UnstyledButton className="btn pri blk" type="submit" aria-disabled={!isWhole(pin) || asking}>
        {does}
      </UnstyledButton>
    </form>
  );
}
