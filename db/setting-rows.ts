// Rows of settings: a JSON text under a key. What a text means, and whether it is right, is asked by who reads it.
import { z } from 'zod';
import type { SettingStore } from '../station/lots/settings.ts';
import type { SqliteDatabase } from './sqlite.ts';
import { change, joined, query } from './statement.ts';

export function settingRows(database: SqliteDatabase): SettingStore {
  const one = query(database, 'SELECT value FROM setting WHERE key = ?', z.object({ value: z.string() }));
  const save = change(
    database,
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const forget = change(database, 'DELETE FROM setting WHERE key = ?');
  return {
    setting: (key) => one.one(key)?.value ?? null,
    saveSetting: (key, value) => joined(database, () => void (value === null ? forget(key) : save(key, value))),
  };
}
