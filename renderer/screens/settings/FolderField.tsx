// Where a file goes: a folder of this computer, or none, for the station's own.
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

interface FolderFieldProps {
  readonly value: string;
  readonly onWrite: (text: string) => void;
}

export function FolderField({ value, onWrite }: FolderFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="folder-field">
      <label htmlFor={id}>{t('diagnostics.folder')}</label>
      <input
        id={id}
        type="text"
        className="mono"
        autoComplete="off"
        spellCheck={false}
        maxLength={4096}
        placeholder={t('diagnostics.ownFolder')}
        value={value}
        onChange={(event) => onWrite(event.currentTarget.value)}
      />
    </div>
  );
}
