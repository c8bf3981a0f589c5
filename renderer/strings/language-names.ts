// Languages named in themselves, whichever one is on the screen, and without a flag (UX.md section 13).
import { Language } from '../../domain/person.ts';

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  'zh-CN': '中文',
  es: 'Español',
  vi: 'Tiếng Việt',
  de: 'Deutsch',
};

/** The pseudo-locale goes by the name of the one that it is made from. */
export function languageName(language: string): string {
  const known = Language.safeParse(language);
  return LANGUAGE_NAMES[known.success ? known.data : 'en'];
}
