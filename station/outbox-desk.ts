// What leaves for the cloud, as people see it: how many waited when, since when it is away, and what it refused. Sends a
// refused entry again; the rest goes out by itself.
import type { OutboxState, RefusedPage } from '../contract/outbox-api.ts';
import { KeylineError } from '../domain/errors.ts';
import type { SyncView } from '../domain/station-event.ts';
import type { SendingStore } from './outbox/sending-store.ts';
import type { Recorder } from './records/recorder.ts';
import type { SyncDesk } from './sync-desk.ts';
import { waitingHistory } from './waiting-history.ts';

/** Refused entries of a page. */
const PAGE = 50;

export interface OutboxDeskParts {
  readonly recorder: Recorder;
  readonly store: SendingStore;
  readonly sync: Pick<SyncDesk, 'view' | 'changed' | 'enrolled' | 'isOpen' | 'stoppedBy' | 'reach'>;
  readonly boardsFit: () => number;
}

export class OutboxDesk {
  readonly #parts: OutboxDeskParts;

  constructor(parts: OutboxDeskParts) {
    this.#parts = parts;
  }

  state(): OutboxState {
    const { recorder, store, sync, boardsFit } = this.#parts;
    const { lostMs, reachedMs } = sync.reach;
    const nowMs = recorder.clock.nowMs();
    return {
      link: !sync.enrolled ? 'none' : sync.isOpen ? 'open' : 'locked',
      stoppedBy: sync.stoppedBy?.code ?? null,
      ...{ lostMs, reachedMs },
      sentSinceReached: reachedMs === null ? 0 : store.takenSince(reachedMs),
      undecided: store.undecided(),
      lastSentMs: store.lastTakenMs(),
      room: boardsFit(),
      history: waitingHistory(nowMs, sync.view().waiting, (sinceMs, stepMs) => store.waitingSteps(sinceMs, stepMs)),
    };
  }

  refused(afterId: number): RefusedPage {
    const rows = this.#parts.store.refusedAfter(afterId, PAGE + 1);
    return { rows: rows.slice(0, PAGE).map((row) => ({ ...row })), more: rows.length > PAGE };
  }

  /** Throws ROW_CHANGED, DISK_FULL. */
  sendAgain(actorId: string, id: number): SyncView {
    const { recorder, store, sync } = this.#parts;
    recorder.commit(actorId, (append) => {
      const entry = store.sendEntryAgain(id);
      if (!entry) throw new KeylineError('ROW_CHANGED', `entry ${id} is not refused`);
      append('registration-resent', { certificateId: entry.certificateId, kind: entry.kind });
    });
    sync.changed();
    return sync.view();
  }
}
