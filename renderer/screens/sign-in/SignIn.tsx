// Sign in: one scan and you work; or a name and a PIN (UX.md section 4.1). The slots stay in sight, so that a signed-out
// station still tells the hall how it stands.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../domain/person.ts';
import type { StationFeed } from '../../station-feed.ts';
import { initials } from '../../view-state/initials.ts';
import type { StationView } from '../../view-state/station-view.ts';
import { BadgePicture } from './BadgePicture.tsx';
import { PinPad } from './PinPad.tsx';
import { SlotsNow } from './SlotsNow.tsx';
import './sign-in.css';

interface SignInProps {
  readonly view: StationView;
  readonly feed: StationFeed;
  readonly nowMs: () => number;
}

/** UX.md section 4.1. */
const MOST_RECENT = 6;

export function SignIn({ view, feed, nowMs }: SignInProps) {
  const { t } = useTranslation();
  const people = usePeople(feed);
  const [touched, setChosen] = useState<PersonView | null>(null);
  // A badge that was shown goes before a name that was touched.
  const { pinFor } = view.facts;
  const chosen = pinFor ?? touched;
  const back = () => {
    setChosen(null);
    if (pinFor !== null) void feed.ask((api) => api.people.signOut());
  };
  return (
    <main className="main sign-in">
      <section className="sign-in-how">
        <div className="sign-in-badge">
          <BadgePicture />
          <h2>{t('signIn.title')}</h2>
        </div>
        {chosen !== null && (pinFor !== null || !needsBadge(chosen)) ? (
          <PinPad
            key={chosen.personId}
            label={t('signIn.pin', { name: chosen.name })}
            enter={t('signIn.enter')}
            back={t('signIn.back')}
            send={(pin) => feed.ask((api) => api.people.signIn({ personId: chosen.personId, pin }))}
            onBack={back}
          />
        ) : (
          people.length > 0 && <People people={people} refused={touched !== null} onChoose={setChosen} />
        )}
      </section>
      <SlotsNow view={view} nowMs={nowMs} />
    </main>
  );
}

/** A name alone opens the PIN pad of a technician, and of whoever has no badge yet. */
function needsBadge({ role, hasBadge }: PersonView): boolean {
  return role !== 'technician' && hasBadge;
}

interface PeopleProps {
  readonly people: readonly PersonView[];
  /** The one who was chosen has to show a badge first. */
  readonly refused: boolean;
  readonly onChoose: (person: PersonView) => void;
}

function People({ people, refused, onChoose }: PeopleProps) {
  const { t } = useTranslation();
  return (
    <nav className="sign-in-people" aria-labelledby="sign-in-people">
      <h3 id="sign-in-people">{t('signIn.people')}</h3>
      <ul>
        {people.map((person) => (
          <li key={person.personId}>
            <UnstyledButton className="btn" onClick={() => onChoose(person)}>
              <span className="avatar" aria-hidden="true">
                {initials(person.name)}
              </span>
              <span className="words">
                <b>{person.name}</b>
                <small>{t(`role.${person.role}`)}</small>
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <p role="alert">
        {refused && t('refused', { happened: t('cause.BADGE_NEEDED.happened'), todo: t('cause.BADGE_NEEDED.todo') })}
      </p>
    </nav>
  );
}

/** Who signed in last; nobody while the station does not say. */
function usePeople(feed: StationFeed): readonly PersonView[] {
  const [people, setPeople] = useState<readonly PersonView[]>([]);
  useEffect(() => {
    let here = true;
    void feed
      .ask((api) => api.people.list())
      .then((answer) => {
        if (here && answer.ok) setPeople(answer.value.slice(0, MOST_RECENT));
      });
    return () => {
      here = false;
    };
  }, [feed]);
  return people;
}
