// Lots from paper to the line (UX.md section 4.4): recipes that are here, the draft that saves itself, what a release
// would meet, and the release. A lot is made and released in one transaction, in which all of it is asked again.
import type { LotDraft, Readiness, RecipeView, SavedDraft } from '../../contract/lots-api.ts';
import type { LotOrder } from '../../contract/station-api.ts';
import { assert, KeylineError } from '../../domain/errors.ts';
import type { LotLabel } from '../../domain/label.ts';
import { type Role, roleAllows } from '../../domain/person.ts';
import { keyTerms, Recipe } from '../../domain/recipe.ts';
import type { LotView, StationFacts, SyncView } from '../../domain/station-event.ts';
import type { ClockWatch } from '../line/clock-watch.ts';
import type { KeptRecipe, LotFiles } from '../line/lot-files.ts';
import { lotFirmware } from '../line/lot-intake.ts';
import type { LotRecords, NewLot } from '../records/lot-records.ts';
import type { Recorder } from '../records/recorder.ts';
import { type AroundRecipe, fittingRecipe } from './fitting-recipe.ts';
import { type CaNow, readiness } from './readiness.ts';
import type { Settings } from './settings.ts';

/** The rest of the station, as far as a lot's set-up asks it. */
/** Who brings recipes in. */
const IMPORTS = 'security-officer';

export interface AroundLots extends AroundRecipe {
  readonly practice: boolean;
  /** Null for who is no person on record. */
  readonly roleOf: (actorId: string) => Role | null;
  readonly signing: () => StationFacts['signing'];
  /** Of the active CA; null while there is none. */
  readonly chain: () => { readonly practice: boolean; readonly notBeforeMs: number } | null;
  /** What is left of it. */
  readonly ca: () => CaNow;
  readonly hasSpace: () => boolean;
  readonly boardsFit: () => number;
  readonly enrolled: () => boolean;
  readonly sync: () => Pick<SyncView, 'online' | 'waiting'>;
  /** What boards of a draft get that does not say which label. */
  readonly usualLabel: () => LotLabel;
  /** The lot that the line runs, or null. */
  readonly runningLot: () => string | null;
  /** The lot as told to those who watch. */
  readonly view: (lotId: string) => LotView;
  /** As `view`, and tells them. */
  readonly changed: (lotId: string) => LotView;
}

export interface LotSetUpParts {
  readonly recorder: Recorder;
  readonly lots: LotRecords;
  readonly files: LotFiles;
  readonly settings: Settings;
  readonly clockWatch: ClockWatch;
  readonly around: AroundLots;
}

/** What the pace of a lot looks back on. */
const HOUR_MS = 3_600_000;
/** Lots of a recipe that are asked for its pace: each is a walk over its jobs. */
const PACE_LOTS = 5;

export class LotSetUp {
  readonly #parts: LotSetUpParts;
  /** SHA-256 of recipes whose image was read and is the one they name: it is read again when a lot is released. */
  readonly #seen = new Set<string>();
  /** Lots whose figures change no more. */
  readonly #over = new Map<string, LotView>();

  constructor(parts: LotSetUpParts) {
    this.#parts = parts;
  }

  /** The newest first. */
  list(): LotView[] {
    const lots = this.#parts.recorder.store.lotRanges().toReversed();
    return lots.map(({ lotId }) => this.#over.get(lotId) ?? this.#viewOf(lotId));
  }

  /** Figures of a lot take a walk over its jobs: a list of many closed lots must not take it each time. */
  #viewOf(lotId: string): LotView {
    const { recorder, around } = this.#parts;
    const view = around.view(lotId);
    const forLong = recorder.clock.nowMs() - view.stateSinceMs > HOUR_MS;
    if (view.state === 'closed' && forLong && around.runningLot() !== lotId) this.#over.set(lotId, view);
    return view;
  }

  /** The newest first. One that this version cannot follow is not among them. */
  recipes(): RecipeView[] {
    return this.#parts.files.recipes().flatMap((kept) => this.#recipeView(kept) ?? []);
  }

  /** Images are read again when they are asked for. */
  forgetSeen(): void {
    this.#seen.clear();
  }

  draft(): SavedDraft | null {
    return this.#parts.settings.draft;
  }

  /** Throws DISK_FULL. */
  saveDraft(draft: LotDraft): SavedDraft {
    return this.#parts.settings.saveDraft(draft, this.#parts.recorder.clock.nowMs());
  }

