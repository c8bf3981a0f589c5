// Rows that say which physical position is which slot, so that a replugged adapter keeps its number, and which slots a
// person switched off. Beside them how boards fared in each slot.
import { z } from 'zod';
import { Outcome } from '../domain/job.ts';
import { OffReason } from '../domain/station-event.ts';
import type { RecordStore } from '../station/records/record-store.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { Code, change, changeOne, joined, query } from './statement.ts';

type SlotRows = Pick<
  RecordStore,
  | 'slotBindings'
  | 'bindSlot'
  | 'unbindSlots'
  | 'slotTallies'
  | 'slotResults'
  | 'lastFailures'
  | 'slotsOff'
  | 'insertSlotOff'
  | 'deleteSlotOff'
>;

export function slotRows(database: SqliteDatabase): SlotRows {
  const bindings = query(
    database,
    'SELECT position, slot FROM slot_binding ORDER BY slot',
    z.object({ position: z.string(), slot: z.number() }),
  );
  const unbind = change(database, 'DELETE FROM slot_binding WHERE position = ? OR slot = ?');
  const unbindAll = change(database, 'DELETE FROM slot_binding');
  const bind = change(database, 'INSERT INTO slot_binding (position, slot) VALUES (?, ?)');
  const tallies = query(
    database,
    `SELECT slot, count(*) AS boards, count(*) FILTER (WHERE outcome <> 'passed') AS failed FROM job
     WHERE job_id > (SELECT coalesce(max(job_id), 0) FROM job) - ? AND outcome IN ('passed', 'failed', 'errored')
     GROUP BY slot`,
    z.object({ slot: z.string(), boards: z.number(), failed: z.number() }),
  );
  const results = query(
    database,
    `SELECT outcome, code, ended_ms AS endedMs FROM job
     WHERE job_id > (SELECT coalesce(max(job_id), 0) FROM job) - ? AND slot = ? AND outcome IN ('passed', 'failed', 'errored')
     ORDER BY job_id DESC LIMIT ?`,
    z.object({ outcome: z.enum(['passed', 'failed', 'errored']), code: Code.nullable(), endedMs: z.number() }),
  );
  const failures = query(
    database,
    `SELECT slot, lot_id AS lotId, outcome, code, ended_ms AS endedMs FROM job
     WHERE job_id > (SELECT coalesce(max(job_id), 0) FROM job) - ? AND outcome <> 'passed'
     ORDER BY job_id DESC LIMIT ?`,
    z.object({
      slot: z.string(),
      lotId: z.string(),
      outcome: Outcome,
      code: Code.nullable(),
      endedMs: z.number().nullable(),
    }),
  );
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
    unbindSlots: () => void unbindAll(),
    slotTallies: (jobs) => tallies.all(jobs),
    slotResults: (slot, jobs, most) => results.all(jobs, slot, most),
    lastFailures: (jobs, most) => failures.all(jobs, most),
    slotsOff: () => off.all(),
    insertSlotOff: ({ slot, reason, sinceMs }) => insertOff(slot, reason, sinceMs),
    deleteSlotOff: (slot) => deleteOff(slot),
  };
}
