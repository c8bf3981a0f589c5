// Where the printer is, by its kind.
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { TypedPrinter } from '../../view-state/label-printer.ts';

interface PrinterFieldsProps {
  readonly typed: TypedPrinter;
  readonly onType: (change: Partial<TypedPrinter>) => void;
}

export function PrinterFields({ typed: { kind, host, port, name }, onType }: PrinterFieldsProps) {
  const { t } = useTranslation();
  if (kind === 'none') return <p className="hint">{t('labels.panel.noneMore')}</p>;
  if (kind === 'system')
    return (
      <Fields hint={t('labels.panel.nameMore')}>
        <Field label={t('labels.panel.name')} value={name} most={127} onType={(text) => onType({ name: text })} />
      </Fields>
    );
  return (
    <Fields hint={t('labels.panel.networkMore')}>
      <Field label={t('labels.panel.host')} value={host} most={253} mono onType={(text) => onType({ host: text })} />
      <Field
        label={t('labels.panel.port')}
        value={port}
        most={5}
        mono
        narrow
        onType={(text) => onType({ port: text })}
      />
    </Fields>
  );
}

function Fields({ hint, children }: { readonly hint: string; readonly children: ReactNode }) {
  return (
    <>
      <div className="row fields">{children}</div>
      <p className="hint">{hint}</p>
    </>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly most: number;
  readonly mono?: boolean;
  readonly narrow?: boolean;
  readonly onType: (text: string) => void;
}

function Field({ label, value, most, mono = false, narrow = false, onType }: FieldProps) {
  const id = useId();
  return (
    <div className={narrow ? 'narrow' : 'wide'}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        className={mono ? 'mono' : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={most}
        value={value}
        onChange={(event) => onType(event.currentTarget.value)}
      />
    </div>
  );
}
