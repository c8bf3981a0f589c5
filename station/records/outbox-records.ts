// What the security service answered, on record: the entries' marks and their audit events, one transaction a batch.
import { type Recorder, STATION_ACTOR } from './recorder.ts';

export type ServiceAnswer =
  | { readonly id: number; readonly state: 'accepted' }
  | { readonly id: number; readonly state: 'refused'; readonly code: string };

/** Marks what still waits; an entry that was answered before keeps its mark, without another event. */
export function recordAnswers(recorder: Recorder, answers: readonly ServiceAnswer[]): void {
  const { store } = recorder;
  recorder.commit(STATION_ACTOR, (append) => {
    for (const answer of answers) {
      const code = answer.state === 'refused' ? answer.code : null;
      const entry = store.answerOutbox(answer.id, answer.state, code);
      if (entry) append(`registration-${answer.state}`, { id: answer.id, ...entry, code });
    }
  });
}
