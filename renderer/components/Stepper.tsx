// A small whole number between two buttons, with its name above.
import { UnstyledButton } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useId } from 'react';

interface StepperProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly fewer: string;
  readonly more: string;
  readonly onChange: (value: number) => void;
}

export function Stepper({ label, value, least, most, fewer, more, onChange }: StepperProps) {
  const id = useId();
  const step = (by: number) => onChange(Math.min(most, Math.max(least, value + by)));
  return (
    <div className="stepper">
      <span id={id}>{label}</span>
      <div>
        <UnstyledButton className="btn" aria-label={fewer} aria-disabled={value === least} onClick={() => step(-1)}>
          <IconMinus className="i sm" aria-hidden="true" />
        </UnstyledButton>
        <output aria-labelledby={id}>{value}</output>
        <UnstyledButton className="btn" aria-label={more} aria-disabled={value === most} onClick={() => step(1)}>
          <IconPlus className="i sm" aria-hidden="true" />
        </UnstyledButton>
      </div>
    </div>
  );
}
