// A person as far as they are written down, and what is still missing before they are one (contract/people-api.ts).
import type { NewPerson } from '../../../contract/people-api.ts';
import { type Language, PersonName, Pin, type Role } from '../../../domain/person.ts';

export interface PersonForm {
  readonly name: string;
  readonly role: Role;
  readonly pin: string;
  readonly again: string;
  readonly badge: string | null;
  readonly language: Language;
}

export const EMPTY_FORM: PersonForm = {
  ...{ name: '', role: 'technician', pin: '', again: '', badge: null },
  language: 'en',
};

export type FormProblem = 'name' | 'taken' | 'pin' | 'again';

/** The person, or the first thing to mend. The first person is a security officer whatever was chosen. */
export function personOf(
  form: PersonForm,
  people: readonly Pick<NewPerson, 'name' | 'badge'>[],
): { readonly person: NewPerson } | { readonly problem: FormProblem } {
  const name = form.name.trim().normalize('NFC');
  if (!PersonName.safeParse(name).success) return { problem: 'name' };
  if (people.some((other) => sameName(other.name, name) || (form.badge !== null && other.badge === form.badge)))
    return { problem: 'taken' };
  if (!Pin.safeParse(form.pin).success) return { problem: 'pin' };
  if (form.pin !== form.again) return { problem: 'again' };
  const role = people.length === 0 ? 'security-officer' : form.role;
  return { person: { name, role, badge: form.badge, pin: form.pin, language: form.language } };
}

/** As the station compares them. */
function sameName(one: string, other: string): boolean {
  return one.normalize('NFKC').toLowerCase() === other.normalize('NFKC').toLowerCase();
}
