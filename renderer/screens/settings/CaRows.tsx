// What stands below a CA: what is near or has come, what its key waits for, the question before it is made active, and
// what the last order came to.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SecretForm } from '../../components/SecretForm.tsx';
import { SlotSymbol } from '../../components/SlotSymbol.tsx';
import { useKeys } from '../../components/use-keys.ts';
import { caActionsFor } from '../../view-state/ca-card.ts';
import type { CaCardProps } from './ca-card-props.ts';
import type { CaText } from './use-ca-text.ts';

type CaRowsProps = CaCardProps & { readonly text: CaText };

export function CaRows({ ca, facts, sight, desk, inWork, text }: CaRowsProps) {
  const { t } = useTranslation();
  const { name, signer, warnings } = ca;
  const { secret, mayActivate } = caActionsFor(ca, facts);
  const result = sight.said?.name === name ? sight.said.result : null;
  const busy = sight.busy !== null;
  return (
    <>
      {warnings.map((code) => (
        <div className="ca-row m-need" key={code}>
          <SlotSymbol look="need" />
          <p>
            <b>{t(`cause.${code}.happened`)}</b> {t(`cause.${code}.todo`)}
          </p>
        </div>
      ))}
      {secret === 'passphrase' && (
        <div className="ca-row">
          <SecretForm
            label={t('signing.passphrase')}
            send={t('signing.unlock')}
            most={1024}
            busy={busy}
            large={false}
            onSend={(passphrase) => void desk.unlock(name, passphrase)}
          />
        </div>
      )}
      {secret === 'pin' && (
        <div className="ca-row">
          <SecretForm
            label={t('signing.pin', { token: signer.kind === 'pkcs11' ? signer.tokenLabel : name })}
            send={t('signing.open')}
            most={64}
            busy={busy}
            large={false}
            onSend={(pin) => void desk.login(name, pin)}
          />
        </div>
      )}
      {mayActivate && sight.asks === name && (
        <AskActive
          name={name}
          before={sight.cas?.find(({ state }) => state === 'active')?.name ?? null}
          onAnswer={(yes) => (yes ? void desk.activate(name, inWork) : desk.askBefore(null))}
        />
      )}
      <div role="status" className="ca-said">
        {result !== null && (
          <div className={`ca-row m-${result.kind === 'refused' ? 'fail' : 'pass'}`}>
            <SlotSymbol look={result.kind === 'refused' ? 'fail' : 'pass'} />
            <p>{text.result(result)}</p>
          </div>
        )}
      </div>
    </>
  );
}

interface AskActiveProps {
  readonly name: string;
  /** The CA that signs until then; null where none does. */
  readonly before: string | null;
  readonly onAnswer: (yes: boolean) => void;
}

/** The focus goes to the answer that changes nothing, so that a second Enter is harmless. */
function AskActive({ name, before, onAnswer }: AskActiveProps) {
  const { t } = useTranslation();
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  const answer = (yes: boolean) => {
    // The last of the card's buttons is there whatever is answered.
    keep.current?.closest('article')?.querySelector<HTMLElement>('.ca-acts .btn:last-child')?.focus();
    onAnswer(yes);
  };
  useKeys([['Escape', () => answer(false)]]);
  return (
    <div className="ca-row asks">
      <p role="alert">
        {before === null ? t('signing.ask.askFirst', { name }) : t('signing.ask.ask', { name, before })}
      </p>
      <UnstyledButton className="btn pri" onClick={() => answer(true)}>
        {t('signing.ask.yes')}
      </UnstyledButton>
      <UnstyledButton className="btn" ref={keep} onClick={() => answer(false)}>
        {t('signing.ask.no')}
      </UnstyledButton>
    </div>
  );
}
