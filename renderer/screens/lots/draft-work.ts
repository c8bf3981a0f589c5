// The set-up page's effects, without the page: asks the station for checks, saves and the release, each when the machine
// of view-state/draft-desk.ts says that it is due. What is typed last is saved when the page closes.
import type { LotDraft } from '../../../contract/lots-api.ts';
import type { LotView } from '../../../domain/station-event.ts';
import type { StationFeed } from '../../station-feed.ts';
import { type DeskEvent, type DraftDesk, deskAfter, deskOf, dueOf } from '../../view-state/draft-desk.ts';
import { draftOf, type TypedDraft } from '../../view-state/lot-draft.ts';

/** Time as the page needs it. */
export interface DraftClock {
  /** Milliseconds of a clock that nobody sets. */
  readonly nowMs: () => number;
  /** Does the work once after this time; the answer calls it off. */
  readonly after: (waitMs: number, work: () => void) => () => void;
}

export class DraftWork {
  readonly #feed: StationFeed;
  readonly #clock: DraftClock;
  readonly #onReleased: (lot: LotView) => void;
  readonly #listeners = new Set<() => void>();
  #desk: DraftDesk | null = null;
  #closed = true;
  #callOff: () => void = () => {};

  constructor(feed: StationFeed, clock: DraftClock, onReleased: (lot: LotView) => void) {
    this.#feed = feed;
    this.#clock = clock;
    this.#onReleased = onReleased;
  }

  /** Null until the station has answered for the saved draft. */
  desk(): DraftDesk | null {
    return this.#desk;
  }

  /** Called after each change; the answer ends it. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begins with this draft, or with the one that the station has saved. Opened again, it goes on. */
  open(start: TypedDraft | null): void {
    this.#closed = false;
    if (this.#desk !== null) this.#do();
    else if (start !== null) this.#begin(deskOf(start));
    else void this.#restore();
  }

  /** Saves what is not saved; a lot that is on its way to the line leaves no draft behind. */
  close(): void {
    this.#closed = true;
    this.#callOff();
    const desk = this.#desk;
    if (desk === null || desk.release === 'asked' || desk.release === 'done') return;
    const draft = desk.revision > desk.savedRevision ? draftOf(desk.typed) : null;
    if (draft !== null) void this.#save(draft, desk.revision);
  }

  type(change: Partial<TypedDraft>): void {
    this.#tell({ type: 'typed', change, nowMs: this.#clock.nowMs() });
  }

  lookAgain(): void {
    this.#tell({ type: 'look-again' });
  }

  release(): void {
    this.#tell({ type: 'release-wanted' });
  }

  async #restore(): Promise<void> {
    const answer = await this.#feed.ask((api) => api.lots.draft());
    if (this.#desk === null)
      this.#begin(answer.ok && answer.value !== null ? deskOf(undefined, answer.value) : deskOf());
  }

  #begin(desk: DraftDesk): void {
    this.#desk = desk;
    this.#show();
  }

  #tell(event: DeskEvent): void {
    if (this.#desk === null) return;
    this.#desk = deskAfter(this.#desk, event);
    this.#show();
  }

  #show(): void {
    for (const listener of this.#listeners) listener();
    this.#do();
  }

  #do(): void {
    this.#callOff();
    const desk = this.#desk;
    const draft = desk === null || this.#closed ? null : draftOf(desk.typed);
    if (desk === null || draft === null) return;
    const { check, save, release, waitMs } = dueOf(desk, this.#clock.nowMs());
    if (waitMs !== null) this.#callOff = this.#clock.after(waitMs, () => this.#do());
    if (check) void this.#check(draft, desk.wanted);
    else if (save) void this.#save(draft, desk.revision);
    else if (release) void this.#release(draft);
  }

  async #check(draft: LotDraft, asked: number): Promise<void> {
    this.#tell({ type: 'check-asked', nowMs: this.#clock.nowMs() });
    const answer = await this.#feed.ask((api) => api.lots.check(draft));
    if (answer.ok) this.#tell({ type: 'checked', asked, readiness: answer.value });
    else this.#tell({ type: 'check-refused', asked, refusal: answer });
  }

  async #save(draft: LotDraft, revision: number): Promise<void> {
    this.#tell({ type: 'save-asked' });
    const answer = await this.#feed.ask((api) => api.lots.saveDraft(draft));
    if (answer.ok) this.#tell({ type: 'saved', revision, saved: answer.value });
    else this.#tell({ type: 'save-refused', revision, refusal: answer });
  }

  async #release(draft: LotDraft): Promise<void> {
    this.#tell({ type: 'release-asked' });
    const answer = await this.#feed.ask((api) => api.lots.release(draft));
    if (!answer.ok) return this.#tell({ type: 'release-refused', refusal: answer });
    this.#tell({ type: 'released' });
    if (!this.#closed) this.#onReleased(answer.value);
  }
}
