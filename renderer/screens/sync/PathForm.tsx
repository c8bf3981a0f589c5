// The path of a file or folder that the station reads or writes: the page itself has no file system.
import { UnstyledButton } from '@mantine/core';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface PathFormProps {
  readonly label: string;
  readonly hint: string | null;
  readonly send: string;
  readonly busy: boolean;
  /** Filled in at first. */
  readonly start?: string;
  readonly onSend: (path: string) => void;
}

export function PathForm({ label, hint, send, busy, start = '', onSend }: PathFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const path = field.current?.value.trim() ?? '';
    if (path === '') field.current?.focus();
    else if (!busy) onSend(path);
  };
  return (
    <form className="path-form" onSubmit={submit}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        ref={field}
        type="text"
        className="mono"
        autoComplete="off"
        spellCheck={false}
        maxLength={4096}
        defaultValue={start}
        aria-describedby={hint === null ? undefined : `${id}-hint`}
      />
      <UnstyledButton className="btn" type="submit" aria-disabled={busy}>
        {busy ? t('cards.busy') : send}
      </UnstyledButton>
      {hint !== null && <p id={`${id}-hint`}>{hint}</p>}
    </form>
  );
}
