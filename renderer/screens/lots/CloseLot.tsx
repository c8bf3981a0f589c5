// The close of a lot: what it leaves open, and the PIN of who closes it. Where nobody is on record, two buttons.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotPage } from '../../../contract/lot-page-api.ts';
import type { PersonView } from '../../../domain/person.ts';
import type { Answer } from '../../answer.ts';
import { closeResult } from '../../view-state/lot-closing.ts';
import { PinPad } from '../sign-in/PinPad.tsx';

interface CloseLotProps {
  readonly page: LotPage;
  /** Who closes it; null where nobody is on record. */
  readonly person: PersonView | null;
  readonly onClose: (pin: string | null) => Promise<Answer<unknown>>;
  readonly onKeep: () => void;
}

export function CloseLot({ page, person, onClose, onKeep }: CloseLotProps) {
  const { lot, away } = page;
  const { t } = useTranslation();
  const keep = useRef<HTMLButtonElement>(null);
  // The focus goes to the answer that changes nothing; a PIN pad takes it to its field.
  useEffect(() => keep.current?.focus(), []);
  return (
    <section className="panel close-lot" aria-labelledby="close-title">
      <h2 id="close-title">{t('lotPage.close.title', { lot: lot.lotId })}</h2>
      <p>{t('lotPage.close.ask', { count: closeResult(page).open })}</p>
      {away > 0 && <p>{t('lotPage.close.away', { count: away })}</p>}
      <p>{t('lotPage.close.forEver')}</p>
      {person === null ? (
        <div className="lot-ask-acts">
          <UnstyledButton className="btn pri" onClick={() => void onClose(null)}>
            {t('lotPage.close.yes')}
          </UnstyledButton>
          <UnstyledButton className="btn" ref={keep} onClick={onKeep}>
            {t('lotPage.close.no')}
          </UnstyledButton>
        </div>
      ) : (
        <PinPad
          label={t('lotPage.close.pin', { name: person.name })}
          enter={t('lotPage.close.yes')}
          back={t('lotPage.close.no')}
          send={onClose}
          onBack={onKeep}
        />
      )}
    </section>
  );
}
