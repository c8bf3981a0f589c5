// That the security service knows other events of this station stays known over restarts: weeks offline, nobody else would
// say so. It is a word about one epoch; a restore takes a new one. Refuses a row that does not follow its shape.
import { z } from 'zod';
import { KeylineError } from '../domain/errors.ts';
import type { Refusal } from './line/line.ts';
import type { SettingStore } from './lots/settings.ts';

const KEY = 'fork';

const Mark = z.strictObject({ epoch: z.number().int().min(1), detail: z.string() });

export class ForkMark {
  readonly #store: SettingStore;
  readonly #epoch: () => number;

  constructor(store: SettingStore, epoch: () => number) {
    this.#store = store;
    this.#epoch = epoch;
  }

  /** STATION_FORKED where this epoch has been told so, else null. Throws RECORDS_DAMAGED. */
  get now(): Refusal | null {
    const text = this.#store.setting(KEY);
    if (text === null) return null;
    const mark = Mark.safeParse(JSON.parse(text));
    if (!mark.success) throw new KeylineError('RECORDS_DAMAGED', `setting ${KEY}: ${mark.error.issues[0]?.message}`);
    return mark.data.epoch === this.#epoch() ? { code: 'STATION_FORKED', detail: mark.data.detail } : null;
  }

  /** Throws DISK_FULL. */
  keep(detail: string): void {
    this.#store.saveSetting(KEY, JSON.stringify({ epoch: this.#epoch(), detail }));
  }
}
