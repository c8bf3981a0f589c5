// Who is here, in the top bar, and behind it what follows them: light or dark, sound, sign out (UX.md sections 2 and 3).
import { UnstyledButton } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { IconUser } from '@tabler/icons-react';
import { memo, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../domain/person.ts';
import { initials } from '../view-state/initials.ts';
import { PersonPanel, type PersonPanelProps } from './PersonPanel.tsx';
import { useKeys } from './use-keys.ts';

interface PersonMenuProps extends PersonPanelProps {
  readonly person: PersonView | null;
  readonly stationId: string;
}

export const PersonMenu = memo(PersonMenuOf);

function PersonMenuOf({ person, stationId: station, ...rest }: PersonMenuProps) {
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
        aria-label={t('person.menu', { name, under })}
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
        {open && <PersonPanel {...rest} />}
      </div>
    </div>
  );
}
