// A question in the place of the buttons that led to it. The focus goes to the answer that changes nothing, so that a
// second Enter is harmless, and back to the row when it is given.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useFocusBack } from './use-focus-back.ts';

interface AskInPlaceProps {
  readonly ask: string;
  readonly yes: string;
  readonly no: string;
  readonly onAnswer: (yes: boolean) => void;
}

export function AskInPlace({ ask, yes, no, onAnswer }: AskInPlaceProps) {
  const keep = useRef<HTMLButtonElement>(null);
  useFocusBack(keep);
  useEffect(() => keep.current?.focus(), []);
  const answer = (said: boolean) => {
    keep.current?.closest('li')?.querySelector<HTMLElement>('[data-head], [data-lot]')?.focus();
    onAnswer(said);
  };
  return (
    <div className="lot-acts asks">
      <p role="alert">{ask}</p>
      <UnstyledButton className="btn pri" onClick={() => answer(true)}>
        {yes}
      </UnstyledButton>
      <UnstyledButton className="btn" ref={keep} onClick={() => answer(false)}>
        {no}
      </UnstyledButton>
    </div>
  );
}
