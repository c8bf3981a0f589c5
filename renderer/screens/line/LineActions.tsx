// The button of a card of the whole line: test again, copy now, or, for a security officer, the passphrase or PIN of the
// signing key, which goes to the station and is kept nowhere, or the way to Signing.
import { UnstyledButton } from '@mantine/core';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../domain/error-table.ts';
import type { LabelsView } from '../../../domain/labels-view.ts';
import type { StationFacts } from '../../../domain/station-event.ts';
import { PlaceContext } from '../../components/page.ts';
import { SecretForm } from '../../components/SecretForm.tsx';
import { lineButton } from '../../view-state/card-choices.ts';
import { lineOrder } from '../../view-state/line-order.ts';
import { useRefusalText } from './use-card-text.ts';
import type { Orders } from './use-orders.ts';

interface LineActionsProps {
  readonly code: ErrorCode | null;
  readonly facts: StationFacts;
  readonly labels: LabelsView;
  readonly orders: Orders;
}

export function LineActions({ code, facts, labels, orders }: LineActionsProps) {
  const { t } = useTranslation();
  const { lookAgain, unlock, login, copyNow } = orders;
  const go = useContext(PlaceContext);
  const refusalText = useRefusalText();
  const button = lineButton(code, facts);
  if (button === null) return null;
  const order = orders.ofLine(lineOrder(button, labels));
  const printWords = (which: 'print-waiting' | 'print-again') =>
    which === 'print-again' ? t('labels.again') : t('labels.printWaiting', { count: labels.waiting });
  return (
    <div className="acts">
      {button === 'unlock' && (
        <SecretForm
          label={t('cards.passphrase')}
          send={t('cards.unlock')}
          most={1024}
          busy={order.busy}
          large
          onSend={unlock}
        />
      )}
      {button === 'pin' && (
        <SecretForm label={t('cards.pin')} send={t('cards.open')} most={64} busy={order.busy} large onSend={login} />
      )}
      {button === 'signing' && (
        <div className="one">
          <UnstyledButton className="btn lg pri" onClick={() => go('settings')}>
            {t('cards.toSigning')}
          </UnstyledButton>
        </div>
      )}
      {button === 'copy' && (
        <div className="one">
          <UnstyledButton className="btn lg pri" aria-disabled={order.busy} onClick={() => copyNow(() => go('sync'))}>
            {order.busy ? t('cards.busy') : t('cause.NOT_COPIED.button')}
          </UnstyledButton>
        </div>
      )}
      {button === 'test-again' && (
        <div className="one">
          <UnstyledButton className="btn lg pri" aria-disabled={order.busy} onClick={lookAgain}>
            {t(order.busy ? 'cards.busy' : 'cards.testAgain')}
          </UnstyledButton>
        </div>
      )}
      {(button === 'print-waiting' || button === 'print-again') && (
        <div className="one">
          <UnstyledButton
            className="btn lg pri"
            aria-disabled={order.busy}
            onClick={() => {
              if (button === 'print-waiting') orders.printWaiting();
              else if (labels.mismatch !== null) orders.print(labels.mismatch.expected);
            }}
          >
            {order.busy ? t('cards.busy') : printWords(button)}
          </UnstyledButton>
        </div>
      )}
      {order.refusal !== null && (
        <p className="refusal" role="status">
          {refusalText(order.refusal, order.detail)}
        </p>
      )}
    </div>
  );
}
