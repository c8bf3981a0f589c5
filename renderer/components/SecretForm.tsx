// A passphrase or PIN on its way to the station: no browser keeps it, no page state holds it, and the field is empty
// again once it is sent, once the focus goes elsewhere, and once the form is left.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface SecretFormProps {
  readonly label: string;
  /** Of its button. */
  readonly send: string;
  /** Most characters (contract/signing-api.ts). */
  readonly most: number;
  readonly busy: boolean;
  /** As large as gloves need on the Line. */
  readonly large: boolean;
  readonly onSend: (secret: string) => void;
}

export function SecretForm({ label, send, most, busy, large, onSend }: SecretFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const button = large ? 'btn lg pri' : 'btn pri';
  useEffect(() => {
    const { current } = field;
    return () => forget(current);
  }, []);
  const submit = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const secret = field.current?.value ?? '';
    if (busy || secret === '') return;
    forget(field.current);
    onSend(secret);
  };
  const leave = ({ currentTarget, relatedTarget }: React.FocusEvent<HTMLFormElement>) => {
    // To nowhere is no leaving: an input method and a scan let go of the field for a moment.
    if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) forget(field.current);
  };
  return (
    <form className="unlock" autoComplete="off" onSubmit={submit} onBlur={leave}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        ref={field}
        type="password"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={most}
      />
      <UnstyledButton type="submit" className={button} aria-disabled={busy}>
        {busy ? t('cards.busy') : send}
      </UnstyledButton>
    </form>
  );
}

function forget(field: HTMLInputElement | null): void {
  if (field !== null) field.value = '';
}
