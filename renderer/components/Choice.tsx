// One of a few, as buttons in a row: the chosen one is ink.
import { UnstyledButton } from '@mantine/core';
import { useId } from 'react';

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly of: readonly (readonly [T, string])[];
  readonly chosen: T;
  readonly onChoose: (value: T) => void;
}

export function Choice<T extends string>({ label, of, chosen, onChoose }: ChoiceProps<T>) {
  const name = useId();
  return (
    <div className="choice">
      <span id={name}>{label}</span>
      <fieldset aria-labelledby={name}>
        {of.map(([value, text]) => (
          <UnstyledButton
            key={value}
            className={value === chosen ? 'btn pri' : 'btn'}
            aria-pressed={value === chosen}
            onClick={() => onChoose(value)}
          >
            {text}
          </UnstyledButton>
        ))}
      </fieldset>
    </div>
  );
}
