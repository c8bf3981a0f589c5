// A lot as it is typed (UX.md section 4.4): texts, what is wrong with each of them, and the draft that travels to the
// station. Refuses in words what no station could read; what is taken or missing is the station's to say.
import type { LotDraft, RecipeView } from '../../contract/lots-api.ts';
import { parseSerialRange } from '../../domain/device-serial.ts';
import { DeviceSerial, Name } from '../../domain/ids.ts';
import type { LotLabel } from '../../domain/label.ts';
import type { LotView } from '../../domain/station-event.ts';

export interface TypedDraft {
  readonly orderId: string;
  readonly recipeSha256: string | null;
  readonly quantity: string;
  readonly firstSerial: string;
  readonly lastSerial: string;
  readonly spare: string;
  readonly stopAfter: string;
  /** Absent: what is usual on this station. */
  readonly label?: LotLabel | undefined;
}

export type DraftField = Exclude<keyof TypedDraft, 'recipeSha256' | 'label'>;

export type FieldRefusal =
  | 'order'
  | 'orderLong'
  | 'quantity'
  | 'spare'
  | 'stopAfter'
  | 'serial'
  | 'serialCase'
  | 'serialLetters'
  | 'serialTail'
  | 'serialLength'
  | 'serialPrefix'
  | 'serialBefore';

export type FieldRefusals = Partial<Readonly<Record<DraftField, FieldRefusal>>>;

/** As the contract's LotDraft has them. */
export const COUNTS = {
  quantity: { least: 1, most: 1_000_000 },
  spare: { least: 0, most: 1_000_000 },
  stopAfter: { least: 0, most: 1000 },
} as const;

/** Characters of an order's id and of a serial (domain/ids.ts). */
const MOST_ORDER = 64;
const MOST_SERIAL = 32;

/** Same failures in a row that hold a new lot, as on the command line. */
const STOP_AFTER = 3;

export const BLANK: TypedDraft = {
  orderId: '',
  recipeSha256: null,
  quantity: '1',
  firstSerial: '',
  lastSerial: '',
  spare: '0',
  stopAfter: String(STOP_AFTER),
};

/** A whole number as people write it, groups of three marked or not; null where it is none, or outside the bounds. */
export function countOf(text: string, { least, most }: { readonly least: number; readonly most: number }) {
  const plain = text.normalize('NFKC').trim();
  if (!/^(?:\d+|\d{1,3}(?:[.,'’ ]\d{3})+)$/.test(plain)) return null;
  const count = Number(plain.replaceAll(/\D/g, ''));
  return count >= least && count <= most ? count : null;
}

/** What is wrong with each text. An empty order or serial is not wrong yet. */
export function refusalsOf(typed: TypedDraft): FieldRefusals {
  const refusals: Partial<Record<DraftField, FieldRefusal>> = {};
  for (const field of ['quantity', 'spare', 'stopAfter'] as const)
    if (countOf(typed[field], COUNTS[field]) === null) refusals[field] = field;
  const order = typed.orderId.trim();
  if (order.length > MOST_ORDER) refusals.orderId = 'orderLong';
  else if (order !== '' && !Name.safeParse(order).success) refusals.orderId = 'order';
  const first = serialRefusal(typed.firstSerial.trim());
  const last = serialRefusal(typed.lastSerial.trim());
  if (first !== null) refusals.firstSerial = first;
  if (last !== null) refusals.lastSerial = last;
  const range =
    first === null && last === null ? rangeRefusal(typed.firstSerial.trim(), typed.lastSerial.trim()) : null;
  if (range !== null) refusals.lastSerial = range;
  return refusals;
}

function serialRefusal(serial: string): FieldRefusal | null {
  if (serial === '') return null;
  if (/[a-z]/.test(serial)) return 'serialCase';
  if (!DeviceSerial.safeParse(serial).success) return 'serial';
  // Label rule (UX.md section 14): they are read as 1, 0 and V.
  if (/[IOU]/.test(serial)) return 'serialLetters';
  return /\d$/.test(serial) ? null : 'serialTail';
}

function rangeRefusal(first: string, last: string): FieldRefusal | null {
  if (first === '' || last === '') return null;
  if (first.length !== last.length) return 'serialLength';
  if (!('refused' in parseSerialRange(`${first}..${last}`))) return null;
  // Each is a serial with a tail, both are of one length: either the tails are in the wrong order, or the prefixes differ.
  return 'refused' in parseSerialRange(`${last}..${first}`) ? 'serialPrefix' : 'serialBefore';
}

/** The draft that the station saves and checks; null while a number cannot be read or a text is too long to travel. */
export function draftOf(typed: TypedDraft): LotDraft | null {
  const quantity = countOf(typed.quantity, COUNTS.quantity);
  const spare = countOf(typed.spare, COUNTS.spare);
  const stopAfter = countOf(typed.stopAfter, COUNTS.stopAfter);
  const [orderId, firstSerial, lastSerial] = [typed.orderId.trim(), typed.firstSerial.trim(), typed.lastSerial.trim()];
  if (quantity === null || spare === null || stopAfter === null) return null;
  if (orderId.length > MOST_ORDER || firstSerial.length > MOST_SERIAL || lastSerial.length > MOST_SERIAL) return null;
  const label = typed.label === undefined ? {} : { label: typed.label };
  return { orderId, recipeSha256: typed.recipeSha256, quantity, firstSerial, lastSerial, spare, stopAfter, ...label };
}

export function typedOf({ quantity, spare, stopAfter, ...texts }: LotDraft): TypedDraft {
  return { ...texts, quantity: String(quantity), spare: String(spare), stopAfter: String(stopAfter) };
}

/** A new draft like this lot: its recipe where the station still holds it, serials from behind its own, no order yet. */
export function copyOf(lot: LotView, recipes: readonly RecipeView[]): TypedDraft {
  const { recipeName, recipeVersion, quantity, spare, stopAfter } = lot;
  const recipe = recipes.find(({ name, version }) => name === recipeName && version === recipeVersion);
  return {
    ...BLANK,
    recipeSha256: recipe?.recipeSha256 ?? null,
    quantity: String(quantity),
    spare: String(spare),
    stopAfter: String(stopAfter),
    firstSerial: serialAfter(lot.serialRange),
  };
}

/** The serial behind a range; empty where its digits have no room for one. */
function serialAfter(serialRange: string): string {
  const range = parseSerialRange(serialRange);
  if ('refused' in range) return '';
  const next = (range.last + 1n).toString();
  return next.length > range.digits ? '' : range.prefix + next.padStart(range.digits, '0');
}

/** The next count up or down: in ones to 20, then in tens, hundreds and so on, on round numbers. Stays in the bounds. */
export function stepped(count: number, by: 1 | -1, { least, most }: { readonly least: number; readonly most: number }) {
  const from = by === 1 ? count : Math.max(1, count - 1);
  const step = from < 20 ? 1 : 10 ** Math.floor(Math.log10(from / 2) || 0);
  const next = by === 1 ? (Math.floor(count / step) + 1) * step : (Math.ceil(count / step) - 1) * step;
  return Math.min(most, Math.max(least, next));
}
