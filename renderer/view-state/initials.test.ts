import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PersonName } from '../../domain/person.ts';
import { initials } from './initials.ts';

test.each([
  ['Linh Trần', 'LT'],
  ['María del Carmen Ríos', 'MR'],
  ['Rose', 'R'],
  ['đỗ ánh', 'ĐÁ'],
  ['李 伟', '李伟'],
])('%s is %s in the avatar', (name, letters) => expect(initials(name)).toBe(letters));

test('every name that a person may have gives letters', () => {
  const names = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .filter((name) => PersonName.safeParse(name).success);
  fc.assert(fc.property(names, (name) => initials(name).length > 0));
});
