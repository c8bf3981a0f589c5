// Why a lot is held, or goes on: the station keeps it with the name of who said so.
import { UnstyledButton } from '@mantine/core';
import { type SyntheticEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Letters of contract/station-api.ts. */
const MOST = 200;

interface ReasonFormProps {
  readonly command: 'hold' | 'release';
  readonly busy: boolean;
  readonly onSend: (because: string | null) => void;
  readonly onCancel: () => void;
}

export function ReasonForm({ command, busy, onSend, onCancel }: ReasonFormProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => field.current?.focus(), []);
  const said = reason.trim();
  // A hold without a reason is a pause, which the Line's own button makes and anybody may end.
  const may = !busy && (said !== '' || command === 'release');
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (may) onSend(said === '' ? null : said);
  };
  return (
    <form className="lot-ask" onSubmit={send}>
      <label htmlFor={id}>{t(`lotPage.reason.${command}`)}</label>
      <input
        id={id}
        ref={field}
        type="text"
        maxLength={MOST}
        autoComplete="off"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="lot-ask-acts">
        <UnstyledButton className="btn pri" type="submit" aria-disabled={!may}>
          {t(`lotPage.reason.${command}Now`)}
        </UnstyledButton>
        <UnstyledButton className="btn" onClick={onCancel}>
          {t('lotPage.reason.cancel')}
        </UnstyledButton>
      </div>
    </form>
  );
}