  check(draft: LotDraft): Readiness {
    const { recorder, clockWatch, around } = this.#parts;
    const { store } = recorder;
    const kept = this.#kept(draft);
    const chain = around.chain();
    return readiness(draft, {
      lotExists: store.lot(draft.orderId) !== null,
      recipe: draft.recipeSha256 === null ? 'none' : ((kept && this.#recipeView(kept)) ?? 'unknown'),
      lots: store.lotRanges(),
      hasFactorySecret: this.#hasFactorySecret(kept),
      signing: around.signing(),
      caFits: chain?.practice === around.practice,
      ca: around.ca(),
      profileFault: this.#profileFault(kept),
      hasSpace: around.hasSpace(),
      boardsFit: around.boardsFit(),
      clockDoubt: clockWatch.doubt(store.recordTimes(), chain?.notBeforeMs ?? 0),
      enrolled: around.enrolled(),
      sync: around.sync(),
      releasedLot: store.releasedLot()?.lotId ?? null,
      runningLot: around.runningLot(),
      boardMs: kept && this.#paceOf(kept.sha256, 'boardMs'),
    });
  }

  /** Makes the lot of the draft, releases it and forgets the draft: all of it or nothing. Throws what `check` stops for. */
  release(actorId: string, draft: LotDraft): LotView {
    const { recorder, lots, settings, around } = this.#parts;
    const { orderId, quantity, spare, stopAfter, firstSerial, lastSerial, label = around.usualLabel() } = draft;
    // What was once seen may have changed on the disk since.
    this.#seen.clear();
    recorder.commit(actorId, (append, nowMs) => {
      const stop = this.check(draft).checks.find(({ verdict }) => verdict === 'stop');
      if (stop) {
        assert(stop.code, 'a stop says why');
        const { lotId, why } = stop.facts;
        throw new KeylineError(stop.code, String(lotId ?? why ?? ''));
      }
      const kept = this.#kept(draft);
      assert(kept, 'a recipe that was found to be here can be read');
      const order = { lotId: orderId, orderId, quantity, spare, stopAfter, practice: around.practice };
      lots.insert(append, nowMs, { ...order, ...recipeFacts(kept), serialRange: `${firstSerial}..${lastSerial}` });
      lots.chooseLabel(append, orderId, label);
      lots.change(append, nowMs, { actorId, lotId: orderId, command: 'release', because: null });
      settings.forgetDraft();
    });
    return around.changed(orderId);
  }

  /**
   * Makes a lot from a recipe file, which is kept with its image, also where the lot is then refused; one that is new here is a
   * security officer's to bring. Throws as `fittingRecipe`, NOT_ALLOWED, PRACTICE_MISMATCH, and what range and state refuse.
   */
  async create(actorId: string, order: LotOrder): Promise<LotView> {
    const { recorder, lots, files, around } = this.#parts;
    if (order.practice !== around.practice) throw new KeylineError('PRACTICE_MISMATCH');
    const { text, sha256, firmware } = fittingRecipe(order.recipePath, around);
    const role = around.roleOf(actorId);
    const known = files.recipe(sha256) !== null;
    if (!known && role !== null && !roleAllows(role, IMPORTS))
      throw new KeylineError('NOT_ALLOWED', 'the recipe is new here', { needed: IMPORTS });
    // Who brought it is on record before it is here, whatever becomes of the lot.
    if (!known) recorder.commit(actorId, (append) => append('recipe-imported', { recipeSha256: sha256 }));
    files.keepFirmware(firmware.sha256, firmware.bytes);
    files.keepRecipe(sha256, text);
    const { release, recipePath: _, label = 'none', ...lot } = order;
    recorder.commit(actorId, (append, nowMs) => {
      lots.insert(append, nowMs, { ...lot, ...recipeFacts({ sha256, text }) });
      lots.chooseLabel(append, order.lotId, label);
      const { lotId } = order;
      if (release) lots.change(append, nowMs, { actorId, lotId, command: 'release', because: null });
    });
    return around.changed(order.lotId);
  }

  #profileFault(kept: KeptRecipe | null): string | null {
    const recipe = kept && recipeOf(kept);
    return recipe && this.#parts.around.profileFault(recipe.certificate);
  }

  #kept({ recipeSha256 }: LotDraft): KeptRecipe | null {
    return recipeSha256 === null ? null : this.#parts.files.recipe(recipeSha256);
  }

  #hasFactorySecret(kept: KeptRecipe | null): boolean {
    const psk = kept === null ? undefined : recipeOf(kept)?.psk;
    return psk === undefined || this.#parts.around.holdsFactorySecret(psk);
  }

  #recipeView(kept: KeptRecipe): RecipeView | null {
    const recipe = recipeOf(kept);
    if (!recipe) return null;
    const { name, version, model, hardwareRevisions, firmware } = recipe;
    return {
      ...{ recipeSha256: kept.sha256, name, version, model, ...keyTerms(recipe), revisions: [...hardwareRevisions] },
      ...{ firmwareVersion: firmware.version, firmwareSha256: firmware.sha256 },
      firmwareHere: this.#firmwareHere(kept.sha256, recipe),
      jobMs: this.#paceOf(kept.sha256, 'jobMs'),
    };
  }

  #firmwareHere(recipeSha256: string, recipe: Recipe): boolean {
    if (this.#seen.has(recipeSha256)) return true;
    try {
      lotFirmware(recipe, this.#parts.files);
    } catch (error) {
      if (!(error instanceof KeylineError)) throw error;
      return false;
    }
    this.#seen.add(recipeSha256);
    return true;
  }

  /** Of the newest lot that has one: what a line does now says more than what it did last year. */
  #paceOf(recipeSha256: string, figure: 'boardMs' | 'jobMs'): number | null {
    const { recorder, around } = this.#parts;
    let looked = 0;
    for (const { lotId } of recorder.store.lotRanges().toReversed()) {
      if (recorder.store.lot(lotId)?.recipeSha256 !== recipeSha256) continue;
      const ms = around.view(lotId).pace[figure];
      if (ms !== null || ++looked === PACE_LOTS) return ms;
    }
    return null;
  }
}

function recipeOf({ text }: KeptRecipe): Recipe | null {
  const parsed = Recipe.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

function recipeFacts(
  kept: KeptRecipe,
): Pick<NewLot, 'recipe' | 'recipeName' | 'recipeVersion' | 'recipeSha256' | 'firmwareSha256'> {
  const recipe = recipeOf(kept);
  assert(recipe, 'a recipe was checked before it was kept');
  return {
    ...{ recipe: kept.text, recipeName: recipe.name, recipeVersion: recipe.version, recipeSha256: kept.sha256 },
    firmwareSha256: recipe.firmware.sha256,
  };
}
