// What the person at the screen may do (UX.md section 2): what their role does not allow is not offered. The station
// decides again, and refuses what slips through.
import { type Role, roleAllows } from '../../domain/person.ts';
import { SLOT_COMMAND_ROLE } from '../../domain/slot-command-role.ts';
import type { SlotCommand, StationFacts } from '../../domain/station-event.ts';

/** Whether a person of `needed` may act here; a station that knows nobody lets everybody. */
export function allows({ person, hasPeople }: StationFacts, needed: Role): boolean {
  return person === null ? !hasPeople : roleAllows(person.role, needed);
}

/** Those of the slot's actions that this person may take, in their order. */
export function actionsFor(facts: StationFacts, actions: readonly SlotCommand[]): readonly SlotCommand[] {
  return actions.filter((command) => allows(facts, SLOT_COMMAND_ROLE[command]));
}
