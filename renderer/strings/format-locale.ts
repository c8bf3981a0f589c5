// The locale that numbers and dates are written by, for a language of the catalogues (UX.md section 13).

/** English is written as on the drawings, day before month; the pseudo-locale is made from English. */
export function formatLocale(language: string): string {
  return language === 'en' || language === 'qps' ? 'en-GB' : language;
}
