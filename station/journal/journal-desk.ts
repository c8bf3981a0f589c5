// The audit journal as people read it: newest first, found by serial, person or lot, checked as a whole, and exported
// under the station's signature. Names come from the people table alone; an event holds ids.
import type { JournalEntry, JournalExported, JournalPage, JournalVerdict } from '../../contract/journal-api.ts';
import { KeylineError } from '../../domain/errors.ts';
import { journalSealText } from '../../domain/journal-file.ts';
import { type Recorder, STATION_ACTOR } from '../records/recorder.ts';
import type { JournalReader, JournalRow, JournalStore } from './journal-store.ts';

/** Entries of a page: what a person looks through before asking for more. */
const PAGE = 50;
/** Events that one search looks through: some 30 ms of the line's own thread. */
const SEARCHED = 10_000;
/** Facts of one entry, and characters of each: an event names ids and digests. */
const MOST_FACTS = 20;
const FACT_CHARACTERS = 200;
/** An actor that is a person: a random id (domain/person.ts). */
const PERSON = /^[0-9a-f]{16}$/;

export interface JournalParts {
  readonly recorder: Recorder;
  readonly store: JournalStore;
  readonly reader: JournalReader;
  readonly people: () => readonly { readonly personId: string; readonly name: string }[];
  /** The station's own key: signs UTF-8 text, base64 of DER; null while it is locked. */
  readonly key: () => { readonly sign: (text: string) => string; readonly spki: Uint8Array } | null;
}

export class JournalDesk {
  readonly #parts: JournalParts;
  /** One check or export at a time: each reads the whole chain. */
  #reading: Promise<unknown> = Promise.resolve();
  #checking: Promise<JournalVerdict> | null = null;

  constructor(parts: JournalParts) {
    this.#parts = parts;
  }

  list(before: number | null, search: string): JournalPage {
    const { recorder, store } = this.#parts;
    const { seq, hash } = recorder.store.chainHead();
    const from = before ?? seq + 1;
    const text = search.trim();
    const found = text === '' ? this.#plain(from) : this.#search(from, text);
    const { next } = found;
    const lookedBackMs = next === null ? null : store.eventTime(next);
    const names = new Map(this.#parts.people().map(({ personId, name }) => [personId, name]));
    const entries = found.rows.map((row) => entryOf(row, names));
    return { entries, next, lookedBackMs, head: { seq, hash } };
  }

  #plain(before: number): { rows: readonly JournalRow[]; next: number | null } {
    const rows = this.#parts.store.eventsBefore(before, PAGE);
    return { rows, next: nextOf(rows) };
  }

  #search(before: number, text: string): { rows: readonly JournalRow[]; next: number | null } {
    const { store, people } = this.#parts;
    const { deviceId, lotIds } = store.journalWanted(text);
    if (deviceId !== null) {
      const rows = store.eventsOfDevice(deviceId, before, PAGE);
      return { rows, next: rows.length < PAGE ? null : nextOf(rows) };
    }
    const lower = text.toLocaleLowerCase();
    const named = people().filter(({ name }) => name.toLocaleLowerCase().includes(lower));
    const actorIds = named.map(({ personId }) => personId);
    if (actorIds.length === 0 && lotIds.length === 0) return { rows: [], next: null };
    const fromSeq = Math.max(1, before - SEARCHED);
    const rows = store.eventsAbout({ actorIds, lotIds }, { fromSeq, beforeSeq: before }, PAGE);
    return { rows, next: rows.length === PAGE ? nextOf(rows) : fromSeq === 1 ? null : fromSeq };
  }

  /** Who asks while one is under way gets that one's answer. Throws RECORDS_DAMAGED. */
  verify(): Promise<JournalVerdict> {
    this.#checking ??= this.#alone(() => this.#check()).finally(() => {
      this.#checking = null;
    });
    return this.#checking;
  }

  async #check(): Promise<JournalVerdict> {
    const { reader, recorder } = this.#parts;
    const { ok, events, firstBad = null, missingAfter = null, head } = await reader.check();
    return { ok, events, firstBad, missingAfter, seal: head?.hash ?? null, checkedMs: recorder.clock.nowMs() };
  }

  /** Throws SIGNER_LOCKED, FILE_UNWRITABLE, RECORDS_DAMAGED, DISK_FULL. */
  export(actorId: string, file: string): Promise<JournalExported> {
    return this.#alone(() => this.#export(actorId, file));
  }

  async #export(actorId: string, file: string): Promise<JournalExported> {
    const { reader, recorder } = this.#parts;
    const key = this.#parts.key();
    if (!key) throw new KeylineError('SIGNER_LOCKED');
    const partial = reader.place(file);
    const { events, head, lines, sha256 } = await reader.write(partial, recorder.clock.nowMs(), key.spki);
    const signature = key.sign(journalSealText({ lines, sha256 }));
    reader.seal(partial, JSON.stringify({ lines, sha256, signature }), file);
    recorder.commit(actorId, (append) => append('journal-exported', { seq: head.seq, head: head.hash, sha256 }));
    return { file, events, seal: head.hash };
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#reading.then(work);
    this.#reading = done.catch(() => {});
    return done;
  }

  /** Waits for what is being read. */
  async close(): Promise<void> {
    await this.#reading;
  }
}

function entryOf({ actorId, body, ...row }: JournalRow, names: ReadonlyMap<string, string>): JournalEntry {
  return { ...row, who: whoOf(actorId, names), facts: factsOf(body) };
}

function whoOf(actorId: string, names: ReadonlyMap<string, string>): JournalEntry['who'] {
  if (actorId === STATION_ACTOR) return { kind: 'station', name: null };
  if (!PERSON.test(actorId)) return { kind: 'operator', name: null };
  return { kind: 'person', name: names.get(actorId) ?? null };
}

function nextOf(rows: readonly JournalRow[]): number | null {
  const last = rows.at(-1)?.seq ?? 1;
  return last > 1 ? last : null;
}

/** Scalars of the body; what is nested is for auditors, in the export. */
function factsOf(body: string): JournalEntry['facts'] {
  const value: unknown = JSON.parse(body);
  if (typeof value !== 'object' || value === null) return {};
  const facts: JournalEntry['facts'] = {};
  for (const [key, fact] of Object.entries(value).slice(0, MOST_FACTS)) {
    if (typeof fact === 'string') facts[key] = fact.slice(0, FACT_CHARACTERS);
    if (typeof fact === 'number' || typeof fact === 'boolean') facts[key] = fact;
  }
  return facts;
}
