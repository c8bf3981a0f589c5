// i18next over the catalogues. English is complete; the pseudo-locale `qps` is made from it and only tests ask for it.
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';
import { pseudoCatalogue } from './pseudo.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** The catalogues' own instance, ready at once. Throws for a text that no catalogue holds. */
export function languages(language: 'en' | 'qps'): i18n {
  const instance = i18next.createInstance();
  const translation = language === 'en' ? en : pseudoCatalogue(en);
  instance.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation } },
    initAsync: false,
    interpolation: { escapeValue: false },
    saveMissing: true,
    missingKeyHandler: (_languages, _namespace, key) => {
      throw new Error(`no text ${key}`);
    },
  });
  return instance;
}
