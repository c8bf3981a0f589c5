// Since when the cloud does not answer, and since when it does again: kept across a restart, so that the screen can say
// "Offline since Friday 09:14" on Monday. Refuses a row that does not follow its shape: another hand wrote it.
import { z } from 'zod';
import type { ErrorCode } from '../domain/error-table.ts';
import { KeylineError } from '../domain/errors.ts';
import type { Clock } from '../domain/seams.ts';
import type { SettingStore } from './lots/settings.ts';

const KEY = 'cloudReach';

const Reach = z.strictObject({ lostMs: z.number().nullable(), reachedMs: z.number().nullable() });
export type Reach = z.infer<typeof Reach>;

const NEVER: Reach = { lostMs: null, reachedMs: null };

export class CloudReach {
  readonly #store: SettingStore;
  readonly #clock: Pick<Clock, 'nowMs'>;

  constructor(store: SettingStore, clock: Pick<Clock, 'nowMs'>) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Throws RECORDS_DAMAGED. */
  get now(): Reach {
    const text = this.#store.setting(KEY);
    if (text === null) return NEVER;
    const found = Reach.safeParse(JSON.parse(text));
    if (found.success) return found.data;
    throw new KeylineError('RECORDS_DAMAGED', `setting ${KEY}: ${found.error.issues[0]?.message}`);
  }

  /** How an attempt went: `failed` is why it did not reach the cloud; null when it did. Throws DISK_FULL, RECORDS_DAMAGED. */
  note(failed: ErrorCode | null): void {
    const { lostMs, reachedMs } = this.now;
    const isLost = failed !== null;
    if (isLost === (lostMs !== null)) return;
    const nowMs = this.#clock.nowMs();
    const reach: Reach = isLost ? { lostMs: nowMs, reachedMs } : { lostMs: null, reachedMs: nowMs };
    this.#store.saveSetting(KEY, JSON.stringify(reach));
  }
}
