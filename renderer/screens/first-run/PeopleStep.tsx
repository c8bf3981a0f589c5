// People: the first security officer, who is required, and whoever else works here. Names and PINs stay in this page
// until the station is made.
import { UnstyledButton } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../../domain/person.ts';
import { initials } from '../../view-state/initials.ts';
import { PersonFields } from './PersonFields.tsx';
import { StepHead } from './StepHead.tsx';
import type { FirstRunAct, FirstRunState } from './steps.ts';

interface PeopleStepProps {
  readonly state: FirstRunState;
  readonly act: (act: FirstRunAct) => void;
  /** Of the window: a new person's, unless another is chosen. */
  readonly language: Language;
}

export function PeopleStep({ state: { people, officerAsked }, act, language }: PeopleStepProps) {
  const { t } = useTranslation();
  return (
    <>
      <StepHead
        title={t('firstRun.people.title')}
        more={t(people.length === 0 ? 'firstRun.people.officer' : 'firstRun.people.more')}
      />
      {officerAsked && (
        <p className="asked" role="alert">
          {t('firstRun.people.needed')}
        </p>
      )}
      <div className="people">
        <PersonFields
          key={people.length}
          people={people}
          language={language}
          onAdd={(person) => act({ type: 'person', person })}
        />
        {people.length > 0 && (
          <section className="panel" aria-label={t('firstRun.people.onList')}>
            <h3>{t('firstRun.people.onList')}</h3>
            <ul>
              {people.map((person, index) => (
                <li key={person.name}>
                  <span className="avatar" aria-hidden="true">
                    {initials(person.name)}
                  </span>
                  <span className="words">
                    <b>{person.name}</b>
                    <small>{t(`role.${person.role}`)}</small>
                    <small>{t(person.badge === null ? 'firstRun.people.withPin' : 'firstRun.people.withBadge')}</small>
                  </span>
                  <UnstyledButton
                    className="btn"
                    aria-label={t('firstRun.people.remove', { name: person.name })}
                    onClick={() => act({ type: 'forget', index })}
                  >
                    <IconTrash className="i sm" aria-hidden="true" />
                  </UnstyledButton>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}
