// A text with its label, and under it why it cannot be taken, or what it is for.
import { type ReactNode, useId } from 'react';
import type { DraftField } from '../../view-state/lot-draft.ts';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Why it cannot be taken; null when it can. */
  readonly refusal: string | null;
  readonly hint?: string;
  /** Id of the check that stops it. */
  readonly stoppedBy: string | null;
  readonly locked: boolean;
  readonly icon?: ReactNode;
  readonly unit?: string;
  readonly note?: string;
  readonly placeholder?: string;
  readonly kind: 'code' | 'count';
  readonly field: DraftField;
  readonly labelHidden?: boolean;
}

/** What a field of the draft shows beside its value: why it cannot be taken, and the check that it stops at. */
export type FieldTexts = (field: DraftField) => Pick<TextFieldProps, 'refusal' | 'stoppedBy'>;

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, refusal, hint, stoppedBy, locked, icon, unit, note, placeholder, kind, field } =
    props;
  const id = useId();
  const under = refusal ?? hint;
  const described = [under === undefined ? null : `${id}-under`, stoppedBy].filter((one) => one !== null).join(' ');
  return (
    <div className="field">
      <label id={`${id}-name`} htmlFor={id} className={props.labelHidden ? 'unseen' : undefined}>
        {label}
      </label>
      <label htmlFor={id} className={kind === 'code' ? 'inp mono' : 'inp'}>
        {icon}
        <input
          id={id}
          type="text"
          aria-labelledby={`${id}-name`}
          data-field={field}
          className={kind === 'count' && unit !== undefined ? 'with-unit' : undefined}
          value={value}
          readOnly={locked}
          placeholder={placeholder}
          inputMode={kind === 'count' ? 'numeric' : 'text'}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={refusal !== null || (stoppedBy !== null && value !== '')}
          aria-describedby={described === '' ? undefined : described}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        {unit !== undefined && <span>{unit}</span>}
        {note !== undefined && <span className="unit">{note}</span>}
      </label>
      {under !== undefined && (
        <p id={`${id}-under`} className={refusal === null ? 'hint' : 'hint bad'}>
          {under}
        </p>
      )}
    </div>
  );
}
