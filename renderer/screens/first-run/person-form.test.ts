import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NewPerson } from '../../../contract/people-api.ts';
import { Language } from '../../../domain/person.ts';
import { EMPTY_FORM, type PersonForm, personOf } from './person-form.ts';

const ROSE: NewPerson = { name: 'Rose Adeyemi', role: 'security-officer', badge: 'ROSE-1', pin: '471100' };

function form(change: Partial<PersonForm>): PersonForm {
  return { ...EMPTY_FORM, name: 'Linh Trần', role: 'technician', pin: '0815', again: '0815', ...change };
}

test('the first person is a security officer, whatever role was chosen', () => {
  expect(personOf(form({}), [])).toMatchObject({ person: { role: 'security-officer' } });
  expect(personOf(form({}), [ROSE])).toMatchObject({ person: { role: 'technician' } });
});

test.each([
  ['a name', { name: '  ' }, 'name'],
  ['a name of its own, however it is written', { name: 'ROSE adeyemi' }, 'taken'],
  ['a badge of its own', { badge: 'ROSE-1' }, 'taken'],
  ['a PIN of 4 digits', { pin: '123', again: '123' }, 'pin'],
  ['the same PIN twice', { again: '0816' }, 'again'],
] as const)('a person needs %s', (_, change, problem) => {
  expect(personOf(form(change), [ROSE])).toEqual({ problem });
});

test('whatever is written, a person comes out that the station takes, or one thing to mend', () => {
  const forms = fc.record<PersonForm>({
    name: fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('Linh Trần')),
    role: fc.constantFrom('technician', 'supervisor', 'security-officer'),
    pin: fc.constantFrom('0815', '4711', '12', 'abcd'),
    again: fc.constantFrom('0815', '4711', '12', 'abcd'),
    badge: fc.constantFrom(null, 'BADGE-7'),
    language: fc.constantFrom(...Language.options),
  });
  fc.assert(
    fc.property(forms, (written) => {
      const made = personOf(written, [ROSE]);
      expect('problem' in made || NewPerson.safeParse(made.person).success).toBe(true);
    }),
  );
});
