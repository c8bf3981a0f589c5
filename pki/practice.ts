// The one definition of how a certificate says that it was made for practice: OU=TEST in its subject.
// A certificate counts as practice as soon as its subject or its issuer says so.
import type { NameAttribute } from './names.ts';
import { OID } from './oids.ts';

export const PRACTICE_UNIT = 'TEST';

/** The attributes that a subject carries for practice; none otherwise. */
export function practiceAttributes(practice: boolean): readonly NameAttribute[] {
  return practice ? [{ type: OID.organizationalUnit, value: PRACTICE_UNIT }] : [];
}

/** Whether one of the name's organizational units is the practice one. */
export function saysPractice(name: readonly NameAttribute[]): boolean {
  return name.some(({ type, value }) => type === OID.organizationalUnit && value === PRACTICE_UNIT);
}
