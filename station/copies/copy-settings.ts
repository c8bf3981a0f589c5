// What is set and known of the copies: where they go, at how many uncopied boards the line stops, and the last ones.
// Refuses a row that does not follow its shape: another hand wrote it.
import { z } from 'zod';
import { KeylineError } from '../../domain/errors.ts';
import type { SettingStore } from '../lots/settings.ts';

/** Boards on one disk at which the line stops (UX.md, card 35). Practice boards are worth no second disk. */
const STOP_AT = 500;

export const CopyPlan = z.strictObject({
  /** Absolute path of a folder; null: the data folder's own `backup`. */
  dir: z.string().min(1).max(4096).nullable(),
  /** Boards that may be only on this disk before the line stops; null: never. */
  stopAt: z.number().int().min(1).max(1_000_000).nullable(),
});
export type CopyPlan = z.infer<typeof CopyPlan>;

/** The last copy, and the last entry of the outbox that lies in a copy on another disk. */
export const LastCopies = z.strictObject({
  file: z.string(),
  timeMs: z.number(),
  seq: z.number().int(),
  otherDisk: z.boolean(),
  /** 0 before any copy on another disk. */
  copiedOutboxId: z.number().int().min(0),
});
export type LastCopies = z.infer<typeof LastCopies>;

const PLAN = 'copies';
const LAST = 'lastCopies';

type Rows = Pick<SettingStore, 'setting'>;

export function copyPlan(rows: Rows, practice: boolean): CopyPlan {
  return read(rows, PLAN, CopyPlan) ?? { dir: null, stopAt: practice ? null : STOP_AT };
}

export function saveCopyPlan(store: SettingStore, plan: CopyPlan): void {
  store.saveSetting(PLAN, JSON.stringify(plan));
}

export function lastCopies(rows: Rows): LastCopies | null {
  return read(rows, LAST, LastCopies);
}

export function saveLastCopies(store: SettingStore, last: LastCopies): void {
  store.saveSetting(LAST, JSON.stringify(last));
}

function read<Value>(rows: Rows, key: string, shape: z.ZodType<Value>): Value | null {
  const text = rows.setting(key);
  if (text === null) return null;
  const found = shape.safeParse(JSON.parse(text));
  if (found.success) return found.data;
  throw new KeylineError('RECORDS_DAMAGED', `setting ${key}: ${found.error.issues[0]?.message}`);
}
