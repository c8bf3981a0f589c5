// Rows that say which physical position is which slot, so that a replugged adapter keeps its number.
import { z } from 'zod';
import type { RecordStore } from '../station/records/record-store.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { change, joined, query } from './statement.ts';

type SlotRows = Pick<RecordStore, 'slotBindings' | 'bindSlot'>;

export function slotRows(database: SqliteDatabase): SlotRows {
  const bindings = query(
    database,
    'SELECT position, slot FROM slot_binding ORDER BY slot',
    z.object({ position: z.string(), slot: z.number() }),
  );
  const unbind = change(database, 'DELETE FROM slot_binding WHERE position = ? OR slot = ?');
  const bind = change(database, 'INSERT INTO slot_binding (position, slot) VALUES (?, ?)');
  return {
    slotBindings: () => bindings.all(),
    bindSlot: (position, slot) =>
      joined(database, () => {
        unbind(position, slot);
        bind(position, slot);
      }),
  };
}
