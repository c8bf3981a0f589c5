// The set-up page as a pure machine: what is typed, what the station last said of it, what is saved, and what is due
// now. An answer that comes late never replaces a newer one. Time is handed in, milliseconds of any one clock.
import type { Readiness, SavedDraft } from '../../contract/lots-api.ts';
import { BLANK, draftOf, refusalsOf, type TypedDraft, typedOf } from './lot-draft.ts';

/** Quiet time before a draft is saved: a pause in typing. */
const SAVE_AFTER_MS = 800;
/** Between two questions to the station: a few a second while someone types. */
const CHECK_EVERY_MS = 300;

export interface DraftDesk {
  readonly typed: TypedDraft;
  /** A person wrote the last serial, so that no answer fills it; null: restored, the first answer tells. */
  readonly lastByHand: boolean | null;
  /** Counts changes of the draft, and which of them is saved. */
  readonly revision: number;
  readonly savedRevision: number;
  readonly changedMs: number;
  /** UTC milliseconds, as the station says; null before. */
  readonly savedMs: number | null;
  readonly saving: boolean;
  /** Counts reasons to check, and which of them is answered. */
  readonly wanted: number;
  readonly answered: number;
  readonly asking: boolean;
  readonly askedMs: number;
  readonly readiness: Readiness | null;
  /** Why the station did not check, save or release; null when it did. */
  readonly refused: { readonly code: string; readonly detail: string } | null;
  /** `wanted`: touched, and waits for the answer about the draft as it stands. */
  readonly release: 'open' | 'wanted' | 'asked' | 'done';
}

type Refusal = { readonly code: string; readonly detail: string };

export type DeskEvent =
  | { readonly type: 'typed'; readonly change: Partial<TypedDraft>; readonly nowMs: number }
  /** What the checks depend on beside the draft has changed. */
  | { readonly type: 'look-again' }
  | { readonly type: 'check-asked'; readonly nowMs: number }
  | { readonly type: 'checked'; readonly asked: number; readonly readiness: Readiness }
  | { readonly type: 'check-refused'; readonly asked: number; readonly refusal: Refusal }
  | { readonly type: 'save-asked' }
  | { readonly type: 'saved'; readonly revision: number; readonly saved: SavedDraft }
  | { readonly type: 'save-refused'; readonly revision: number; readonly refusal: Refusal }
  | { readonly type: 'release-wanted' }
  | { readonly type: 'release-asked' }
  | { readonly type: 'released' }
  | { readonly type: 'release-refused'; readonly refusal: Refusal };

/** A page with this draft on it; `saved` is the one that the station holds. */
export function deskOf(typed: TypedDraft = BLANK, saved: SavedDraft | null = null): DraftDesk {
  const restored = saved === null ? typed : typedOf(saved.draft);
  return {
    typed: restored,
    lastByHand: restored.lastSerial === '' ? false : null,
    ...{ revision: saved === null && typed !== BLANK ? 1 : 0, savedRevision: 0, changedMs: 0 },
    ...{ savedMs: saved?.savedMs ?? null, saving: false, wanted: 1, answered: 0, asking: false },
    ...{ askedMs: -CHECK_EVERY_MS, readiness: null, refused: null, release: 'open' },
  };
}

