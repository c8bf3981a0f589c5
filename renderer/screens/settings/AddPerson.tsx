// A person who is added in Settings: the fields of the first run, sent to the station at once.
import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language, PersonView } from '../../../domain/person.ts';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { PersonFields } from '../first-run/PersonFields.tsx';
import type { PanelOrder } from './use-order.ts';

interface AddPersonProps {
  readonly order: PanelOrder;
  /** On record already. */
  readonly people: readonly PersonView[];
  /** Where no other is chosen. */
  readonly language: Language;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

export function AddPerson({ order, people, language, onDone, onCancel }: AddPersonProps) {
  const { t } = useTranslation();
  const form = useRef<HTMLDivElement>(null);
  useFocusBack(form, 'add-person');
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  return (
    <div className="add-person" ref={form}>
      <PersonFields
        language={language}
        people={people.map(({ name }) => ({ name, badge: null }))}
        onAdd={(person) =>
          void order
            .send(
              (api) => api.people.add(person),
              ({ name }) => t('people.said.added', { name }),
            )
            .then((added) => added && onDone())
        }
      />
      <UnstyledButton className="btn lg" onClick={onCancel}>
        {t('people.cancel')}
      </UnstyledButton>
    </div>
  );
}
