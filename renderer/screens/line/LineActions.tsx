// The button of a card of the whole line: test again, or the passphrase of the signing key for a security officer. The
// passphrase goes to the station and is kept nowhere.
import { UnstyledButton } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../domain/error-table.ts';
import type { StationFacts } from '../../../domain/station-event.ts';
import { lineButton } from '../../view-state/card-choices.ts';
import { useRefusalText } from './use-card-text.ts';
import type { Orders } from './use-orders.ts';

interface LineActionsProps {
  readonly code: ErrorCode | null;
  readonly facts: StationFacts;
  readonly orders: Orders;
}

export function LineActions({ code, facts, orders: { ofLine, lookAgain, unlock } }: LineActionsProps) {
  const { t } = useTranslation();
  const refusalText = useRefusalText();
  const button = lineButton(code, facts);
  if (button === null) return null;
  return (
    <div className="acts">
      {button === 'unlock' ? (
        <Passphrase busy={ofLine.busy} onUnlock={unlock} />
      ) : (
        <div className="one">
          <UnstyledButton className="btn lg pri" aria-disabled={ofLine.busy} onClick={lookAgain}>
            {t(ofLine.busy ? 'cards.busy' : 'cards.testAgain')}
          </UnstyledButton>
        </div>
      )}
      {ofLine.refusal !== null && (
        <p className="refusal" role="status">
          {refusalText(ofLine.refusal)}
        </p>
      )}
    </div>
  );
}

interface PassphraseProps {
  readonly busy: boolean;
  readonly onUnlock: (passphrase: string) => void;
}

function Passphrase({ busy, onUnlock }: PassphraseProps) {
  const { t } = useTranslation();
  const id = useId();
  const submit = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const passphrase = new FormData(form).get('passphrase');
    if (busy || typeof passphrase !== 'string' || passphrase === '') return;
    form.reset();
    onUnlock(passphrase);
  };
  return (
    <form className="unlock" onSubmit={submit}>
      <label htmlFor={id}>{t('cards.passphrase')}</label>
      <input id={id} name="passphrase" type="password" autoComplete="off" maxLength={1024} />
      <UnstyledButton type="submit" className="btn lg pri" aria-disabled={busy}>
        {t(busy ? 'cards.busy' : 'cards.unlock')}
      </UnstyledButton>
    </form>
  );
}