export function deskAfter(desk: DraftDesk, event: DeskEvent): DraftDesk {
  switch (event.type) {
    case 'typed':
      return desk.release === 'open' ? afterTyping(desk, event.change, event.nowMs) : desk;
    case 'look-again':
      return { ...desk, wanted: desk.wanted + 1, refused: null };
    case 'check-asked':
      return { ...desk, asking: true, askedMs: event.nowMs };
    case 'checked':
      return afterCheck(desk, event.asked, event.readiness);
    case 'check-refused':
      if (event.asked <= desk.answered) return desk;
      return withRelease({
        ...{ ...desk, asking: false, answered: event.asked },
        ...{ readiness: null, refused: event.refusal },
      });
    case 'save-asked':
      return { ...desk, saving: true };
    case 'saved':
      return {
        ...desk,
        saving: false,
        savedRevision: Math.max(desk.savedRevision, event.revision),
        savedMs: event.saved.savedMs,
      };
    case 'save-refused':
      // Not tried again before the next change: the words stand there, and a refusal does not go away by asking.
      return { ...desk, saving: false, savedRevision: event.revision, savedMs: null, refused: event.refusal };
    case 'release-wanted':
      return desk.release === 'open' && !isStopped(desk) ? { ...desk, release: 'wanted', refused: null } : desk;
    case 'release-asked':
      return { ...desk, release: 'asked' };
    case 'released':
      return { ...desk, release: 'done' };
    case 'release-refused':
      return { ...desk, release: 'open', refused: event.refusal, wanted: desk.wanted + 1 };
  }
}

function afterTyping(desk: DraftDesk, change: Partial<TypedDraft>, nowMs: number): DraftDesk {
  const lastByHand = change.lastSerial === undefined ? desk.lastByHand : change.lastSerial !== '';
  return {
    ...desk,
    typed: { ...desk.typed, ...change },
    lastByHand,
    revision: desk.revision + 1,
    changedMs: nowMs,
    wanted: desk.wanted + 1,
    refused: null,
  };
}

function afterCheck(desk: DraftDesk, asked: number, readiness: Readiness): DraftDesk {
  if (asked <= desk.answered) return desk;
  const after = { ...desk, asking: false, answered: asked };
  const last = readiness.neededLast ?? '';
  if (desk.lastByHand === null) return withRelease({ ...after, readiness, lastByHand: last !== desk.typed.lastSerial });
  // Only the newest draft's answer fills its last serial, and the answer to the filled one is what is shown.
  if (asked !== desk.wanted || desk.lastByHand || last === desk.typed.lastSerial)
    return withRelease({ ...after, readiness });
  const typed = { ...desk.typed, lastSerial: last };
  return { ...after, typed, revision: desk.revision + 1, wanted: desk.wanted + 1 };
}

/** A release that waited for an answer which stops it waits no more. */
function withRelease(desk: DraftDesk): DraftDesk {
  return desk.release === 'wanted' && isStopped(desk) ? { ...desk, release: 'open' } : desk;
}

/** The station's answer is about the draft as it stands. */
export function isCurrent(desk: DraftDesk): boolean {
  return desk.readiness !== null && desk.answered === desk.wanted;
}

/** An octagon stands on the page: the draft cannot be read, or the station's last answer stops it. */
export function isStopped({ typed, readiness, refused }: DraftDesk): boolean {
  if (Object.keys(refusalsOf(typed)).length > 0) return true;
  if (readiness === null) return refused !== null;
  return readiness.checks.some(({ verdict }) => verdict === 'stop');
}

export interface Due {
  readonly check: boolean;
  readonly save: boolean;
  readonly release: boolean;
  /** When to look again; null: not before something happens. */
  readonly waitMs: number | null;
}

export function dueOf(desk: DraftDesk, nowMs: number): Due {
  const readable = draftOf(desk.typed) !== null;
  const asks = readable && (desk.release === 'open' || desk.release === 'wanted') && !desk.asking;
  const checkIn = asks && desk.answered < desk.wanted ? desk.askedMs + CHECK_EVERY_MS - nowMs : null;
  const saves = readable && desk.release === 'open' && !desk.saving;
  const saveIn = saves && desk.revision > desk.savedRevision ? desk.changedMs + SAVE_AFTER_MS - nowMs : null;
  const waits = [checkIn, saveIn].filter((wait): wait is number => wait !== null && wait > 0);
  return {
    check: checkIn !== null && checkIn <= 0,
    save: saveIn !== null && saveIn <= 0,
    // One that is being saved is waited for, so that what is saved never comes back behind the release.
    release: desk.release === 'wanted' && !desk.saving && isCurrent(desk) && !isStopped(desk),
    waitMs: waits.length === 0 ? null : Math.min(...waits),
  };
}
