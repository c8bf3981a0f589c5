// Boards of a lot by where they stand, so that they add up to its quantity. Pure.
import type { BoardCounts } from '../../contract/lot-page-api.ts';
import type { BoardPlace } from './lot-page-store.ts';

export function boardCounts(quantity: number, places: Readonly<Record<BoardPlace, number>>): BoardCounts {
  const left = quantity - Object.values(places).reduce((sum, boards) => sum + boards, 0);
  return { ...places, notStarted: Math.max(0, left), beyond: Math.max(0, -left) };
}
