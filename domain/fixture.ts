// Fixtures of a bench as they stand on it (UX.md section 8): rows and columns each, and the names of their slots. Slots are
// numbered through all fixtures, from 1; a taught bench names them A1, A2, … B1.
import { z } from 'zod';

/** Slots of a line. */
export const MAX_SLOTS = 64;
/** One letter each, and as many as could hold four slots. */
const MAX_FIXTURES = 16;

export const Fixture = z.strictObject({
  rows: z.number().int().min(1).max(16),
  columns: z.number().int().min(1).max(16),
});
export type Fixture = z.infer<typeof Fixture>;

export const Fixtures = z
  .array(Fixture)
  .min(1)
  .max(MAX_FIXTURES)
  .refine((fixtures) => slotsOf(fixtures) <= MAX_SLOTS, `at most ${MAX_SLOTS} slots`);
export type Fixtures = z.infer<typeof Fixtures>;

/** Slots of all of them together. */
export function slotsOf(fixtures: readonly Fixture[]): number {
  return fixtures.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
}

/** `A` for the first. */
export function fixtureName(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

/** In the order of their numbers: row by row, fixture by fixture. */
export function slotNames(fixtures: readonly Fixture[]): readonly string[] {
  return fixtures.flatMap(({ rows, columns }, index) =>
    Array.from({ length: rows * columns }, (_, slot) => `${fixtureName(index)}${slot + 1}`),
  );
}

/** Of a bench that nobody taught: 1, 2, … */
export function plainNames(slots: number): readonly string[] {
  return Array.from({ length: slots }, (_, index) => String(index + 1));
}
