// One person to be added: name, role, PIN twice, badge by scan. What is missing is told when the button is pressed.
import { UnstyledButton } from '@mantine/core';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewPerson } from '../../../contract/people-api.ts';
import { type Language, Role } from '../../../domain/person.ts';
import { SCAN_PREFIXES } from '../../../domain/scan.ts';
import { Choice } from '../../components/Choice.tsx';
import { LanguageChoice } from '../../components/LanguageChoice.tsx';
import { useScans } from '../../scanner/use-scans.ts';
import { EMPTY_FORM, type FormProblem, type PersonForm, personOf } from './person-form.ts';

interface PersonFieldsProps {
  /** On record or on the list already: none of them twice. */
  readonly people: readonly Pick<NewPerson, 'name' | 'badge'>[];
  /** Where no other is chosen. */
  readonly language: Language;
  readonly onAdd: (person: NewPerson) => void;
}

export function PersonFields({ people, language, onAdd }: PersonFieldsProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState<PersonForm>({ ...EMPTY_FORM, language });
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const name = useRef<HTMLInputElement>(null);
  const change = (part: Partial<PersonForm>) => {
    setForm((before) => ({ ...before, ...part }));
    setProblem(null);
  };
  useEffect(() => name.current?.focus(), []);
  useScans((scan) => {
    if (scan.kind !== 'badge')
      return { taken: false, words: t('firstRun.people.notABadge', { prefix: SCAN_PREFIXES.badge }) };
    change({ badge: scan.badge });
    return { taken: true, words: t('firstRun.people.tookBadge') };
  });
  const add = (event: FormEvent) => {
    event.preventDefault();
    const made = personOf(form, people);
    if ('problem' in made) setProblem(made.problem);
    else onAdd(made.person);
  };
  return (
    <form className="panel person-form" onSubmit={add} noValidate>
      <Field
        label={t('firstRun.people.person')}
        value={form.name}
        onWrite={(text) => change({ name: text })}
        at={name}
      />
      {people.length === 0 ? (
        <div className="badge-row">
          <b>{t('firstRun.people.role')}</b>
          <span>{t('role.security-officer')}</span>
        </div>
      ) : (
        <Choice
          label={t('firstRun.people.role')}
          of={Role.options.map((role) => [role, t(`role.${role}`)])}
          chosen={form.role}
          onChoose={(role) => change({ role })}
        />
      )}
      <LanguageChoice chosen={form.language} onChoose={(chosen) => change({ language: chosen })} />
      <div className="pins">
        <Field label={t('firstRun.people.pin')} value={form.pin} onWrite={(pin) => change({ pin })} secret />
        <Field label={t('firstRun.people.pinAgain')} value={form.again} onWrite={(again) => change({ again })} secret />
      </div>
      <div className="badge-row">
        <b>{t('firstRun.people.badge')}</b>
        <span role="status">{t(form.badge === null ? 'firstRun.people.noBadge' : 'firstRun.people.hasBadge')}</span>
        {form.badge !== null && (
          <UnstyledButton className="btn" onClick={() => change({ badge: null })}>
            {t('firstRun.people.forgetBadge')}
          </UnstyledButton>
        )}
      </div>
      <p role="alert">{problem !== null && t(`firstRun.people.problem.${problem}`)}</p>
      <UnstyledButton className="btn lg pri" type="submit">
        {t('firstRun.people.add')}
      </UnstyledButton>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onWrite: (text: string) => void;
  /** Digits that are not shown. */
  readonly secret?: boolean;
  readonly at?: React.Ref<HTMLInputElement>;
}

function Field({ label, value, onWrite, secret = false, at }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        {...(at === undefined ? {} : { ref: at })}
        type={secret ? 'password' : 'text'}
        inputMode={secret ? 'numeric' : 'text'}
        autoComplete={secret ? 'new-password' : 'off'}
        value={value}
        onChange={(event) => onWrite(event.currentTarget.value)}
      />
    </div>
  );
}
