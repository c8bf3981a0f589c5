// The catalogues beside English, each a part of the build of its own, so that the first frame does not wait for five.
// All are whole: one that is not does not compile, and none stands in for another.
import type { Language } from '../../domain/person.ts';
import type { Catalogue } from './pseudo.ts';

const CATALOGUES: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Catalogue>>> = {
  'zh-CN': async () => (await import('./zh-CN.ts')).zhCN,
  es: async () => (await import('./es.ts')).es,
  vi: async () => (await import('./vi.ts')).vi,
  de: async () => (await import('./de.ts')).de,
};

export async function catalogueOf(language: Exclude<Language, 'en'>): Promise<Catalogue> {
  return CATALOGUES[language]();
}
