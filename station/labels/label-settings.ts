// How labels are printed, as it was set and is kept. Refuses a row that does not follow its shape: another hand wrote it.
import { KeylineError } from '../../domain/errors.ts';
import { LabelSettings } from '../../domain/labels-view.ts';
import type { SettingStore } from '../lots/settings.ts';

const KEY = 'labels';

/** Nothing is sent anywhere before somebody says where. */
const FIRST: LabelSettings = { size: '50x25', printer: { kind: 'none' } };

/** Throws RECORDS_DAMAGED. */
export function labelSettings(store: Pick<SettingStore, 'setting'>): LabelSettings {
  const text = store.setting(KEY);
  if (text === null) return FIRST;
  const found = LabelSettings.safeParse(JSON.parse(text));
  if (found.success) return found.data;
  throw new KeylineError('RECORDS_DAMAGED', `setting ${KEY}: ${found.error.issues[0]?.message}`);
}

export function saveLabelSettings(store: SettingStore, settings: LabelSettings): void {
  store.saveSetting(KEY, JSON.stringify(settings));
}
