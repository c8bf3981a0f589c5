// Who is here, in the top bar, and behind it what follows them: light or dark, sound, sign out (UX.md sections 2 and 3).
import { UnstyledButton } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { IconUser } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PersonView, Theme } from '../../domain/person.ts';
import { initials } from '../view-state/initials.ts';
import { Choice } from './Choice.tsx';
import { useKeys } from './use-keys.ts';
import type { Preferring } from './use-preferences.ts';

interface PersonMenuProps extends Preferring {
  readonly person: PersonView | null;
  readonly stationId: string;
  /** Null where nobody is signed in. */
  readonly onSignOut: (() => void) | null;
  /** Lets the level be heard. */
  readonly onTestSound: () => void;
}

const LOUDNESS = { silent: 0, low: 0.25, medium: 0.5, loud: 1 } as const;
type Loudness = keyof typeof LOUDNESS;
const LEVELS = Object.keys(LOUDNESS) as Loudness[];

export function PersonMenu({ person, stationId: station, ...rest }: PersonMenuProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const area = useClickOutside<HTMLDivElement>(() => setOpen(false));
  const panel = useId();
  const name = person?.name ?? t('person.nobody');
  const bench = t('person.bench', { station });
  const under = person === null ? bench : t('person.roleAtBench', { role: t(`role.${person.role}`), bench });
  const shut = () => {
    setOpen(false);
    button.current?.focus();
  };
  useKeys([['Escape', open ? shut : null]]);
  return (
    <div className="person" ref={area}>
      <UnstyledButton
        className="who"
        ref={button}
        aria-expanded={open}
        aria-controls={panel}
        onClick={() => setOpen(!open)}
      >
        <span className="avatar" aria-hidden="true">
          {person === null ? <IconUser className="i" /> : initials(person.name)}
        </span>
        <span className="words">
          <b>{name}</b>
          <small>{under}</small>
        </span>
      </UnstyledButton>
      <div className="person-panel" id={panel} hidden={!open}>
        {open && <Panel {...rest} />}
      </div>
    </div>
  );
}

function Panel({ preferences, prefer, onSignOut, onTestSound }: Omit<PersonMenuProps, 'person' | 'stationId'>) {
  const { t } = useTranslation();
  const away = (level: Loudness) => Math.abs(LOUDNESS[level] - preferences.sound);
  const level = LEVELS.reduce((nearest, each) => (away(each) < away(nearest) ? each : nearest));
  return (
    <>
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
          {t('person.signOut')} <kbd>Ctrl+L</kbd>
        </UnstyledButton>
      )}
    </>
  );
}
