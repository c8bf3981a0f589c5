// i18next over the catalogues. English is there at once, others when they are loaded; the pseudo-locale `qps` is made from
// English and only tests ask for it.
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { Language } from '../../domain/person.ts';
import { catalogueOf } from './catalogues.ts';
import { en } from './en.ts';
import { pseudoCatalogue } from './pseudo.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** i18next's one namespace. */
const NAMESPACE = 'translation';

/** The catalogues' own instance, ready at once. Throws for a text that no catalogue holds. */
export function languages(language: 'en' | 'qps'): i18n {
  const instance = i18next.createInstance();
  const translation = language === 'en' ? en : pseudoCatalogue(en);
  instance.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { [NAMESPACE]: translation } },
    initAsync: false,
    interpolation: { escapeValue: false },
    saveMissing: true,
    missingKeyHandler: (_languages, _namespace, key) => {
      throw new Error(`no text ${key}`);
    },
  });
  return instance;
}

/** Resolves when the screen may speak it. */
export async function learn(instance: i18n, language: Language): Promise<void> {
  if (instance.hasResourceBundle(language, NAMESPACE) || language === 'en') return;
  instance.addResourceBundle(language, NAMESPACE, await catalogueOf(language));
}

/** At once when it was learned before: a badge changes the language in one frame. The pseudo-locale is nobody's and stays. */
export function speak(instance: i18n, language: Language): void {
  if (!Language.safeParse(instance.language).success || instance.language === language) return;
  if (instance.hasResourceBundle(language, NAMESPACE)) void instance.changeLanguage(language);
}
