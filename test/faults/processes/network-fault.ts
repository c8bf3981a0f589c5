// What can happen to one connection between a station and its service, and how one is drawn.
import type { SeededRandom } from '../../../simulator/seeded-random.ts';

/**
 * By the bytes of the connection, TLS from end to end: refused, cut after some bytes either way, held back, silent and then
 * reset, opened twice. By a test front that has a certificate of the service's own CA: the request delivered twice, the
 * answer lost, and answers that no healthy service gives.
 */
export const NETWORK_KINDS = [
  'refused',
  'cut-up',
  'cut-down',
  'delay',
  'silent',
  'doubled',
  'twice',
  'answer-lost',
  '429',
  '500',
  '503',
  'garbage',
] as const;
export type NetworkKind = (typeof NETWORK_KINDS)[number];

export interface NetworkFault {
  readonly kind: NetworkKind;
  /** Bytes that pass before a cut; milliseconds of a delay or a silence. */
  readonly size: number;
}

/** A handshake takes some 4 KB down and 2 KB up, a small exchange another half: cuts fall into both. */
const CUT_BYTES = 5_000;
const HELD_MS = 1_200;

/** Every kind in turn, so that none is left to chance. */
export function drawNetworkFault(random: SeededRandom, turn: number): NetworkFault {
  const kind = NETWORK_KINDS[turn % NETWORK_KINDS.length] ?? 'refused';
  const isCut = kind === 'cut-up' || kind === 'cut-down';
  return { kind, size: isCut ? random.between(1, CUT_BYTES) : random.between(100, HELD_MS) };
}
