// Copies of labels on record: the intent in a transaction before anything is sent, the outcome after it. A copy that was
// cut off may lie on the bench, so its number is never given again.
import { keyTailOf, type LabelFacts } from '../../domain/label.ts';
import type { LabelRow } from '../records/label-store.ts';
import { type Append, type Recorder, STATION_ACTOR } from '../records/recorder.ts';

/** What stands on the next copy. */
export function nextFacts(row: LabelRow, practice: boolean): LabelFacts {
  const { model, revision, deviceSerial, spkiSha256, copies } = row;
  return { model, revision, deviceSerial, keyTail: keyTailOf(spkiSha256), copy: copies + 1, practice };
}

export class LabelCopies {
  readonly #recorder: Recorder;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** Copies whose end nobody saw, because the station ended: numbered, on record, and their labels wait again. */
  settleOpen(): void {
    const open = this.#recorder.store.openCopies();
    if (open.length === 0) return;
    this.#recorder.commit(STATION_ACTOR, (append, nowMs) => {
      for (const { certificateId, copy } of open) this.#end(append, nowMs, { certificateId, copy }, 'unsure');
    });
  }

  /** Throws DISK_FULL; then nothing may be sent. */
  intend(actorId: string, { certificateId, deviceSerial }: LabelRow, copy: number): void {
    this.#recorder.commit(actorId, (append, intendedMs) => {
      this.#recorder.store.insertCopy({ certificateId, copy, actorId, intendedMs });
      append('label-intended', { certificateId, deviceSerial, copy });
    });
  }

  end(actorId: string, row: LabelRow, copy: number, state: 'printed' | 'unsure'): void {
    this.#recorder.commit(actorId, (append, nowMs) => this.#end(append, nowMs, { ...row, copy }, state));
  }

  #end(
    append: Append,
    nowMs: number,
    { certificateId, copy }: { readonly certificateId: number; readonly copy: number },
    state: 'printed' | 'unsure',
  ): void {
    this.#recorder.store.endCopy(certificateId, copy, state, nowMs);
    append(`label-${state}`, { certificateId, copy });
  }
}
