// The pseudo-locale: every text of a catalogue with accents and 60 % more room, so that a test sees which text did not
// come from the catalogue and which place is too small (UX.md section 13). Fill-ins stay as they are.

export interface Catalogue {
  readonly [key: string]: string | Catalogue;
}

const ACCENTS: Readonly<Record<string, string>> = {
  a: 'á',
  b: 'ƀ',
  c: 'ç',
  d: 'đ',
  e: 'é',
  f: 'ƒ',
  g: 'ğ',
  h: 'ĥ',
  i: 'í',
  j: 'ĵ',
  k: 'ķ',
  l: 'ł',
  m: 'ɱ',
  n: 'ñ',
  o: 'ó',
  p: 'þ',
  q: 'ɋ',
  r: 'ř',
  s: 'š',
  t: 'ŧ',
  u: 'ú',
  v: 'ṽ',
  w: 'ŵ',
  x: 'ẋ',
  y: 'ý',
  z: 'ž',
  A: 'Á',
  B: 'Ɓ',
  C: 'Ç',
  D: 'Đ',
  E: 'É',
  F: 'Ƒ',
  G: 'Ğ',
  H: 'Ĥ',
  I: 'Í',
  J: 'Ĵ',
  K: 'Ķ',
  L: 'Ł',
  M: 'Ṁ',
  N: 'Ñ',
  O: 'Ó',
  P: 'Þ',
  Q: 'Ɋ',
  R: 'Ř',
  S: 'Š',
  T: 'Ŧ',
  U: 'Ú',
  V: 'Ṽ',
  W: 'Ŵ',
  X: 'Ẋ',
  Y: 'Ý',
  Z: 'Ž',
};

/** Share of a text's letters that is added to it. */
const GROWTH = 0.6;

/** Letters of a long word, its space counted. */
const WORD = 9;

/** Marks of a text's start and end, which no English text holds. */
export const MARKS = { start: '⟦', end: '⟧' } as const;

export function pseudoText(text: string): string {
  const parts = text.split(/(\{\{[^}]*\}\})/);
  const letters = parts.filter((_, index) => index % 2 === 0).join('');
  const accented = parts.map((part, index) => (index % 2 === 1 ? part : [...part].map(accent).join(''))).join('');
  return `${MARKS.start}${accented}${room(Math.ceil(letters.length * GROWTH))}${MARKS.end}`;
}

/** It may break where words would. */
function room(letters: number): string {
  return Array.from({ length: letters }, (_, index) => (index % WORD === WORD - 1 ? ' ' : '·')).join('');
}

function accent(letter: string): string {
  return ACCENTS[letter] ?? letter;
}

export function pseudoCatalogue(catalogue: Catalogue): Catalogue {
  const entries = Object.entries(catalogue).map(([key, value]) => {
    return [key, typeof value === 'string' ? pseudoText(value) : pseudoCatalogue(value)] as const;
  });
  return Object.fromEntries(entries);
}
