// A quantity between its two buttons. They step on round numbers; the figure between them may also be typed.
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatLocale } from '../../strings/format-locale.ts';
import { COUNTS, countOf, stepped } from '../../view-state/lot-draft.ts';

interface CountStepperProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly refusal: string | null;
  readonly stoppedBy: string | null;
  readonly locked: boolean;
}

export function CountStepper({ label, value, onChange, refusal, stoppedBy, locked }: CountStepperProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const [typing, setTyping] = useState(false);
  const count = countOf(value, COUNTS.quantity);
  const step = (by: 1 | -1) => {
    if (!locked) onChange(String(stepped(count ?? COUNTS.quantity.least, by, COUNTS.quantity)));
  };
  const grouped = new Intl.NumberFormat(formatLocale(i18n.language));
  const described = [refusal === null ? null : `${id}-under`, stoppedBy].filter((one) => one !== null).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="stepper">
        <button type="button" aria-label={t('setUp.fewer')} onClick={() => step(-1)}>
          −
        </button>
        <input
          id={id}
          type="text"
          data-field="quantity"
          inputMode="numeric"
          autoComplete="off"
          readOnly={locked}
          value={typing || count === null ? value : grouped.format(count)}
          aria-invalid={refusal !== null || stoppedBy !== null}
          aria-describedby={described === '' ? undefined : described}
          onFocus={() => setTyping(true)}
          onBlur={() => setTyping(false)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <button type="button" aria-label={t('setUp.more')} onClick={() => step(1)}>
          +
        </button>
      </div>
      {refusal !== null && (
        <p id={`${id}-under`} className="hint bad">
          {refusal}
        </p>
      )}
    </div>
  );
}
