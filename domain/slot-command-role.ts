// Whose word a slot's command takes (UX.md section 2): the station refuses by it, and a screen offers by it.
import type { Role } from './person.ts';
import type { SlotCommand } from './station-event.ts';

export const SLOT_COMMAND_ROLE = {
  'try-again': 'technician',
  'in-bin': 'technician',
  'got-it': 'technician',
  'look-again': 'technician',
  'switch-off': 'supervisor',
  'switch-on': 'supervisor',
} as const satisfies Readonly<Record<SlotCommand, Role>>;
