// The words of the failure cards, from what a language says of each code: tile word, what it means for the board, what to
// do. Beside them the short forms that a small tile has room for (UX.md sections 6, 8 and 13).
import { ERRORS, type ErrorCode } from '../../domain/error-table.ts';
import type { ButtonWords, ErrorCatalogue } from './error-words.ts';

/** Letters that a tile's word may have (UX.md section 13). */
export const WORD_LETTERS = { roomy: 16, dense: 13 } as const;

export type CardWords = {
  readonly tile: string;
  readonly dense: string;
  readonly hint: string;
  readonly meaning: string;
  readonly happened: string;
  readonly todo: string;
  /** Of its one button; empty where it has none. */
  readonly button: string;
};

/** What a card says, by code. Throws for a button of the error table that has no word. */
export function cardWords(errors: ErrorCatalogue, buttons: ButtonWords): Record<ErrorCode, CardWords> {
  const words: Partial<Record<ErrorCode, CardWords>> = {};
  for (const code of Object.keys(errors) as ErrorCode[]) {
    const { tile, dense = tile, happened, todo, hint } = errors[code];
    words[code] = {
      ...{ tile, dense, happened, todo },
      hint: hint ?? withoutStop(sentences(todo)[0] ?? todo),
      button: buttonWord(buttons, ERRORS[code].button),
      meaning: withoutStop(sentences(happened).at(-1) ?? happened),
    };
  }
  return words as Record<ErrorCode, CardWords>;
}

function buttonWord(buttons: Readonly<Record<string, string>>, english: string): string {
  const word = english === '' ? '' : buttons[english];
  if (word === undefined) throw new Error(`no word for the button "${english}"`);
  return word;
}

function sentences(text: string): string[] {
  return text.split(/(?<=\.) |(?<=。)/).filter((sentence) => sentence !== '');
}

function withoutStop(text: string): string {
  return text.replace(/[.。]$/, '');
}
