// The record of the device that is open. Answers come late and out of order: only the newest one that was looked for is
// shown, and what comes of a device never covers another one's record.
import type { DeviceRecord, SeenDevice } from '../../contract/devices-api.ts';
import type { SlotView } from '../../domain/station-event.ts';
import type { Answer } from '../answer.ts';

export interface RecordSight {
  /** Null while the find is open. */
  readonly shown: DeviceRecord | null;
  /** What was looked for and is not on record; null for nothing. */
  readonly missing: string | null;
  /** Why the last look at a record was refused; null when it was not. */
  readonly refused: { readonly code: string } | null;
}

/** Null: no such record. */
type Shown = Answer<DeviceRecord | null>;

export const NO_RECORD: RecordSight = { shown: null, missing: null, refused: null };

export class RecordDesk {
  readonly #tell: (sight: RecordSight) => void;
  #sight = NO_RECORD;
  /** Counts what was looked for, and the looks at what is shown: an answer to an earlier one is not taken. */
  #opened = 0;
  #looked = 0;

  /** `tell` is called with each new sight. */
  constructor(tell: (sight: RecordSight) => void) {
    this.#tell = tell;
  }

  /** What came of it, whether it is shown or something newer was looked for. */
  async open(device: string, ask: () => Promise<Shown>): Promise<Shown> {
    this.#opened += 1;
    const mine = this.#opened;
    const answer = await ask();
    if (mine !== this.#opened) return answer;
    const shown = answer.ok ? answer.value : null;
    const missing = answer.ok && shown === null ? device : null;
    this.#put({ shown, missing, refused: answer.ok ? null : answer });
    return answer;
  }

  /** Asks again for what is shown; an answer about another device, or none, changes nothing. */
  async look(ask: (device: string) => Promise<Shown>): Promise<void> {
    const { shown } = this.#sight;
    if (shown === null) return;
    this.#looked += 1;
    const mine = this.#looked;
    const answer = await ask(shown.device.deviceSerial ?? shown.device.hwid);
    if (mine === this.#looked && answer.ok && answer.value !== null) this.put(answer.value);
  }

  /** What a decision about a device came to. */
  put(record: DeviceRecord): void {
    if (this.#sight.shown?.device.deviceId === record.device.deviceId) this.#put({ ...NO_RECORD, shown: record });
  }

  close(): void {
    this.#opened += 1;
    this.#put(NO_RECORD);
  }

  #put(sight: RecordSight): void {
    this.#looked += 1;
    this.#sight = sight;
    this.#tell(sight);
  }
}

/** How the device stands: a question about one that stands otherwise is another question. */
export function seenOf({ device, identity }: DeviceRecord): SeenDevice {
  return { state: device.state, certificate: identity?.state ?? null };
}

/** What the line tells of a board, as one word that changes with it. */
export function boardOnLine(slots: readonly SlotView[], hwid: string): string {
  return slots
    .filter((slot) => slot.hwid === hwid)
    .map(({ slot, state, jobId, outcome }) => `${slot} ${state} ${jobId} ${outcome}`)
    .join(', ');
}
