// The letters that stand for a person in the avatar: the first of the first and of the last word of the name.

export function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '');
  const ends = words.length > 1 ? [words.at(0), words.at(-1)] : words;
  return ends.map((word) => firstLetter(word ?? '')).join('');
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** With the marks that stand on it. */
function firstLetter(word: string): string {
  const [first] = graphemes.segment(word);
  return (first?.segment ?? '').toLocaleUpperCase();
}
