// A copy that would replace the open draft asks first, in the place of the buttons that led to it. The focus goes to the
// answer that changes nothing, so that a second Enter is harmless.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface CopyLotProps {
  readonly lotId: string;
  readonly onAnswer: (yes: boolean) => void;
}

export function CopyLot({ lotId, onAnswer }: CopyLotProps) {
  const { t } = useTranslation();
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <div className="lot-ask">
      <p role="alert">{t('lots.copyAsk.ask', { lot: lotId })}</p>
      <div className="lot-ask-acts">
        <UnstyledButton className="btn pri" onClick={() => onAnswer(true)}>
          {t('lots.copyAsk.yes')}
        </UnstyledButton>
        <UnstyledButton className="btn" ref={keep} onClick={() => onAnswer(false)}>
          {t('lots.copyAsk.no')}
        </UnstyledButton>
      </div>
    </div>
  );
}
