// Every catalogue beside the English one is whole, says the same, and fits (UX.md section 13). A failure lists what is
// missing or wrong file by file, key by key.
import { expect, test } from 'vitest';
import { ERRORS, type ErrorCode, type ErrorRow } from '../../domain/error-table.ts';
import { Language } from '../../domain/person.ts';
import { WORD_LETTERS } from './card-words.ts';
import { catalogueOf } from './catalogues.ts';
import { en } from './en.ts';
import type { Catalogue } from './pseudo.ts';

const OTHERS = Language.options.filter((language) => language !== 'en');
type Other = (typeof OTHERS)[number];

/** Soft hyphens take no room until a word breaks there. */
const SOFT = /\u00AD/g;
const HOLES = /\{\{[^}]*\}\}/g;

/** Texts of a catalogue by key. */
function textsOf(catalogue: Catalogue, under = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(catalogue)) {
    if (typeof value === 'string') texts.set(`${under}${key}`, value);
    else for (const [below, text] of textsOf(value, `${under}${key}.`)) texts.set(below, text);
  }
  return texts;
}

const ENGLISH = textsOf(en);

/** Keys that i18next asks for in a language where English has these: its own plural categories. */
function keysIn(language: Language): string[] {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  const keys = [...ENGLISH.keys()].flatMap((key) => {
    const [, stem] = /^(.+)_(?:one|other)$/.exec(key) ?? [];
    return stem === undefined ? [key] : pluralCategories.map((category) => `${stem}_${category}`);
  });
  return [...new Set(keys)].sort();
}

/** The English text that a translation stands for. */
function englishOf(key: string): string {
  return ENGLISH.get(key) ?? ENGLISH.get(key.replace(/_[a-z]+$/, '_other')) ?? '';
}

/** Each fault with its key and text. */
async function faultsIn(language: Other, isWrong: (text: string, english: string, key: string) => boolean) {
  const texts = textsOf(await catalogueOf(language));
  return [...texts].filter(([key, text]) => isWrong(text, englishOf(key), key)).map(([key, text]) => `${key}: ${text}`);
}

function holesOf(text: string): string[] {
  return [...new Set(text.match(HOLES) ?? [])].sort();
}

/** Letters that take room: without soft hyphens and without what is filled in. */
function lettersOf(text: string): number {
  return [...text.replaceAll(SOFT, '').replaceAll(HOLES, '')].length;
}

/** Which file of strings/en/ a catalogue's first name comes from: translations have the same files. */
const FILES = new Map(
  Object.entries(import.meta.glob<Record<string, object>>('./en/*.ts', { eager: true })).flatMap(([path, parts]) =>
    Object.entries(parts).flatMap(([name, part]) => {
      const names = Object.hasOwn(en, name) ? [name, ...Object.keys(part)] : Object.keys(part);
      return names.map((each) => [each, path.replace('./en/', '')] as const);
    }),
  ),
);

/** For whoever translates: one list of keys a file. */
function byFile(keys: readonly string[]): Record<string, readonly string[]> {
  const fileOf = (key: string) => (key.startsWith('cause.') ? 'errors.ts' : FILES.get(key.split('.')[0] ?? '')) ?? '?';
  return Object.fromEntries(Map.groupBy(keys, fileOf));
}

test.each(OTHERS)('%s has every key of English in its own plurals, and no other', async (language) => {
  const has = [...textsOf(await catalogueOf(language)).keys()];
  const wanted = keysIn(language);
  const missing = byFile(wanted.filter((key) => !has.includes(key)));
  const needless = byFile(has.filter((key) => !wanted.includes(key)));
  expect({ missing, needless }).toEqual({ missing: {}, needless: {} });
});

test('what is missing is listed by its file', () => {
  const listed = { 'settings.ts': ['signing.none'], 'line.ts': ['strip.of'], 'errors.ts': ['cause.USAGE.tile'] };
  expect(byFile(['signing.none', 'strip.of', 'cause.USAGE.tile'])).toEqual(listed);
});

/** Of a plural, what any of its English forms fills in may be filled in by each form of another language. */
function mayFillIn(key: string): string[] {
  const stem = key.replace(/_(?:one|many|other)$/, '');
  const forms = stem === key ? [key] : [`${stem}_one`, `${stem}_other`];
  return forms.flatMap((form) => holesOf(ENGLISH.get(form) ?? ''));
}

test.each(OTHERS)('%s fills in what English fills in, in the same format', async (language) => {
  const differs = (text: string, english: string, key: string) => {
    const has = holesOf(text);
    return holesOf(english).some((hole) => !has.includes(hole)) || has.some((hole) => !mayFillIn(key).includes(hole));
  };
  expect(await faultsIn(language, differs)).toEqual([]);
});

