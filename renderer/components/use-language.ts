// The whole window speaks one language: that of whoever is signed in, also to the browser, which chooses type and line
// breaks by it.
import type { i18n } from 'i18next';
import { useEffect, useLayoutEffect } from 'react';
import type { Language } from '../../domain/person.ts';
import { learn, speak } from '../strings/languages.ts';

export function useLanguage(instance: i18n, wanted: Language): void {
  // Before the frame is drawn, where the catalogue is there.
  useLayoutEffect(() => speak(instance, wanted), [instance, wanted]);
  useEffect(() => {
    let current = true;
    void learn(instance, wanted).then(() => {
      if (current) speak(instance, wanted);
    });
    return () => {
      current = false;
    };
  }, [instance, wanted]);
  useLayoutEffect(() => {
    const tell = () => {
      document.documentElement.lang = instance.language;
    };
    tell();
    instance.on('languageChanged', tell);
    return () => instance.off('languageChanged', tell);
  }, [instance]);
}
