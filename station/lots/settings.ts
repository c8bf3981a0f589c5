// What was set for this bench and is kept: its ports, its screen, the lot that is being filled in. Refuses a row that
// does not follow its shape: another hand wrote it.
import { z } from 'zod';
import { type LotDraft, SavedDraft } from '../../contract/lots-api.ts';
import { KeylineError } from '../../domain/errors.ts';
import { Fixtures, slotsOf } from '../../domain/fixture.ts';
import { StationFacts } from '../../domain/station-event.ts';

export type Bench = NonNullable<StationFacts['bench']>;

/** JSON texts; null before one was set. */
export interface SettingRows {
  setting(key: string): string | null;
}

/** db/ implements it. */
export interface SettingStore extends SettingRows {
  /** Null forgets it. In the transaction in progress, or alone. Throws DISK_FULL. */
  saveSetting(key: string, value: string | null): void;
}

/** As they were written by an earlier version too: a change of shape needs another key. */
const SHAPES = {
  bench: StationFacts.shape.bench.unwrap(),
  pixelMm: z.number(),
  draft: SavedDraft,
  /** At these ports. */
  fixtures: z.object({ ports: z.string(), fixtures: Fixtures }),
};

/** As `Settings.bench`, for who only reads. Throws RECORDS_DAMAGED. */
export function benchOf(rows: SettingRows): Bench | null {
  return read(rows, 'bench', SHAPES.bench);
}

/** As `Settings.pixelMm`, for who only reads. Throws RECORDS_DAMAGED. */
export function pixelMmOf(rows: SettingRows): number | null {
  return read(rows, 'pixelMm', SHAPES.pixelMm);
}

/** Of a bench as it was taught; null for one with other ports, or other slots, than those that were taught. */
export function fixturesOf(rows: SettingRows, bench: Bench | null): Fixtures | null {
  const taught = read(rows, 'fixtures', SHAPES.fixtures);
  const fits = taught !== null && taught.ports === bench?.ports && slotsOf(taught.fixtures) === bench.slots;
  return fits ? taught.fixtures : null;
}

export class Settings {
  readonly #store: SettingStore;

  constructor(store: SettingStore) {
    this.#store = store;
  }

  /** Ports and slots that a line is started with unless it says otherwise; null before any were set. */
  get bench(): Bench | null {
    return benchOf(this.#store);
  }

  /** Width of a CSS pixel, millimetres; null before it was measured. */
  get pixelMm(): number | null {
    return pixelMmOf(this.#store);
  }

  /** As `fixturesOf`. */
  fixturesOf(bench: Bench | null): Fixtures | null {
    return fixturesOf(this.#store, bench);
  }

  /** Bench and fixtures belong together: in one transaction of the caller's. */
  setFixtures(ports: string, fixtures: Fixtures): void {
    this.setBench({ ports, slots: slotsOf(fixtures) });
    this.#set('fixtures', { ports, fixtures: [...fixtures] });
  }

  get draft(): SavedDraft | null {
    return read(this.#store, 'draft', SHAPES.draft);
  }

  /** True when it is another one than before. */
  setBench(bench: Bench): boolean {
    const { bench: before } = this;
    if (before?.ports === bench.ports && before.slots === bench.slots) return false;
    this.#set('bench', { ports: bench.ports, slots: bench.slots });
    return true;
  }

  setPixelMm(pixelMm: number): void {
    this.#set('pixelMm', pixelMm);
  }

  saveDraft(draft: LotDraft, savedMs: number): SavedDraft {
    const saved = { draft, savedMs };
    this.#set('draft', saved);
    return saved;
  }

  forgetDraft(): void {
    this.#store.saveSetting('draft', null);
  }

  #set(
    key: keyof typeof SHAPES,
    value: Bench | SavedDraft | number | { readonly ports: string; readonly fixtures: Fixtures },
  ): void {
    this.#store.saveSetting(key, JSON.stringify(value));
  }
}

function read<Value>(rows: SettingRows, key: keyof typeof SHAPES, shape: z.ZodType<Value>): Value | null {
  const text = rows.setting(key);
  if (text === null) return null;
  const found = shape.safeParse(JSON.parse(text));
  if (found.success) return found.data;
  throw new KeylineError('RECORDS_DAMAGED', `setting ${key}: ${found.error.issues[0]?.message}`);
}