/** Words that are the same in the languages that use them: names, measures, keys, and words of the trade. */
const SAME = [
  ...[
    'Keyline',
    'F1',
    'F2',
    'F3',
    'F4',
    'F6',
    'F8',
    'F9',
    'F10',
    'Esc',
    'Tab',
    'Enter',
    'Ctrl+K',
    'Ctrl+L',
    'Ctrl+P',
    'OK',
    '%',
    's',
    'PIN',
    'mm',
    'ECC',
    '″',
  ],
  ...[
    'Firmware',
    'Scanner',
    'Name',
    'Online',
    'Offline',
    'Root',
    'Station',
    'No',
    'firmware',
    'Supervisor',
    'min',
    'h',
  ],
  ...['rev', 'SHA'],
];

/** What of a text is written in a language: no fill-ins, no marks. */
function wordsOf(text: string): string {
  return text
    .replaceAll(HOLES, '')
    .replaceAll(/[^\p{L}\p{N}%+″]+/gu, ' ')
    .trim();
}

test.each(OTHERS)('%s leaves no English', async (language) => {
  const isEnglish = (text: string, english: string) => {
    const words = wordsOf(text);
    const left = words.split(' ').filter((word) => !SAME.includes(word) && /\p{L}/u.test(word));
    return words === wordsOf(english) && left.length > 0;
  };
  expect(await faultsIn(language, isEnglish)).toEqual([]);
});

test.each(OTHERS)('%s has no empty text where English has one, and no spaces at an end', async (language) => {
  const isEmpty = (text: string, english: string) => (text === '') !== (english === '') || text !== text.trim();
  expect(await faultsIn(language, isEmpty)).toEqual([]);
});

/** UX.md section 13: room to grow, by the letters of the English text. */
function roomFor(letters: number): number {
  if (letters <= 10) return 3 * letters;
  if (letters <= 20) return 2 * letters;
  return Math.floor((letters <= 30 ? 1.8 : 1.4) * letters);
}

test.each(OTHERS)('%s grows no more than the screens have room for', async (language) => {
  const isLong = (text: string, english: string) => lettersOf(text) > roomFor(lettersOf(english));
  expect(await faultsIn(language, isLong)).toEqual([]);
});

const CODES = Object.keys(ERRORS) as ErrorCode[];
const ON_TILES = CODES.filter((code) => (ERRORS[code] as ErrorRow).card !== null);
const GROUPS = { roomy: ['word', 'stage'], dense: ['wordDense', 'stageDense'] } as const;

test.each(OTHERS)('%s has words for tiles, large and small', async (language) => {
  const texts = textsOf(await catalogueOf(language));
  const keys = (groups: readonly string[], part: 'tile' | 'dense') => [
    ...[...texts.keys()].filter((key) => groups.includes(key.split('.')[0] ?? '')),
    ...ON_TILES.map((code) => `cause.${code}.${part}`),
  ];
  const tooLong = (wanted: readonly string[], limit: number) =>
    wanted.filter((key) => lettersOf(texts.get(key) ?? '') > limit).map((key) => `${key}: ${texts.get(key)}`);
  expect(tooLong(keys(GROUPS.roomy, 'tile'), WORD_LETTERS.roomy)).toEqual([]);
  expect(tooLong(keys(GROUPS.dense, 'dense'), WORD_LETTERS.dense)).toEqual([]);
});

/** How each language writes what English writes with "…" and "?": what is cheap to see. */
const WRITTEN: Readonly<Record<Other, (text: string) => boolean>> = {
  de: (text) => !/["“”«»]/.test(text.replaceAll(/„[^“]*“/g, '')) && !text.includes("'"),
  es: (text) => count(text, '?') === count(text, '¿') && count(text, '!') === count(text, '¡') && !/["“”„]/.test(text),
  vi: (text) => !/["«»„]/.test(text) && text === text.normalize('NFC'),
  'zh-CN': (text) => !/\p{Script=Han}[,;?!]|[,;?!]\p{Script=Han}|\p{Script=Han}\.$/u.test(text),
};

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}

test.each(OTHERS)('%s is written by its own rules', async (language) => {
  expect(await faultsIn(language, (text) => !WRITTEN[language](text))).toEqual([]);
});

test('what says a wrong thing would be seen', () => {
  expect(WRITTEN.de('Sag "ja"')).toBe(false);
  expect(WRITTEN.es('Seguir?')).toBe(false);
  expect(WRITTEN['zh-CN']('请重试,然后')).toBe(false);
  expect(roomFor(lettersOf('Off'))).toBe(9);
  expect(wordsOf('{{count, number}} waiting')).toBe('waiting');
});
