// The service's answers on record: the entry's mark and its audit event in one transaction.
import { type Recorder, STATION_ACTOR } from './recorder.ts';

export type EntryAnswer =
  | { readonly id: number; readonly state: 'accepted' }
  | { readonly id: number; readonly state: 'refused'; readonly code: string };

/** Marks the answers of one batch. An entry that waits no longer keeps its mark. */
export function recordAnswers(recorder: Recorder, answers: readonly EntryAnswer[]): void {
  recorder.commit(STATION_ACTOR, (append) => {
    for (const answer of answers) {
      const code = answer.state === 'refused' ? answer.code : null;
      const entry = recorder.store.answerOutbox(answer.id, answer.state, code);
      if (!entry) continue;
      append(`registration-${answer.state}`, {
        outboxId: answer.id,
        kind: entry.kind,
        certificateId: entry.certificateId,
        code,
      });
    }
  });
}
