// A PIN: by touch, keyboard or clipboard. Wrong ones are told in words; the station counts them, not this screen.
import { UnstyledButton } from '@mantine/core';
import { IconBackspace } from '@tabler/icons-react';
import { type SyntheticEvent, useEffect, useId, useReducer, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../domain/error-table.ts';
import { isErrorCode } from '../../../domain/errors.ts';
import type { PersonView } from '../../../domain/person.ts';
import { useKeys } from '../../components/use-keys.ts';
import type { StationFeed } from '../../station-feed.ts';
import { isWhole, pinAfter } from './pin-pad.ts';

interface PinPadProps {
  readonly person: PersonView;
  readonly feed: StationFeed;
  readonly onBack: () => void;
}

const DIGITS = [...'123456789'];

export function PinPad({ person, feed, onBack }: PinPadProps) {
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
    const answer = await feed.ask((api) => api.people.signIn({ personId: person.personId, pin }));
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
      <label htmlFor={id}>{t('signIn.pin', { name: person.name })}</label>
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
          {t('signIn.back')}
        </UnstyledButton>
      </fieldset>
      <UnstyledButton className="btn pri blk" type="submit" aria-disabled={!isWhole(pin) || asking}>
        {t('signIn.enter')}
      </UnstyledButton>
    </form>
  );
}
