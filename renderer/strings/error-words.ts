// What a language says of each failure: tile word, what happened, what to do; and short forms where the long ones do not
// fit. Every code has its words, so that a row that is new in the error table does not compile until it is translated.
import type { ErrorCode } from '../../domain/error-table.ts';
import type { buttons } from './en/buttons.ts';

export interface ErrorWords {
  readonly tile: string;
  /** For the densest grid, where `tile` is too long for it (UX.md section 13: 13 letters). */
  readonly dense?: string;
  readonly happened: string;
  readonly todo: string;
  /** What to do, as short as a tile's second line; else the first sentence of `todo`. */
  readonly hint?: string;
}

/** Words on the buttons of cards, by the English ones of the error table. */
export type ButtonWords = Readonly<Record<keyof typeof buttons, string>>;

export type ErrorCatalogue = Readonly<Record<ErrorCode, ErrorWords>>;
