// What a board's console writes, without whatever could be a key: long words of hex or Base64, and rows of bytes.

const MARK = '·';
/** 12 characters of Base64 hold 9 bytes: shorter words are names and numbers. */
const LONG_WORD = /[A-Za-z0-9+/=_-]{12,}/g;
/** Six bytes and more, written one by one in hex or decimal. */
const ROW_OF_BYTES = /(?:\b(?:0x)?[0-9A-Fa-f]{1,3}\b[\s,:;-]{0,2}){6,}/g;

/** `masked`: characters that were taken out. Words of letters alone stay. */
export function maskedText(text: string): { readonly text: string; readonly masked: number } {
  let masked = 0;
  const hide = (found: string) => {
    masked += found.length;
    return MARK.repeat(4);
  };
  const shown = text
    .replace(ROW_OF_BYTES, hide)
    .replace(LONG_WORD, (word) => (/^[A-Za-z]+$/.test(word) && word.length <= 20 ? word : hide(word)));
  return { text: shown.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ').trim(), masked };
}
