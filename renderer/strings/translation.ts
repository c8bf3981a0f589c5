// The shape of a catalogue in another language: the keys of the English one with texts of its own. Keys of plurals follow
// the language (CLDR), so that a missing or needless one does not compile. `_zero` is i18next's own, in every language.

/** Plural categories that a language of the catalogues tells apart. */
export type PluralCategory = 'one' | 'many' | 'other';

type KeyIn<Key, Category extends PluralCategory> = Key extends `${infer Stem}_one` | `${infer Stem}_other`
  ? `${Stem}_${Category}`
  : Key;

export type Translation<English, Category extends PluralCategory> = {
  readonly [Key in keyof English as KeyIn<Key, Category>]: English[Key] extends string
    ? string
    : Translation<English[Key], Category>;
};
