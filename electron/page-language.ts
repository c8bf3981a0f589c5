// What language the page speaks, for the questions that main asks in boxes of the system.
import type { WebContents } from 'electron';
import { Language } from '../domain/person.ts';

/** A page that draws answers within a frame. */
const ANSWER_LIMIT_MS = 500;

/** English for a page that has died or does not answer. */
export async function pageLanguage(page: WebContents): Promise<Language> {
  if (page.isCrashed()) return 'en';
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const limit = setTimeout(resolve, ANSWER_LIMIT_MS, null);
  const said = page.executeJavaScript('document.documentElement.lang').catch(() => null);
  const language = Language.catch('en').parse(await Promise.race([said, late]));
  clearTimeout(limit);
  return language;
}
