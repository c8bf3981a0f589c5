// The languages of the screen, each named in itself, so that whoever reads no other one finds theirs.
import { UnstyledButton } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Language } from '../../domain/person.ts';
import { LANGUAGE_NAMES } from '../strings/language-names.ts';

interface LanguageChoiceProps {
  readonly chosen: Language;
  readonly onChoose: (language: Language) => void;
}

export function LanguageChoice({ chosen, onChoose }: LanguageChoiceProps) {
  const { t } = useTranslation();
  const name = useId();
  return (
    <div className="choice languages">
      <span id={name}>{t('person.language')}</span>
      <fieldset aria-labelledby={name}>
        {Language.options.map((language) => (
          <UnstyledButton
            key={language}
            className={language === chosen ? 'btn pri' : 'btn'}
            aria-pressed={language === chosen}
            lang={language}
            translate="no"
            onClick={() => onChoose(language)}
          >
            {LANGUAGE_NAMES[language]}
          </UnstyledButton>
        ))}
      </fieldset>
    </div>
  );
}
