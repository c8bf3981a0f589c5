// Rows that say which physical position is which slot, so that a replugged adapter keeps its number, and which slots a
// person switched off.
import { z } from 'zod';
import { OffReason } from '../domain/station-event.ts';
import type { RecordStore } from '../station/records/record-store.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { change, changeOne, joined, query } from './statement.ts';

type SlotRows = Pick<RecordStore, 'slotBindings' | 'bindSlot' | 'slotsOff' | 'insertSlotOff' | 'deleteSlotOff'>;

export function slotRows(database: SqliteDatabase): SlotRows {
  const bindings = query(
    database,
    'SELECT position, slot FROM slot_binding ORDER BY slot',
    z.object({ position: z.string(), slot: z.number() }),
  );
  const unbind = change(database, 'DELETE FROM slot_binding WHERE position = ? OR slot = ?');
  const bind = change(database, 'INSERT INTO slot_binding (position, slot) VALUES (?, ?)');
  const off = query(
    database,
    'SELECT slot, reason, since_ms AS sinceMs FROM slot_off ORDER BY slot',
    z.object({ slot: z.number(), reason: OffReason, sinceMs: z.number() }),
  );
  const insertOff = changeOne(database, 'INSERT INTO slot_off (slot, reason, since_ms) VALUES (?, ?, ?)');
  const deleteOff = changeOne(database, 'DELETE FROM slot_off WHERE slot = ?');
  return {
    slotBindings: () => bindings.all(),
    bindSlot: (position, slot) =>
      joined(database, () => {
        unbind(position, slot);
        bind(position, slot);
      }),
    slotsOff: () => off.all(),
    insertSlotOff: ({ slot, reason, sinceMs }) => insertOff(slot, reason, sinceMs),
    deleteSlotOff: (slot) => deleteOff(slot),
  };
}
