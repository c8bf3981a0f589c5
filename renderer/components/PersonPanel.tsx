// What follows a person: language, light or dark, and how loud; and the way out.
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Theme } from '../../domain/person.ts';
import { Choice } from './Choice.tsx';
import { LanguageChoice } from './LanguageChoice.tsx';
import type { Preferring } from './use-preferences.ts';

export interface PersonPanelProps extends Preferring {
  /** Null where nobody is signed in. */
  readonly onSignOut: (() => void) | null;
  /** Lets the level be heard. */
  readonly onTestSound: () => void;
}

const LOUDNESS = { silent: 0, low: 0.25, medium: 0.5, loud: 1 } as const;
type Loudness = keyof typeof LOUDNESS;
const LEVELS = Object.keys(LOUDNESS) as Loudness[];

export function PersonPanel({ preferences, prefer, onSignOut, onTestSound }: PersonPanelProps) {
  const { t } = useTranslation();
  const away = (level: Loudness) => Math.abs(LOUDNESS[level] - preferences.sound);
  const level = LEVELS.reduce((nearest, each) => (away(each) < away(nearest) ? each : nearest));
  return (
    <>
      <LanguageChoice chosen={preferences.language} onChoose={(language) => prefer({ language })} />
      <Choice
        label={t('person.theme')}
        of={Theme.options.map((theme) => [theme, t(`person.themes.${theme}`)])}
        chosen={preferences.theme}
        onChoose={(theme) => prefer({ theme })}
      />
      <Choice
        label={t('person.sound')}
        of={LEVELS.map((each) => [each, t(`person.levels.${each}`)])}
        chosen={level}
        onChoose={(each) => prefer({ sound: LOUDNESS[each] })}
      />
      <UnstyledButton className="btn blk" onClick={onTestSound}>
        {t('person.testSound')}
      </UnstyledButton>
      {onSignOut !== null && (
        <UnstyledButton className="btn blk" onClick={onSignOut}>
          {t('person.signOut')} <kbd>{t('help.keyMap.out.key')}</kbd>
        </UnstyledButton>
      )}
    </>
  );
}
