// What the card of one signing CA shows (UX.md section 4.8): how it stands, its chain, how long and for how many boards
// it lasts, and what this person may do with it. A figure that nobody knows is not shown.
import type { CaView } from '../../contract/signing-api.ts';
import type { StationFacts } from '../../domain/station-event.ts';
import { allows } from './permission.ts';
import type { Look } from './tile-view.ts';

/** A text of the catalogue, its key below `signing.word`. */
export type CaWord = 'ready' | 'standby' | 'requested' | 'retired' | 'locked' | 'pin-needed' | 'unreachable' | 'none';

/** The shape of each word (UX.md section 5): what calls a person is a triangle or an octagon, what only waits is not. */
export const CA_LOOKS = {
  ready: 'pass',
  standby: 'held',
  requested: 'empty',
  retired: 'off',
  locked: 'need',
  'pin-needed': 'need',
  unreachable: 'fail',
  none: 'fail',
} as const satisfies Readonly<Record<CaWord, Look>>;

/** A CA that no board waits for is quiet, whatever its key waits for; a token that is away is told of each. */
export function caWordOf({ state, signing }: Pick<CaView, 'state' | 'signing'>): CaWord {
  if (state === 'requested' || state === 'retired') return state;
  if (state === 'active') return signing;
  return signing === 'unreachable' ? signing : 'standby';
}

export interface ChainLink {
  readonly kind: 'root' | 'between' | 'signs';
  readonly fingerprint: string;
  /** Empty where the certificate names none. */
  readonly commonName: string;
  readonly organization: string;
}

/** Root first; the last one signs boards. */
export function chainLinks({ chain }: Pick<CaView, 'chain'>): readonly ChainLink[] {
  const last = chain.length - 1;
  return chain.map(({ fingerprint, commonName, organization }, index) => ({
    kind: index === last ? 'signs' : index === 0 ? 'root' : 'between',
    ...{ fingerprint, commonName: commonName ?? '', organization: organization ?? '' },
  }));
}

export type Lasting =
  | { readonly kind: 'no-end' }
  /** Whole days: 0 on the last one. */
  | { readonly kind: 'days'; readonly days: number; readonly endsMs: number }
  | { readonly kind: 'ended'; readonly endsMs: number };

const DAY_MS = 86_400_000;

/** `nowMs`: UTC milliseconds. */
export function lastingOf({ endsMs }: Pick<CaView, 'endsMs'>, nowMs: number): Lasting {
  if (endsMs === null) return { kind: 'no-end' };
  if (endsMs <= nowMs) return { kind: 'ended', endsMs };
  return { kind: 'days', days: Math.floor((endsMs - nowMs) / DAY_MS), endsMs };
}

export interface SignaturesLeft {
  readonly left: number;
  readonly limit: number;
  /** Share of the limit that is spent, 0 to 1. */
  readonly spent: number;
}

/** Null without a limit. */
export function signaturesLeft({ signatures, limit }: Pick<CaView, 'signatures' | 'limit'>): SignaturesLeft | null {
  if (limit === null) return null;
  return { left: Math.max(0, limit - signatures), limit, spent: Math.min(1, signatures / limit) };
}

/** Hex digits in groups of four, as people compare them. */
export function fingerprintGroups(fingerprint: string): readonly string[] {
  return fingerprint.match(/.{1,4}/g) ?? [];
}

export interface CaActions {
  /** What opens its key; null where it is open, or nothing would. */
  readonly secret: 'passphrase' | 'pin' | null;
  readonly mayTest: boolean;
  readonly mayActivate: boolean;
}

const NOTHING: CaActions = { secret: null, mayTest: false, mayActivate: false };

/** CA keys are the security officer's alone (UX.md section 2). */
export function caActionsFor({ state, signing }: Pick<CaView, 'state' | 'signing'>, facts: StationFacts): CaActions {
  if (!seesKeys(facts)) return NOTHING;
  return {
    secret: signing === 'locked' ? 'passphrase' : signing === 'pin-needed' ? 'pin' : null,
    mayTest: (state === 'active' || state === 'standby') && (signing === 'ready' || signing === 'unreachable'),
    mayActivate: state === 'standby' && signing === 'ready',
  };
}

/** Where a key lies, and what is done with it. */
export function seesKeys(facts: StationFacts): boolean {
  return allows(facts, 'security-officer');
}
