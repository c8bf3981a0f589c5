// A person as they are shown: nothing of their badge and PIN.
import type { PersonView } from '../../domain/person.ts';
import type { PersonRow } from './person-store.ts';

export function personView({ personId, name, role, badgeDigest, preferences, lastSignInMs }: PersonRow): PersonView {
  return { personId, name, role, hasBadge: badgeDigest !== null, preferences, lastSignInMs };
}
