// What a release of a draft would meet (UX.md section 4.4, "Ready to release?"). Pure: what was found out is handed in.
// Only a `stop` keeps the lot from being released.
import type { LotDraft, Readiness, ReadyCheck, RecipeView } from '../../contract/lots-api.ts';
import type { ErrorCode } from '../../domain/error-table.ts';
import { Name } from '../../domain/ids.ts';
import type { StationFacts, SyncView } from '../../domain/station-event.ts';
import { type SerialPicture, serialPicture, type UsedRange } from './serial-picture.ts';

/** What is left of the active CA. */
export interface CaNow {
  /** The first end among its chain, UTC ms; null: never. */
  readonly endsMs: number | null;
  /** Signatures; null: without limit. */
  readonly left: number | null;
  /** The worst first. */
  readonly warnings: readonly ErrorCode[];
}

/** What a station knows that a release rests on. */
export interface Findings {
  readonly lotExists: boolean;
  /** `unknown`: the draft names one that this station does not hold, or can no longer follow. */
  readonly recipe: RecipeView | 'none' | 'unknown';
  /** The factory secret that the recipe names is on this station, or it names none. */
  readonly hasFactorySecret: boolean;
  readonly lots: readonly UsedRange[];
  readonly signing: StationFacts['signing'];
  /** The signing CA and the station are both for practice, or both not. */
  readonly caFits: boolean;
  readonly ca: CaNow;
  /** Why boards of this recipe cannot be signed for by the active CA, or null. */
  readonly profileFault: string | null;
  readonly hasSpace: boolean;
  readonly boardsFit: number;
  /** Why the clock is unsure, or null. */
  readonly clockDoubt: string | null;
  readonly enrolled: boolean;
  readonly sync: Pick<SyncView, 'online' | 'waiting'>;
  readonly releasedLot: string | null;
  /** The lot that the line runs, or null. */
  readonly runningLot: string | null;
  /** Mean time between boards that pass, of lots of this recipe; null before there is one. */
  readonly boardMs: number | null;
}

type Facts = ReadyCheck['facts'];
type Found = Omit<ReadyCheck, 'check'>;

export function readiness(draft: LotDraft, found: Findings): Readiness {
  const needed = draft.quantity + draft.spare;
  const picture = serialPicture(draft.firstSerial, draft.lastSerial, needed, found.lots);
  const { used, range, free, suggestedFirst, neededLast } = picture;
  const checks: ReadyCheck[] = [
    { check: 'order', ...orderCheck(draft.orderId, found) },
    { check: 'recipe', ...recipeCheck(found) },
    { check: 'serials', ...serialsCheck(picture, needed) },
    { check: 'signing', ...signingCheck(found, needed) },
    ...(typeof found.recipe === 'string' ? [] : [{ check: 'firmware' as const, ...firmwareCheck(found.recipe) }]),
    { check: 'room', ...roomCheck(found, needed) },
    { check: 'clock', ...clockCheck(found.clockDoubt) },
    { check: 'cloud', ...cloudCheck(found) },
    { check: 'line', ...lineCheck(found) },
  ];
  const estimateMs = found.boardMs === null ? null : found.boardMs * draft.quantity;
  return { checks, used, range, free, suggestedFirst, neededLast, estimateMs };
}

const ok = (facts: Facts = {}): Found => ({ verdict: 'ok', code: null, facts });
const look = (code: ErrorCode, facts: Facts = {}): Found => ({ verdict: 'look', code, facts });
const stop = (code: ErrorCode, facts: Facts = {}): Found => ({ verdict: 'stop', code, facts });

function orderCheck(lotId: string, { lotExists }: Findings): Found {
  if (!Name.safeParse(lotId).success) return stop('LOT_NAME_INVALID', { lotId });
  return lotExists ? stop('LOT_EXISTS', { lotId }) : ok({ lotId });
}

function recipeCheck({ recipe, hasFactorySecret }: Findings): Found {
  if (recipe === 'none') return stop('RECIPE_MISSING');
  if (recipe === 'unknown') return stop('RECIPE_INVALID');
  if (!hasFactorySecret) return stop('PSK_MISSING');
  return ok({ name: recipe.name, version: recipe.version, model: recipe.model });
}

function serialsCheck({ size, clash, suggestedFirst, free }: SerialPicture, needed: number): Found {
  if (size === null) return stop('RANGE_INVALID');
  if (clash) return stop('RANGE_USED', { ...clash, ...(suggestedFirst === null ? {} : { suggestedFirst }) });
  if (size < needed) return stop('RANGE_TOO_SMALL', { size, needed });
  return ok({ free, needed });
}

function signingCheck({ signing, caFits, ca, profileFault }: Findings, needed: number): Found {
  if (signing === 'none') return stop('CA_MISSING');
  if (signing === 'locked' || signing === 'pin-needed') return stop('SIGNER_LOCKED');
  if (!caFits) return stop('PRACTICE_MISMATCH');
  const { left, endsMs, warnings } = ca;
  const facts = { ...(left === null ? {} : { left, needed }), ...(endsMs === null ? {} : { endsMs }) };
  const [worst] = warnings;
  if (worst === 'CA_ENDED' || worst === 'SIGNER_LIMIT') return stop(worst, facts);
  if (profileFault !== null) return stop('PROFILE_UNFIT', { ...facts, why: profileFault });
  if (left !== null && left < needed) return look('CA_NEARLY_SPENT', facts);
  return worst ? look(worst, facts) : ok(facts);
}

function firmwareCheck({ firmwareHere, firmwareVersion, firmwareSha256 }: RecipeView): Found {
  const facts = { version: firmwareVersion, sha256: firmwareSha256 };
  return firmwareHere ? ok(facts) : stop('FIRMWARE_FILE_WRONG', facts);
}

function roomCheck({ hasSpace, boardsFit }: Findings, needed: number): Found {
  const facts = { boards: boardsFit, needed };
  if (!hasSpace) return stop('DISK_LOW', facts);
  return boardsFit < needed ? look('DISK_LOW', facts) : ok(facts);
}

/** Not a stop: a release is a supervisor's word that the time is right (CERTAINTY.md, Clock). */
function clockCheck(doubt: string | null): Found {
  return doubt === null ? ok() : look('CLOCK_UNSURE', { why: doubt });
}

function cloudCheck({ enrolled, sync }: Findings): Found {
  const facts = { waiting: sync.waiting };
  if (!enrolled) return look('NOT_ENROLLED', facts);
  return sync.online ? ok(facts) : look('SERVICE_UNREACHABLE', facts);
}

function lineCheck({ releasedLot, runningLot }: Findings): Found {
  if (releasedLot !== null) return stop('OTHER_LOT_RELEASED', { lotId: releasedLot });
  return runningLot === null ? ok() : look('LINE_RUNNING', { lotId: runningLot });
}
