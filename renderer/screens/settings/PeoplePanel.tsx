// People (UX.md section 4.8): who may use this station, and what a security officer tells of them: a new one, another role, a
// badge, a new PIN, and that one is erased, which asks first.
import { UnstyledButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../domain/person.ts';
import type { StationFacts } from '../../../domain/station-event.ts';
import { useKeys } from '../../components/use-keys.ts';
import type { StationFeed } from '../../station-feed.ts';
import { allows } from '../../view-state/permission.ts';
import { AddPerson } from './AddPerson.tsx';
import { PersonCard } from './PersonCard.tsx';
import { SaidRow } from './SaidRow.tsx';
import { useOrder } from './use-order.ts';

interface PeoplePanelProps {
  readonly facts: StationFacts;
  readonly feed: StationFeed;
  readonly nowMs: () => number;
}

export function PeoplePanel({ facts, feed, nowMs }: PeoplePanelProps) {
  const { t } = useTranslation();
  const [people, setPeople] = useState<readonly PersonView[]>([]);
  const [open, setOpen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const order = useOrder(feed);
  const look = useCallback(async () => {
    const answer = await feed.ask((api) => api.people.list());
    if (answer.ok) setPeople([...answer.value].sort((a, b) => a.name.localeCompare(b.name)));
  }, [feed]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the facts change with who is on record
  useEffect(() => void look(), [look, facts]);
  const officer = allows(facts, 'security-officer');
  const shut = () => {
    setAdding(false);
    setOpen(null);
  };
  useKeys([['Escape', adding || open !== null ? shut : null]]);
  const officers = people.filter(({ role }) => role === 'security-officer').length;
  return (
    <div className="people-panel">
      <div className="panel">
        <header className="panel-head">
          <div>
            <h2>{t('people.title', { count: people.length })}</h2>
            <p>{t(officer ? 'people.more' : 'people.others')}</p>
          </div>
          {officer && !adding && (
            <UnstyledButton
              className="btn lg"
              data-opens="add-person"
              onClick={() => {
                order.forget();
                setOpen(null);
                setAdding(true);
              }}
            >
              <IconPlus className="i sm" aria-hidden="true" />
              {t('people.add')}
            </UnstyledButton>
          )}
        </header>
        {adding && (
          <AddPerson
            language={facts.language}
            {...{ order, people }}
            onDone={() => {
              setAdding(false);
              void look();
            }}
            onCancel={() => setAdding(false)}
          />
        )}
        <SaidRow said={order.said} />
        <ul className="person-list">
          {people.map((person) => (
            <PersonCard
              key={person.personId}
              {...{ person, order, officer, nowMs }}
              last={person.role === 'security-officer' && officers === 1}
              open={open === person.personId}
              onOpen={() => {
                order.forget();
                setAdding(false);
                setOpen(open === person.personId ? null : person.personId);
              }}
              onChanged={() => void look()}
            />
          ))}
        </ul>
      </div>
    </div>
  );
}
